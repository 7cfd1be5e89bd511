package org.dynocopy.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds where a file that is not there yet would be made. */
public final class ExistingPath {

  private ExistingPath() {}

  /** Returns the nearest folder above a file that is there, or its root, as {@link #nearest}. */
  public static Path above(Path file) {
    Path whole = file.toAbsolutePath();
    return nearest(whole.getParent() == null ? whole : whole.getParent());
  }

  /**
   * Returns what prevents a file from being made, or replaced: the nearest place above it that is
   * no folder, or may not be written to.
   */
  public static Optional<Path> obstacleTo(Path file) {
    return Optional.of(above(file))
        .filter(place -> !Files.isDirectory(place) || !Files.isWritable(place));
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
