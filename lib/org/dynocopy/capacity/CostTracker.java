package org.dynocopy.capacity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.BudgetAccount;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.limits.Prices;

/** What one job has consumed and spent, and what is on its way. */
final class CostTracker {

  private final Optional<Prices> prices;
  private final List<BudgetAccount> purses;
  private final Map<Meter, Sums> sums = new LinkedHashMap<>();

  /** What earlier runs of the job consumed, by the tables' names, as far as budgets have it. */
  private final Map<String, Units> before = new HashMap<>();

  CostTracker(Optional<Prices> prices, List<BudgetAccount> purses) {
    this.prices = prices;
    this.purses = purses;
  }

  private Pricing tariff(Meter meter) {
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
    Pricing tariff = tariff(meter);
    double dollars =
        tariff
            .dollars(expected.read(), expected.write())
            .orElseThrow(() -> new StoreException(Kind.REFUSED, tariff.noBudget(meter.name())));
    for (int i = 0; i < purses.size(); i++) {
      try {
        purses.get(i).reserve(dollars);
      } catch (StoreException e) {
        purses.subList(0, i).forEach(purse -> purse.settle(dollars, 0));
        throw e;
      }
    }
    return dollars;
  }

  /** Notes what a request has consumed, instead of what was expected of it. */
  void answered(Meter meter, Units consumed, double expectedDollars) {
    synchronized (this) {
      Sums of = sums.computeIfAbsent(meter, any -> new Sums());
      of.told = of.told.plus(consumed);
    }
    settle(meter, consumed, expectedDollars);
  }

  /** Notes what a request without an answer may have consumed, likewise. */
  void unanswered(Meter meter, Units perhaps, double expectedDollars) {
    synchronized (this) {
      Sums of = sums.computeIfAbsent(meter, any -> new Sums());
      of.perhaps = of.perhaps.plus(perhaps);
      of.unanswered++;
    }
    settle(meter, perhaps, expectedDollars);
  }

  private void settle(Meter meter, Units consumed, double expectedDollars) {
    if (!purses.isEmpty()) {
      double dollars = tariff(meter).dollars(consumed.read(), consumed.write()).orElse(0.0);
      purses.forEach(purse -> purse.settle(expectedDollars, dollars));
    }
  }

  /** Counts for the budgets what earlier runs of the job did cost, of whatever tables. */
  synchronized void spentBefore(Map<String, Units> consumed, double dollars) {
    before.putAll(consumed);
    purses.forEach(purse -> purse.spentBefore(dollars));
  }

  /**
   * Counts for the budgets what earlier runs of the job have consumed, if it is more than known.
   */
  synchronized void consumedBefore(Meter meter, Units consumed) {
    Units known = before.getOrDefault(meter.name(), Units.NONE);
    double read = Math.max(0, consumed.read() - known.read());
    double write = Math.max(0, consumed.write() - known.write());
    before.put(meter.name(), known.plus(new Units(read, write, 0)));
    double dollars = tariff(meter).dollars(read, write).orElse(0.0);
    purses.forEach(purse -> purse.spentBefore(dollars));
  }

  /** Returns what budgets have been charged, or would have been, by the tables' names. */
  synchronized Map<String, Double> charged() {
    Map<String, Double> charged = new HashMap<>();
    sums.forEach(
        (meter, of) -> {
          Units all = of.told.plus(of.perhaps);
          tariff(meter)
              .dollars(all.read(), all.write())
              .ifPresent(dollars -> charged.merge(meter.name(), dollars, Double::sum));
        });
    return charged;
  }

  synchronized List<Usage> spending() {
    return sums.entrySet().stream()
        .map(
            one -> {
              Units told = one.getValue().told;
              Units perhaps = one.getValue().perhaps;
              Pricing tariff = tariff(one.getKey());
              return new Usage(
                  one.getKey().name(),
                  told.read(),
                  told.write(),
                  told.vectorBytes(),
                  tariff.dollars(told.read(), told.write()),
                  tariff.why(),
                  new Usage.Unanswered(one.getValue().unanswered, perhaps.read(), perhaps.write()));
            })
        .toList();
  }

  /** What requests to one table have consumed, and perhaps. */
  private static final class Sums {
    Units told = Units.NONE;
    Units perhaps = Units.NONE;
    long unanswered;
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

    Units plus(Units more) {
      return new Units(read + more.read, write + more.write, vectorBytes + more.vectorBytes);
    }
  }
}
