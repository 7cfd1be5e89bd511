package org.dynocopy.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run ended.
 *
 * @param counts the ledger
 * @param took from the first request to the last
 * @param deadLetters where the items are that could not be written, if there are any
 * @param firstReason why the first of them could not, in this run
 * @param failure why it did not finish
 * @param stopped whether it was asked to stop
 * @param throttled what requests were throttled for, as far as stores said so, and how many were
 */
public record Outcome(
    Counts counts,
    Duration took,
    Optional<String> deadLetters,
    Optional<String> firstReason,
    Optional<Exception> failure,
    boolean stopped,
    Map<String, Long> throttled) {

  /** Nothing was to be done. */
  public static final Outcome NOTHING =
      new Outcome(
          Counts.NONE,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Map.of());

  /** Returns how both ended, one after the other: the ledger of both together. */
  public Outcome plus(Outcome next) {
    Map<String, Long> all = new TreeMap<>(throttled);
    next.throttled().forEach((by, number) -> all.merge(by, number, Long::sum));
    return new Outcome(
        counts.plus(next.counts()),
        took.plus(next.took()),
        deadLetters.or(next::deadLetters),
        firstReason.or(next::firstReason),
        failure.or(next::failure),
        stopped || next.stopped(),
        all);
  }

  /** Returns whether not one item is missing: all are settled, and none is a dead letter. */
  public boolean withoutLoss() {
    return complete() && counts.deadLettered() == 0;
  }

  /** Returns whether every item that was to be copied is settled. */
  public boolean complete() {
    return failure.isEmpty() && !stopped && counts.unaccounted() == 0;
  }
}
