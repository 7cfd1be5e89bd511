package org.dynocopy.store.dynamo.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells whether a file was written since, or another one put in its place.
 *
 * @param file which one
 * @param bytes its size
 * @param written when it was written last
 * @param key what the file system knows it by; {@code null} where it has no such thing
 */
record FileState(Path file, long bytes, FileTime written, Object key) {

  /** Says that it was changed. */
  static final class ChangedException extends IOException {
    private ChangedException(Path file) {
      super(
          "`"
              + file
              + "` was changed while this run read it, so keys may be missing: start again from the"
              + " beginning, and leave the file as it is until the end");
    }
  }

  /** Returns what it is now. */
  static FileState of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(file, now.size(), now.lastModifiedTime(), now.fileKey());
  }

  /**
   * Looks at it again.
   *
   * @throws ChangedException if it is another now, or gone
   */
  void check() throws IOException {
    boolean same;
    try {
      same = equals(of(file));
    } catch (NoSuchFileException e) {
      same = false;
    }
    if (!same) {
      throw new ChangedException(file);
    }
  }
}
