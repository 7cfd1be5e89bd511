package org.dynocopy.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.files.PrivateFiles;

/**
 * A folder of files of what was noted, gone after {@link #close}. A lock beside it tells others
 * that it is in use; where not all can be removed, that file stays, so that {@link Leftovers} finds
 * the rest.
 */
final class NotedFolder implements AutoCloseable {

  private final Path folder;
  private final FileLock lock;
  private final List<NotedFile> files = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param folder where; there must be no other files in it
   */
  NotedFolder(Path folder) throws IOException {
    this.folder = folder;
    this.lock = FileLock.on(folder);
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
  NotedFile file(String name) throws IOException {
    try {
      NotedFile file = new NotedFile(folder.resolve(name));
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
      for (NotedFile file : files) {
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
