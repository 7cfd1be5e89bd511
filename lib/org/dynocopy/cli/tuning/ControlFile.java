package org.dynocopy.cli.tuning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dynocopy.capacity.Meters.Pace;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.state.Leftovers;

/**
 * A file by which the rates of a run are changed from outside: it has the rates that are in force,
 * and a change in it takes effect in the run.
 */
public final class ControlFile implements AutoCloseable {

  /** For a few lines, and what somebody notes beside them. */
  private static final int MOST = 64 << 10;

  /** What tells our files from others. */
  private static final String HEADER = "# dynocopy control file";

  private static final Pattern USUAL_NAMES = Pattern.compile("control-\\d+\\.properties");

  private static final Location AT = Location.option("--control");

  private final Path file;
  private final boolean made;
  private final Optional<LockFile> lock;
  private String seen = "";
  private Pace written = Pace.FREE;

  private ControlFile(Path file, boolean made, Optional<LockFile> lock) {
    this.file = file;
    this.lock = lock;
    this.made = made;
  }

  /**
   * Refuses a file that is not ours.
   *
   * @throws InvalidJobException if it is there and has not our first line, or cannot be read
   */
  public static void check(Path file) {
    if (!PrivateFiles.isThere(file)) {
      return;
    }
    try {
      if (!new String(PrivateFiles.readAll(file, MOST), UTF_8).startsWith(HEADER)) {
        throw new InvalidJobException(
            AT,
            "`"
                + file
                + "` is not a control file: its first line would be `"
                + HEADER
                + " …`. Name a file that is not there yet");
      }
    } catch (IOException e) {
      throw new InvalidJobException(AT, "`" + file + "` cannot be read: " + FileReason.of(e));
    }
  }

  /**
   * Makes the file, or takes one of ours that is there. In the working folder, those that killed
   * runs have left are removed.
   *
   * @throws IOException if it cannot be written
   */
  static ControlFile open(Path file, Pace now) throws IOException {
    boolean ours = WorkingFolder.path().equals(file.getParent());
    if (ours) {
      Leftovers.remove(USUAL_NAMES);
    }
    boolean made = !PrivateFiles.isThere(file);
    Optional<LockFile> lock = ours ? Optional.of(LockFile.on(file)) : Optional.empty();
    PrivateFiles.openOrCreate(file).close();
    ControlFile control = new ControlFile(file, made, lock);
    control.write(now);
    return control;
  }

  Path path() {
    return file;
  }

  /** Writes what is in force. */
  void write(Pace now) throws IOException {
    written = now;
    seen =
        String.join(
            "\n",
            HEADER + ": change a value and save it; the run takes it within a second.",
            "# A rate is capacity units a second, or a percentage as 50%; `none` is no limit.",
            "read=" + text(now.read()),
            "write=" + text(now.write()),
            "pause=" + now.paused(),
            "");
    try (FileChannel control = PrivateFiles.openOrCreate(file)) {
      control.truncate(0);
      control.write(ByteBuffer.wrap(seen.getBytes(UTF_8)));
    }
  }

  private static String text(Optional<Rate> rate) {
    return rate.map(Rate::toString).orElse("none");
  }

  /**
   * Returns what it says now, if it was changed since it was looked at.
   *
   * @param now what is in force, for what it does not say
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line of it is wrong; nothing of it counts then
   */
  Optional<Pace> changed(Pace now) throws IOException {
    // Where it is not there, or empty, an editor is about to write it.
    String text = Files.exists(file) ? new String(PrivateFiles.readAll(file, MOST), UTF_8) : "";
    if (text.equals(seen) && !now.equals(written)) {
      // Another job has begun.
      write(now);
      return Optional.empty();
    }
    if (text.isBlank() || text.equals(seen)) {
      return Optional.empty();
    }
    seen = text;
    Pace said = now;
    List<String> lines = text.lines().map(String::strip).toList();
    for (String line : lines) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        said = with(said, line);
      }
    }
    return Optional.of(said);
  }

  private static Pace with(Pace pace, String line) {
    String[] parts = line.split("\\s*=\\s*", 2);
    String value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0]) {
      case "read" -> new Pace(rate("read", value), pace.write(), pace.paused());
      case "write" -> new Pace(pace.read(), rate("write", value), pace.paused());
      case "pause" -> new Pace(pace.read(), pace.write(), yes(value));
      default ->
          throw new IllegalArgumentException(
              "`" + line + "`: there is `read=500`, `write=50%` and `pause=true`");
    };
  }

  private static Optional<Rate> rate(String word, String value) {
    return value.equals("none") ? Optional.empty() : Optional.of(Rate.of(word, value));
  }

  private static boolean yes(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("`pause` is true or false, not `" + value + "`");
    }
    return value.equals("true");
  }

  /** Removes it, if it was made here. */
  @Override
  public void close() throws IOException {
    if (made) {
      Files.deleteIfExists(file);
    }
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
