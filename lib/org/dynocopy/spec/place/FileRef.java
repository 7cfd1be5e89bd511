package org.dynocopy.spec.place;

import java.nio.file.Path;

/**
 * A file of items, or the folder of an export.
 *
 * @param path where it is
 */
public record FileRef(String path) implements StoreRef {

  private static final String SCHEME = "file:";

  static boolean isOne(String text) {
    return text.startsWith(SCHEME) && text.length() > SCHEME.length();
  }

  static FileRef of(String text) {
    return new FileRef(text.substring(SCHEME.length()));
  }

  /** Returns where it is. */
  public Path file() {
    return Path.of(path);
  }

  @Override
  public String text() {
    return SCHEME + path;
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path;
  }
}
