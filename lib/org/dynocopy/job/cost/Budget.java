package org.dynocopy.job.cost;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dynocopy.job.Prepared;
import org.dynocopy.plan.Allowance;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Prices;
import org.dynocopy.store.dynamo.Connections;

/** Refuses jobs that will cost more than their budgets. */
public final class Budget {

  private Budget() {}

  /**
   * Checks jobs before the first of them begins.
   *
   * @param connections those by which they were prepared
   * @throws InvalidPlanException if what one takes in any case costs more than it may
   */
  public static void check(List<Prepared> jobs, Connections connections) {
    for (Prepared job : jobs) {
      Allowance may = job.job().allowance();
      if (may.budget().isPresent()) {
        // The sample that is read for it is paid for by the budget, too.
        connections.meters().begin(job.job());
        Optional<Estimate> estimate = Estimator.of(job);
        Optional<Double> dollars = estimate.flatMap(e -> e.leastDollars(may));
        if (dollars.filter(sum -> sum > may.budget().get()).isPresent()) {
          throw new InvalidPlanException(
              job.job().words().at("budget"), message(estimate.get(), dollars.get(), may));
        }
      }
    }
  }

  private static String message(Estimate estimate, double dollars, Allowance may) {
    return String.format(
        Locale.ROOT,
        "it would cost about %s, which is more than the budget of %s: %,d items, %,.1f RCU,"
            + " %,.1f WCU. Allow more, or select less",
        Prices.text(dollars),
        Prices.text(may.budget().get()),
        estimate.items(),
        estimate.readUnits(),
        estimate.writeUnits());
  }
}
