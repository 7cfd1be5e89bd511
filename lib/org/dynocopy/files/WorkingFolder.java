package org.dynocopy.files;

import java.nio.file.Path;

/**
 * Where runs keep what has no name given by the user: checkpoints, dead letters, backups. It is
 * {@code .dynocopy} in the current folder, or what the environment variable {@code DYNOCOPY_FOLDER}
 * or the system property {@code dynocopy.folder} says.
 */
public final class WorkingFolder {

  /** Its name, if nothing is said. */
  static final String USUAL = ".dynocopy";

  private WorkingFolder() {}

  /** Returns the path of a file in it, which need not exist. */
  public static Path file(String name) {
    return path().resolve(name);
  }

  /** Returns the path of the folder itself, which need not exist. */
  public static Path path() {
    String usual = System.getenv().getOrDefault("DYNOCOPY_FOLDER", USUAL);
    return Path.of(System.getProperty("dynocopy.folder", usual));
  }
}
