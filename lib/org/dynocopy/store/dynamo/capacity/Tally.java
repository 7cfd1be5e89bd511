package org.dynocopy.store.dynamo.capacity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Allowance;
import org.dynocopy.plan.Prices;

/** What one job has consumed and spent, and what is on its way. */
final class Tally {

  private final Optional<Prices> prices;
  private final Optional<Double> budget;
  private final Map<Meter, double[]> units = new LinkedHashMap<>();
  private double underWay;

  Tally(Allowance allowance) {
    this.prices = allowance.prices();
    this.budget = allowance.budget();
  }

  private Tariff tariff(Meter meter) {
    return prices.map(meter.tariff()::with).orElse(meter.tariff());
  }

  boolean hasBudget() {
    return budget.isPresent();
  }

  /**
   * Notes a request that is about to be sent, and returns the dollars that are expected of it.
   *
   * @throws StoreException if they would exceed the budget
   */
  synchronized double send(Meter meter, Units expected) throws StoreException {
    if (budget.isEmpty()) {
      return 0;
    }
    Tariff tariff = tariff(meter);
    double dollars =
        tariff
            .dollars(expected.read(), expected.write())
            .orElseThrow(() -> new StoreException(Kind.REFUSED, tariff.noBudget(meter.name())));
    double spent = spent();
    if (spent + underWay + dollars > budget.get()) {
      throw new StoreException(
          Kind.REFUSED,
          "the budget of "
              + Prices.text(budget.get())
              + " is used up: "
              + Prices.text(spent)
              + " was spent, and the next request could exceed it. What was written stays; with a"
              + " larger budget, run it again to do the rest");
    }
    underWay += dollars;
    return dollars;
  }

  synchronized void answered(double expectedDollars) {
    underWay = Math.max(0, underWay - expectedDollars);
  }

  synchronized void consumed(Meter meter, Units consumed) {
    double[] sums = units.computeIfAbsent(meter, any -> new double[2]);
    sums[0] += consumed.read();
    sums[1] += consumed.write();
  }

  private double spent() {
    return spending().stream().mapToDouble(one -> one.dollars().orElse(0.0)).sum();
  }

  synchronized List<Spending> spending() {
    return units.entrySet().stream()
        .map(
            one -> {
              double read = one.getValue()[0];
              double write = one.getValue()[1];
              Tariff tariff = tariff(one.getKey());
              return new Spending(
                  one.getKey().name(), read, write, tariff.dollars(read, write), tariff.why());
            })
        .toList();
  }

  /**
   * Read and write units.
   *
   * @param read read capacity units
   * @param write write capacity units
   */
  record Units(double read, double write) {}
}
