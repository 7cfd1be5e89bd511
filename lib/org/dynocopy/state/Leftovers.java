package org.dynocopy.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.store.file.Manifest;

/**
 * What runs that were killed have left in the working folder: files, and folders of files, each
 * beside a {@link LockFile} that was taken before it was made and that nobody holds any more.
 */
public final class Leftovers {

  private Leftovers() {}

  /**
   * Removes them. A backup that is whole stays, and what a run can go on from.
   *
   * @param names what all of a name is like: where it only began so, it might be another table's
   * @throws IOException if one cannot be removed
   */
  public static void remove(Pattern names) throws IOException {
    if (!Files.isDirectory(WorkingFolder.path())) {
      return;
    }
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(WorkingFolder.path(), "*.lock")) {
      for (Path beside : locks) {
        String lock = beside.getFileName().toString();
        Path file = beside.resolveSibling(lock.substring(0, lock.length() - ".lock".length()));
        // Where it is not there yet, a run may be about to take the lock.
        if (names.matcher(file.getFileName().toString()).matches()
            && PrivateFiles.isThere(file)
            && !isWhole(file)
            && !isCheckpoint(file)) {
          removeUnheld(file);
        }
      }
    }
  }

  private static void removeUnheld(Path file) throws IOException {
    LockFile held;
    try {
      held = LockFile.on(file);
    } catch (IOException e) {
      // A run is at it.
      return;
    }
    try (held) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(file)) {
          for (Path one : inside) {
            Files.deleteIfExists(one);
          }
        }
      }
      Files.deleteIfExists(file);
    }
  }

  /** Its name begins with that of the source, which may be `verify` or `control`. */
  private static boolean isCheckpoint(Path file) {
    return file.getFileName().toString().endsWith(".checkpoint");
  }

  /** The manifest is there before the backup is in its place. */
  private static boolean isWhole(Path part) {
    String name = part.getFileName().toString();
    return name.endsWith(".part")
        && PrivateFiles.isThere(
            Manifest.beside(
                part.resolveSibling(name.substring(0, name.length() - ".part".length()))));
  }
}
