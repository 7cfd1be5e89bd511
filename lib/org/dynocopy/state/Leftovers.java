package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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

  private static final String TIME = "-\\d{8}-\\d{6}-\\d{3}";

  private static final Pattern NOTES =
      Pattern.compile("(replace|verify)-.*" + TIME + "|control-\\d+\\.properties");

  private static final Pattern BACKUPS = Pattern.compile("backup-.*" + TIME + "\\.jsonl\\.gz");

  private static final String PART = ".part";

  private static final int MOST = 64 << 20;

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

  /**
   * Removes what killed runs have left and no run goes on from: notes, control files, half backups
   * of which no journal knows, and the locks of all of them. What a run holds stays.
   *
   * @throws IOException if one cannot be removed
   */
  public static void sweep() throws IOException {
    remove(NOTES);
    if (!Files.isDirectory(WorkingFolder.path())) {
      return;
    }
    String journals = journals();
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(WorkingFolder.path(), "*.lock")) {
      for (Path beside : locks) {
        String lock = beside.getFileName().toString();
        String name = lock.substring(0, lock.length() - ".lock".length());
        // By the lock of a part a run knows what a killed one has left, and may take over.
        boolean part = name.endsWith(PART);
        String whole = part ? name.substring(0, name.length() - PART.length()) : name;
        Path file = beside.resolveSibling(name);
        if (!part || BACKUPS.matcher(whole).matches() && !journals.contains(whole)) {
          if (part && !isWhole(file)) {
            removeUnheld(file);
          } else if (!PrivateFiles.isThere(file) || isKept(file)) {
            releaseUnheld(file);
          }
        }
      }
    }
  }

  /** Only its lock is left over. */
  private static boolean isKept(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".checkpoint") || name.endsWith(".jsonl");
  }

  private static String journals() throws IOException {
    StringBuilder text = new StringBuilder();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(WorkingFolder.path(), "run-*.jsonl")) {
      for (Path journal : all) {
        try {
          text.append(new String(PrivateFiles.readAll(journal, MOST), UTF_8));
        } catch (NoSuchFileException e) {
          // Its run is done.
        }
      }
    }
    return text.toString();
  }

  private static void releaseUnheld(Path file) throws IOException {
    try {
      LockFile.on(file).close();
    } catch (IOException e) {
      // A run is at it.
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
      String name = file.getFileName().toString();
      if (name.endsWith(PART)) {
        String whole = name.substring(0, name.length() - PART.length());
        Files.deleteIfExists(PrivateFiles.part(Manifest.beside(file.resolveSibling(whole))));
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
