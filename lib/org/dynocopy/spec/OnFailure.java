package org.dynocopy.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What happens to items that cannot be written.
 *
 * @param deadLetter the file that takes them, appended to; else one of its own for each run, under
 *     {@code .dynocopy/}
 * @param stopAfter how many of them end the run, at least 1
 */
public record OnFailure(Optional<Path> deadLetter, long stopAfter) {

  /** How many dead letters end a run if the plan does not say. */
  public static final long DEFAULT_STOP_AFTER = 1_000;

  /** Where nothing is said. */
  public static final OnFailure DEFAULT = new OnFailure(Optional.empty(), DEFAULT_STOP_AFTER);
}
