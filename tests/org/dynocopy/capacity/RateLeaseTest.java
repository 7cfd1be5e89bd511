package org.dynocopy.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.capacity.Meter.Claim;
import org.dynocopy.capacity.Meters.Pace;
import org.dynocopy.core.RateAllocator.Demand;
import org.dynocopy.core.RateAllocator.Lease;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/** The laws of a rate that several processes share, by a clock that the test turns. */
class RateLeaseTest {

  private static final Pricing FREE =
      Pricing.of(Optional.empty(), Billing.ON_DEMAND, "nowhere", URI.create("http://localhost"));

  private final AtomicLong clock = new AtomicLong(-1_000_000_000_000L);
  private final Deque<Optional<Lease>> answers = new ArrayDeque<>();
  private final List<Demand> demands = new ArrayList<>();
  private final Meters meters =
      new Meters(clock::get, Optional.of(this::answer), LocalBudgetAccount::new);
  private final Meter meter =
      meters.meter("users", "users", FREE, Optional.of(new Throughput(4_000, 2_000)), Map.of());

  private Optional<Lease> answer(Demand demand) {
    demands.add(demand);
    return answers.isEmpty() ? Optional.empty() : answers.poll();
  }

  private void granted(double units) {
    answers.add(Optional.of(new Lease(units, LeaseKeeper.VALID)));
  }

  private static void tune(Meters meters, Rate rate) {
    meters.tune(new Pace(Optional.empty(), Optional.of(rate), false));
  }

  private void pass(double seconds) {
    clock.addAndGet((long) (seconds * 1e9));
  }

  private static void write(Claim claim, double units) throws StoreException {
    assertThat(claim.delay()).isZero();
    claim.send(() -> "", any -> new ConsumedUnits(units, Map.of(), units));
  }

  @Test
  void nothingIsAllowedBeforeTheFirstLeaseAndThenNoBurst() {
    tune(meters, new Rate(50, true));
    for (int i = 0; i < 10; i++) {
      assertThat(meter.write(20).delay()).isPositive();
      pass(1);
    }
    granted(200);
    assertThat(meter.write(20).delay()).isEqualTo(Duration.ofMillis(100));
    assertThat(meter.mostWrite()).isEqualTo(200 * TokenBucket.BURST);
    pass(0.1);
    assertThat(meter.write(20).delay()).isZero();
    assertThat(demands).hasSize(11).containsOnly(new Demand("users", "", false, 1_000));
  }

  @Test
  void leaseThatIsNotRenewedEndsWithAllThatWasSaved() throws Exception {
    granted(200);
    assertThat(meter.write(1).delay()).isPositive();
    pass(2.9);
    write(meter.write(10), 10);
    pass(0.2);
    assertThat(meter.write(1).delay()).isPositive();
    granted(200);
    pass(0.2);
    assertThat(meter.write(1).delay()).isPositive();
    pass(0.01);
    write(meter.write(1), 1);
  }

  @Test
  void lowerRateThatAPersonSetsHoldsBeforeTheNextLease() {
    granted(400);
    assertThat(meter.mostWrite()).isEqualTo(400 * TokenBucket.BURST);
    tune(meters, new Rate(100, false));
    assertThat(meter.mostWrite()).isEqualTo(100 * TokenBucket.BURST);
    granted(50);
    pass(0.1);
    assertThat(meter.mostWrite()).isEqualTo(50 * TokenBucket.BURST);
  }

  @Test
  void processesTogetherKeepToARateAndADeadOnesShareComesBack() {
    Cases.forAll(10, random -> new Cluster(random).holds());
  }

  /** Some processes that write to a table, one of which dies. */
  private static final class Cluster {
    private static final double END = 40;
    private static final double DEATH = 20;

    /** Meanwhile one hears nothing from the keeper. */
    private static final double CUT = 22;

    private static final double HEARD = 27;

    private record Event(long at, Process process) {}

    private final Random random;
    private final AtomicLong clock;
    private final long start;
    private final LeaseKeeper keeper;
    private final double rate;
    private final boolean percent;
    private final List<MeterTest.Use> uses = new ArrayList<>();
    private final PriorityQueue<Event> events =
        new PriorityQueue<>((one, other) -> Long.compare(one.at(), other.at()));
    private Process first;
    private Process dead;

    Cluster(Random random) {
      this.random = random;
      clock = new AtomicLong(random.nextInt());
      start = clock.get();
      keeper = new LeaseKeeper(clock::get);
      rate = 200 + random.nextInt(1_000);
      percent = random.nextBoolean();
    }

    void holds() throws StoreException {
      int processes = 2 + random.nextInt(3);
      for (int i = 0; i < processes; i++) {
        Process process = new Process("process " + i);
        long begin = at(5 * random.nextDouble());
        for (int writer = 0; writer < 4; writer++) {
          events.add(new Event(begin, process));
        }
        first = first == null ? process : first;
        dead = process;
      }
      Process dying = dead;
      dead = null;
      run(at(DEATH));
      dead = dying;
      run(at(END));

      for (double seconds : new double[] {0.1, 1, 10}) {
        double most = rate * (seconds + TokenBucket.BURST) + MeterTest.largest(uses);
        assertThat(MeterTest.most(uses, seconds)).isLessThanOrEqualTo(most + 1e-6);
      }
      assertThat(used(12, DEATH)).isGreaterThan(rate * (DEATH - 12) * 0.9);
      assertThat(used(32, END)).isGreaterThan(rate * (END - 32) * 0.9);
    }

    private long at(double seconds) {
      return start + (long) (seconds * 1e9);
    }

    private double used(double from, double to) {
      return uses.stream()
          .filter(use -> use.nanos() >= at(from) && use.nanos() < at(to))
          .mapToDouble(MeterTest.Use::units)
          .sum();
    }

    private void run(long until) throws StoreException {
      while (!events.isEmpty() && events.peek().at() <= until) {
        Event event = events.poll();
        clock.set(Math.max(clock.get(), event.at()));
        if (event.process() != dead) {
          long next = event.process().step();
          events.add(new Event(clock.get() + next, event.process()));
        }
      }
      clock.set(Math.max(clock.get(), until));
    }

    private final class Process {
      private final String name;
      private final Meter meter;

      Process(String name) {
        this.name = name;
        Meters meters = new Meters(clock::get, Optional.of(this::lease), LocalBudgetAccount::new);
        Optional<Throughput> throughput = Optional.of(new Throughput(1, 2 * rate));
        meter = meters.meter("users", "users", FREE, throughput, Map.of());
        tune(meters, percent ? new Rate(50, true) : new Rate(rate, false));
      }

      /** Asks the keeper; meanwhile all others go on, and some answers are lost. */
      private Optional<Lease> lease(Demand demand) {
        try {
          run(clock.get() + random.nextInt(200_000_000));
          Lease lease = keeper.lease(name, demand);
          run(clock.get() + random.nextInt(200_000_000));
          boolean cut = this == first && clock.get() > at(CUT) && clock.get() < at(HEARD);
          return cut || random.nextInt(10) == 0 ? Optional.empty() : Optional.of(lease);
        } catch (StoreException e) {
          throw new AssertionError(e);
        }
      }

      /** Writes if it may; returns after how many nanoseconds a thread goes on. */
      long step() throws StoreException {
        double weight = Math.min(5, meter.mostWrite()) * (0.2 + 0.8 * random.nextDouble());
        Claim claim = meter.write(Math.max(1, weight));
        Duration delay = claim.delay();
        if (!delay.isZero()) {
          return delay.toNanos() + random.nextInt(2_000_000);
        }
        double units = Math.max(1, weight);
        uses.add(new MeterTest.Use(clock.get(), units));
        claim.send(() -> "", any -> new ConsumedUnits(units, Map.of(), units));
        return 2_000_000 + random.nextInt(8_000_000);
      }
    }
  }
}
