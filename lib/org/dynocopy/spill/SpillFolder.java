package org.dynocopy.spill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;

/**
 * A folder of files of what was noted, gone after {@link #close}. A lock beside it tells others
 * that it is in use; where not all can be removed, that file stays, so that {@code Leftovers} finds
 * the rest.
 */
final class SpillFolder implements AutoCloseable {

  private final Path folder;
  private final LockFile lock;
  private final List<SpillFile> files = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param folder where; there must be no other files in it
   */
  SpillFolder(Path folder) throws IOException {
    this.folder = folder;
    this.lock = LockFile.on(folder);
    boolean made = false;
    try {
      PrivateFiles.createFolder(folder);
      made = true;
    } finally {
      if (!made) {
        lock.close();
      }
    }
  }

  /** Makes a file. If that fails, closes all, as whoever makes them has nothing to close yet. */
  SpillFile file(String name) throws IOException {
    try {
      SpillFile file = new SpillFile(folder.resolve(name));
      files.add(file);
      return file;
    } catch (IOException e) {
      try {
        close();
      } catch (IOException unremoved) {
        e.addSuppressed(unremoved);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    boolean gone = false;
    try {
      for (SpillFile file : files) {
        file.close();
      }
      Files.delete(folder);
      gone = true;
    } finally {
      if (gone) {
        lock.close();
      } else {
        lock.release();
      }
    }
  }
}
