package org.dynocopy.run.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;

/** Refuses jobs that will cost more than their budgets. */
public final class Budgets {

  /** What the jobs of one budget take in any case. */
  private record Sum(int jobs, double dollars, long items, double readUnits, double writeUnits) {
    static Sum of(Estimate estimate, JobLimits may) {
      return new Sum(
          1,
          estimate.leastDollars(may).orElse(0.0),
          estimate.items(),
          estimate.readUnits(),
          estimate.writeUnits());
    }

    Sum plus(Sum other) {
      return new Sum(
          jobs + other.jobs,
          dollars + other.dollars,
          items + other.items,
          readUnits + other.readUnits,
          writeUnits + other.writeUnits);
    }
  }

  private final Map<Budget, Sum> sums = new LinkedHashMap<>();

  /** Adds what a job will take to the budgets that it has. */
  public void add(JobLimits may, Estimate estimate) {
    Sum sum = Sum.of(estimate, may);
    may.budgets().forEach(of -> sums.merge(of, sum, Sum::plus));
  }

  /**
   * Checks what was added.
   *
   * @throws InvalidJobException if what it takes in any case costs more than it may
   */
  public void check() {
    List<Problem> problems =
        sums.entrySet().stream()
            .filter(one -> one.getValue().dollars > one.getKey().dollars())
            .map(one -> new Problem(one.getKey().at(), message(one.getKey(), one.getValue())))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidJobException(problems);
    }
  }

  private static String message(Budget budget, Sum sum) {
    return String.format(
        Locale.ROOT,
        "%s would cost about %s, which is more than the budget of %s: %,d items, %,.1f RCU,"
            + " %,.1f WCU. Allow more, or select less",
        sum.jobs == 1 ? "it" : "all " + sum.jobs + " jobs together",
        Prices.text(sum.dollars),
        budget,
        sum.items,
        sum.readUnits,
        sum.writeUnits);
  }
}
