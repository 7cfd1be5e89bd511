package org.dynocopy.job.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.job.Prepared;
import org.dynocopy.plan.Allowance;
import org.dynocopy.plan.Budget;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Prices;
import org.dynocopy.plan.Problem;
import org.dynocopy.store.dynamo.Connections;

/** Refuses jobs that will cost more than their budgets. */
public final class Budgets {

  /** What the jobs of one budget take in any case. */
  private record Sum(int jobs, double dollars, long items, double readUnits, double writeUnits) {
    static Sum of(Estimate estimate, Allowance may) {
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

  private Budgets() {}

  /**
   * Checks jobs before the first of them begins.
   *
   * @param connections those by which they were prepared
   * @throws InvalidPlanException if what they take in any case costs more than they may
   */
  public static void check(List<Prepared> jobs, Connections connections) {
    Map<Budget, Sum> sums = new LinkedHashMap<>();
    for (Prepared job : jobs) {
      Allowance may = job.job().allowance();
      if (!may.budgets().isEmpty()) {
        // The sample that is read for it is paid for by the budget, too.
        connections.meters().begin(job.job());
        Optional<Sum> sum = Estimator.of(job).map(estimate -> Sum.of(estimate, may));
        sum.ifPresent(one -> may.budgets().forEach(of -> sums.merge(of, one, Sum::plus)));
      }
    }
    List<Problem> problems =
        sums.entrySet().stream()
            .filter(one -> one.getValue().dollars > one.getKey().dollars())
            .map(one -> new Problem(one.getKey().at(), message(one.getKey(), one.getValue())))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidPlanException(problems);
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
