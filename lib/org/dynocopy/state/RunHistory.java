package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.json.JsonDocument;

/**
 * The runs that have ended, a line of JSON each, the latest last: {@code .dynocopy/runs.jsonl}. The
 * last hundred of them stay.
 */
public final class RunHistory {

  /** How many runs stay. */
  public static final int RUNS = 100;

  private static final int MOST = 64 << 20;

  private static final long TRIES = 200;

  private RunHistory() {}

  private static Path file() {
    return WorkingFolder.file("runs.jsonl");
  }

  /**
   * Adds a run.
   *
   * @throws IOException if it cannot be written
   */
  public static void add(Map<String, Object> run) throws IOException, InterruptedException {
    try (LockFile lock = lock()) {
      try (FileChannel runs = PrivateFiles.append(file())) {
        runs.write(ByteBuffer.wrap((JsonDocument.line(run) + "\n").getBytes(UTF_8)));
        runs.force(false);
      }
      List<String> lines = lines();
      if (lines.size() >= 2 * RUNS) {
        String last = String.join("\n", lines.subList(lines.size() - RUNS, lines.size()));
        PrivateFiles.replace(file(), (last + "\n").getBytes(UTF_8));
      }
    }
  }

  /** Where another run adds a line, that takes a moment. */
  private static LockFile lock() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      try {
        return LockFile.on(file());
      } catch (IOException e) {
        if (!PrivateFiles.isThere(LockFile.beside(file()))) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return LockFile.on(file());
  }

  private static List<String> lines() throws IOException {
    return new String(PrivateFiles.readAll(file(), MOST), UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /**
   * Returns the runs that have ended, the latest last. What was cut off or edited is left out: here
   * nothing is decided by it.
   *
   * @throws IOException if they cannot be read
   */
  public static List<Map<String, Object>> read() throws IOException {
    List<Map<String, Object>> runs = new ArrayList<>();
    if (!PrivateFiles.isThere(file())) {
      return runs;
    }
    for (String line : lines()) {
      try {
        runs.add(JsonDocument.read(line.getBytes(UTF_8)));
      } catch (IOException e) {
        continue;
      }
    }
    return runs.subList(Math.max(0, runs.size() - RUNS), runs.size());
  }
}
