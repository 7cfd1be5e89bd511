package org.dynocopy.dsl.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Trust;
import org.dynocopy.files.WholeFile;

/**
 * A folder of code that was compiled before: what {@link Trust} does not hold of is not read. It
 * needs a file system that knows about owners.
 */
final class TrustedFolder {

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final int MOST = 16 << 20;

  private final Path path;

  TrustedFolder(Path path) {
    this.path = path;
  }

  /** Returns a file's content, and notes that it was used; nothing if it is not to be trusted. */
  Optional<byte[]> read(String name) throws IOException {
    Path file = path.resolve(name);
    if (!Trust.holds(path, true) || !Trust.holds(file, false)) {
      return Optional.empty();
    }
    byte[] content = WholeFile.read(file, MOST);
    used(file);
    return Optional.of(content);
  }

  /** Writes a file whole: who reads it meanwhile, or after a crash, does not see half of it. */
  void write(String name, byte[] content) throws IOException {
    PrivateFiles.createFolder(path);
    if (!Trust.holds(path, true)) {
      return;
    }
    Path part = Files.createTempFile(path, "part", null); // which its owner alone can read
    try {
      Files.write(part, content);
      Files.move(part, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Removes what nobody has used for so long, and of the rest all but the last used. */
  void leave(int most, Duration unused) throws IOException {
    if (!Trust.holds(path, true)) {
      return;
    }
    List<Used> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
      for (Path file : all) {
        files.add(new Used(file, Files.getLastModifiedTime(file).toInstant()));
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      return; // Another process is doing it.
    }
    files.sort(Comparator.comparing(Used::last).reversed());
    Instant oldest = Instant.now().minus(unused);
    for (int i = 0; i < files.size(); i++) {
      if (i >= most || files.get(i).last().isBefore(oldest)) {
        Files.deleteIfExists(files.get(i).file());
      }
    }
  }

  private record Used(Path file, Instant last) {}

  /** A file's time says when it was used last, to the day. */
  private static void used(Path file) throws IOException {
    Instant now = Instant.now();
    if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(A_DAY))) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }
}
