package org.dynocopy.report;

import java.util.Optional;
import org.dynocopy.store.dynamo.capacity.Spending;

/** What jobs have spent whose requests were all answered. */
final class Answered {

  private Answered() {}

  static Spending spending(
      String table,
      double readUnits,
      double writeUnits,
      double vectorBytes,
      Optional<Double> dollars,
      String why) {
    Spending.Unanswered none = new Spending.Unanswered(0, 0, 0);
    return new Spending(table, readUnits, writeUnits, vectorBytes, dollars, why, none);
  }
}
