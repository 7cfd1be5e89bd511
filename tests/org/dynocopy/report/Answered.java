package org.dynocopy.report;

import java.util.Optional;
import org.dynocopy.capacity.Usage;

/** What jobs have spent whose requests were all answered. */
final class Answered {

  private Answered() {}

  static Usage spending(
      String table,
      double readUnits,
      double writeUnits,
      double vectorBytes,
      Optional<Double> dollars,
      String why) {
    Usage.Unanswered none = new Usage.Unanswered(0, 0, 0);
    return new Usage(table, readUnits, writeUnits, vectorBytes, dollars, why, none);
  }
}
