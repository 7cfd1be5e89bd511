package org.dynocopy.capacity;

import java.util.Optional;

/**
 * What a job has consumed of one table, its indexes included.
 *
 * @param table the table's name
 * @param readUnits read capacity units
 * @param writeUnits write capacity units
 * @param vectorBytes bytes written to its vector indexes, besides
 * @param dollars what they cost, if that is known
 * @param why else: why it is not known
 * @param unanswered what requests without an answer may have consumed besides
 */
public record Usage(
    String table,
    double readUnits,
    double writeUnits,
    double vectorBytes,
    Optional<Double> dollars,
    String why,
    Unanswered unanswered) {

  /**
   * Requests that had no answer, or one that does not say whether they were done. A budget counts
   * what they may have consumed.
   *
   * @param requests how many
   * @param readUnits read capacity units, by what others like them have consumed
   * @param writeUnits write capacity units, likewise
   */
  public record Unanswered(long requests, double readUnits, double writeUnits) {}
}
