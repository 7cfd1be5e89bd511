package org.dynocopy.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds where a file that is not there yet would be made. */
public final class ExistingPath {

  private ExistingPath() {}

  /** Returns the nearest folder above a file that is there, or its root, as {@link #nearest}. */
  public static Path above(Path file) {
    Path whole = file.toAbsolutePath();
    return nearest(whole.getParent() == null ? whole : whole.getParent());
  }

  /**
   * Returns a file or folder, or the nearest folder above it that is there; the root, there or not,
   * if none is, as on a drive that Windows does not have.
   *
   * @param path an absolute path
   */
  public static Path nearest(Path path) {
    Path place = path;
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }
}
