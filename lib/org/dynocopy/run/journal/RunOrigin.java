package org.dynocopy.run.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dynocopy.run.resume.ResumePoint;

/**
 * Who asks for a run.
 *
 * @param recipe the recipe, if it is one
 * @param params the values of its params; of them only a digest is kept
 * @param command what to run again to go on, for people; has no values of params
 * @param fresh whether it starts over, though it was stopped before
 */
public record RunOrigin(
    Optional<Path> recipe, Map<String, String> params, String command, boolean fresh) {

  /** Java code. */
  public static final RunOrigin JAVA =
      new RunOrigin(Optional.empty(), Map.of(), "the same Java code", false);

  /** Sorts the params. */
  public RunOrigin {
    params = new TreeMap<>(params);
  }

  /** Returns what tells a recipe with its params from others, as a digest. */
  Optional<String> digest() {
    return recipe.map(
        file -> ResumePoint.digest((place(file) + "\0" + params).getBytes(UTF_8)).substring(0, 8));
  }

  private static Path place(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
