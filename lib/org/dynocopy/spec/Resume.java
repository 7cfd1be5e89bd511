package org.dynocopy.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a copy that was stopped goes on.
 *
 * @param file where its checkpoint is kept; else decided from what it copies
 * @param fresh whether it begins anew, though there is a checkpoint
 */
public record Resume(Optional<Path> file, boolean fresh) {

  /** Where nothing is said. */
  public static final Resume DEFAULT = new Resume(Optional.empty(), false);
}
