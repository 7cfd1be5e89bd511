package org.dynocopy.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param counts the ledger
 * @param took from the first request to the last
 * @param deadLetters the file with the items that could not be written, if there are any
 * @param failure why it did not finish
 * @param stopped whether it was asked to stop
 */
public record Outcome(
    Ledger.Counts counts,
    Duration took,
    Optional<Path> deadLetters,
    Optional<Exception> failure,
    boolean stopped) {

  /** Returns whether every item that was to be copied is settled. */
  public boolean complete() {
    return failure.isEmpty() && !stopped && counts.unaccounted() == 0;
  }
}
