package org.dynocopy.dsl;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the project's own files, wherever in it the tests are started. */
final class Project {

  private Project() {}

  static Path file(String path) {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("tests/recipes"))) {
        return folder.resolve(path);
      }
    }
    throw new IllegalStateException("the tests run in the project's folder, not in " + here);
  }
}
