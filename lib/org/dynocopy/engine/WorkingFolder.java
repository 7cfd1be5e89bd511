package org.dynocopy.engine;

import java.nio.file.Path;

/**
 * Where runs keep what nobody has named a file for: checkpoints, dead letters, backups. It is
 * {@code .dynocopy} in the current folder, or what the environment variable {@code DYNOCOPY_FOLDER}
 * or the system property {@code dynocopy.folder} says.
 */
public final class WorkingFolder {

  private WorkingFolder() {}

  /** Returns the path of a file in it; whether it is there is another question. */
  public static Path file(String name) {
    String usual = System.getenv().getOrDefault("DYNOCOPY_FOLDER", ".dynocopy");
    return Path.of(System.getProperty("dynocopy.folder", usual), name);
  }
}
