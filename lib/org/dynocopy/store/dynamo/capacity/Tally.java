package org.dynocopy.store.dynamo.capacity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Prices;

/** What one job has consumed and spent, and what is on its way. */
final class Tally {

  private final Optional<Prices> prices;
  private final List<Purse> purses;
  private final Map<Meter, double[]> units = new LinkedHashMap<>();

  Tally(Optional<Prices> prices, List<Purse> purses) {
    this.prices = prices;
    this.purses = purses;
  }

  private Tariff tariff(Meter meter) {
    return prices.map(meter.tariff()::with).orElse(meter.tariff());
  }

  /**
   * Notes a request that is about to be sent, and returns the dollars that are expected of it.
   *
   * @throws StoreException if they would exceed a budget
   */
  double send(Meter meter, Units expected) throws StoreException {
    if (purses.isEmpty()) {
      return 0;
    }
    Tariff tariff = tariff(meter);
    double dollars =
        tariff
            .dollars(expected.read(), expected.write())
            .orElseThrow(() -> new StoreException(Kind.REFUSED, tariff.noBudget(meter.name())));
    for (int i = 0; i < purses.size(); i++) {
      try {
        purses.get(i).reserve(dollars);
      } catch (StoreException e) {
        purses.subList(0, i).forEach(purse -> purse.answered(dollars, 0));
        throw e;
      }
    }
    return dollars;
  }

  /** Notes what a request has consumed, instead of what was expected of it. */
  void answered(Meter meter, Units consumed, double expectedDollars) {
    synchronized (this) {
      double[] sums = units.computeIfAbsent(meter, any -> new double[3]);
      sums[0] += consumed.read();
      sums[1] += consumed.write();
      sums[2] += consumed.vectorBytes();
    }
    if (!purses.isEmpty()) {
      double dollars = tariff(meter).dollars(consumed.read(), consumed.write()).orElse(0.0);
      purses.forEach(purse -> purse.answered(expectedDollars, dollars));
    }
  }

  synchronized List<Spending> spending() {
    return units.entrySet().stream()
        .map(
            one -> {
              double read = one.getValue()[0];
              double write = one.getValue()[1];
              Tariff tariff = tariff(one.getKey());
              return new Spending(
                  one.getKey().name(),
                  read,
                  write,
                  one.getValue()[2],
                  tariff.dollars(read, write),
                  tariff.why());
            })
        .toList();
  }

  /**
   * Read and write units.
   *
   * @param read read capacity units
   * @param write write capacity units
   * @param vectorBytes bytes written to vector indexes
   */
  record Units(double read, double write, double vectorBytes) {
    static final Units NONE = new Units(0, 0, 0);
  }
}
