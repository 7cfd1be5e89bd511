package org.dynocopy.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.DoubleAdder;
import org.dynocopy.core.BudgetAccount;
import org.dynocopy.core.RateAllocator;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/** Processes that spend one budget: each has meters of its own, and the same recipe. */
class SharedBudgetTest {

  private static final Location HERE = Location.NOWHERE;
  private static final Prices PRICES = new Prices(1e6, 10e6);
  private static final Pricing FREE =
      Pricing.of(Optional.empty(), Billing.ON_DEMAND, "nowhere", URI.create("http://localhost"));
  private static final RateAllocator UNLIMITED =
      demand -> Optional.of(new RateAllocator.Lease(demand.unitsPerSecond(), Duration.ofHours(1)));

  /** Has the budget of the recipe as its process read it. */
  private static Meter process(BudgetAccount account, double dollars) {
    Meters meters = new Meters(UNLIMITED, budget -> account);
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
    plan.from("local:one", HERE).to("local:two", HERE).prices(PRICES, HERE).budget(dollars, HERE);
    meters.begin(
        plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)));
    return meters.meter("users", "users", FREE, Optional.empty(), Map.of());
  }

  @Test
  void processesTogetherSpendTheirBudgetAndNoMore() {
    Cases.forAll(10, random -> spend(random, 50 + random.nextInt(200)));
  }

  private static void spend(Random random, double dollars) throws Exception {
    BudgetAccount account = new LocalBudgetAccount(new Budget(dollars, HERE));
    DoubleAdder spent = new DoubleAdder();
    List<Callable<String>> writers = new ArrayList<>();
    for (int process = 0; process < 2; process++) {
      Meter meter = process(account, dollars);
      for (int writer = 0; writer < 2; writer++) {
        Random own = new Random(random.nextLong());
        writers.add(() -> write(meter, own, spent));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      for (Future<String> end : threads.invokeAll(writers)) {
        assertThat(end.get()).contains("is used up");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(spent.sum()).isLessThanOrEqualTo(dollars + 1e-6);
    // The largest request costs 20 dollars.
    assertThat(account.rest()).isCloseTo(dollars - spent.sum(), within(1e-6)).isLessThan(20);
  }

  /** Writes until that is refused, and returns why. */
  private static String write(Meter meter, Random random, DoubleAdder spent) throws StoreException {
    while (true) {
      double units = 1 + random.nextInt(2);
      boolean throttled = random.nextInt(4) == 0;
      try {
        meter
            .write(units)
            .send(
                () -> {
                  if (throttled) {
                    throw new StoreException(Kind.THROTTLED, "too fast");
                  }
                  spent.add(10 * units);
                  return "";
                },
                any -> new ConsumedUnits(units, Map.of(), units));
      } catch (StoreException e) {
        if (e.kind() == Kind.REFUSED) {
          return e.getMessage();
        }
      }
    }
  }

  /** What was sent may have been done: nobody can tell. */
  @Test
  void whatAProcessHadUnderWayWhenItDiedStaysReserved() throws Exception {
    BudgetAccount account = new LocalBudgetAccount(new Budget(30, HERE));
    account.reserve(20);
    Meter other = process(account, 30);
    other.write(1).send(() -> "", any -> new ConsumedUnits(1, Map.of(), 1));
    assertThat(account.rest()).isZero();
    assertThat(write(other, new Random(1), new DoubleAdder())).contains("is used up");
  }
}
