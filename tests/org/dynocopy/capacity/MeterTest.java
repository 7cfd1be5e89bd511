package org.dynocopy.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.capacity.Meter.Claim;
import org.dynocopy.capacity.Meters.Pace;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/** The laws of rates, by a clock that the test turns. */
class MeterTest {

  private static final Pricing FREE =
      Pricing.of(Optional.empty(), Billing.ON_DEMAND, "nowhere", URI.create("http://localhost"));

  private final AtomicLong clock = new AtomicLong(1_000);
  private final Meters meters = new Meters(clock::get, Optional.empty(), LocalBudgetAccount::new);

  private Meter table(Optional<Throughput> throughput) {
    return meters.meter("users", "users", FREE, throughput, Map.of());
  }

  private Meter table() {
    return table(Optional.empty());
  }

  private static Rate units(double units) {
    return new Rate(units, false);
  }

  private void write(Optional<Rate> rate) {
    meters.tune(new Pace(Optional.empty(), rate, false));
  }

  private void pass(double seconds) {
    clock.addAndGet((long) (seconds * 1e9));
  }

  /** Something that was consumed, and when. */
  record Use(long nanos, double units) {}

  static double most(List<Use> uses, double seconds) {
    double most = 0;
    double within = 0;
    int first = 0;
    for (Use use : uses) {
      within += use.units();
      while (uses.get(first).nanos() < use.nanos() - seconds * 1e9) {
        within -= uses.get(first++).units();
      }
      most = Math.max(most, within);
    }
    return most;
  }

  /** A writer in the simulation: it waits, sends, and gets an answer after some time. */
  private final class Writer {
    private final Random random;
    private final Meter meter;
    private final Map<String, List<Use>> uses;
    private final Map<String, Double> perWeight;
    private Claim claim;
    private double weight;

    Writer(Random random, Meter meter, Map<String, List<Use>> uses, Map<String, Double> perWeight) {
      this.random = random;
      this.meter = meter;
      this.uses = uses;
      this.perWeight = perWeight;
    }

    /** Does the next step, and returns after how many nanoseconds the one after it comes. */
    long step() throws StoreException {
      if (claim == null) {
        weight = Math.max(1, Math.min(25, meter.mostWrite()) * (0.2 + 0.8 * random.nextDouble()));
        claim = meter.write(weight);
      }
      Duration delay = claim.delay();
      if (!delay.isZero()) {
        // A thread sleeps a little longer than it wants.
        return delay.toNanos() + random.nextInt(2_000_000);
      }
      Claim sent = claim;
      claim = null;
      if (random.nextInt(10) == 0) {
        assertThatThrownBy(
                () ->
                    sent.send(
                        () -> {
                          throw new StoreException(Kind.THROTTLED, "too fast");
                        },
                        any -> new ConsumedUnits(0, Map.of(), 0)))
            .hasMessage("too fast");
        return 1_000_000;
      }
      Map<String, Double> consumed = new LinkedHashMap<>();
      perWeight.forEach(
          (part, factor) ->
              consumed.put(part, weight * factor * (0.9 + 0.2 * random.nextDouble())));
      double total = consumed.values().stream().mapToDouble(units -> units).sum();
      consumed.forEach((part, units) -> uses.get(part).add(new Use(clock.get(), units)));
      Map<String, Double> indexes = new LinkedHashMap<>(consumed);
      indexes.remove("");
      sent.send(() -> "", any -> new ConsumedUnits(total, indexes, weight));
      return 2_000_000 + random.nextInt(8_000_000);
    }
  }

  @Test
  void noTableAndNoIndexIsUsedFasterThanAskedAndTheScarcestIsUsedUp() {
    Cases.forAll(40, this::ratesHold);
  }

  private void ratesHold(Random random) throws Exception {
    {
      clock.set(random.nextInt());
      Meters all = new Meters(clock::get, Optional.empty(), LocalBudgetAccount::new);
      Map<String, Optional<Throughput>> indexes = new LinkedHashMap<>();
      Map<String, Double> perWeight = new LinkedHashMap<>();
      perWeight.put("", 0.5 + 2 * random.nextDouble());
      for (int i = random.nextInt(3); i > 0; i--) {
        indexes.put("index " + i, Optional.empty());
        perWeight.put("index " + i, 3 * random.nextDouble());
      }
      Meter meter = all.meter("users", "users", FREE, Optional.empty(), indexes);
      double rate = 20 + random.nextInt(2_000);
      all.tune(new Pace(Optional.empty(), Optional.of(units(rate)), false));
      Map<String, List<Use>> uses = new LinkedHashMap<>();
      perWeight.keySet().forEach(part -> uses.put(part, new ArrayList<>()));
      long retuned = clock.get() + 15_000_000_000L;
      double second = rate * (0.5 + 1.5 * random.nextDouble());
      simulate(random, meter, uses, perWeight, all, retuned, second);

      double busiest = perWeight.values().stream().max(Double::compare).orElseThrow();
      for (Map.Entry<String, List<Use>> part : uses.entrySet()) {
        List<Use> first = part.getValue().stream().filter(u -> u.nanos() < retuned).toList();
        List<Use> rest =
            part.getValue().stream().filter(u -> u.nanos() >= retuned + 100_000_000).toList();
        check(part.getKey(), first, rate, perWeight.get(part.getKey()) == busiest, 0);
        check(part.getKey(), rest, second, perWeight.get(part.getKey()) == busiest, largest(first));
      }
    }
  }

  /**
   * Checks what was used in 15 seconds. A request that is larger than the bucket, as those are that
   * were made before anything was known, goes when it is full: the next ones owe the rest.
   */
  private static void check(
      String part, List<Use> uses, double rate, boolean busiest, double owed) {
    double most = rate * (10 + TokenBucket.BURST) + largest(uses);
    assertThat(most(uses, 10)).as(part).isLessThanOrEqualTo(most + 1e-6);
    if (busiest) {
      double all = uses.stream().mapToDouble(Use::units).sum();
      assertThat(all + owed).as(part).isGreaterThan(rate * 14.5 * 0.95);
    }
  }

  static double largest(List<Use> uses) {
    return uses.stream().mapToDouble(Use::units).max().orElse(0);
  }

  private void simulate(
      Random random,
      Meter meter,
      Map<String, List<Use>> uses,
      Map<String, Double> perWeight,
      Meters all,
      long retuned,
      double second)
      throws StoreException {
    record Event(long at, Writer writer) {}
    PriorityQueue<Event> events =
        new PriorityQueue<>((one, other) -> Long.compare(one.at(), other.at()));
    int writers = 1 + random.nextInt(32);
    for (int i = 0; i < Math.max(writers, 4); i++) {
      events.add(new Event(clock.get(), new Writer(random, meter, uses, perWeight)));
    }
    boolean tuned = false;
    while (true) {
      Event event = events.poll();
      clock.set(event.at());
      if (clock.get() >= retuned + 15_000_000_000L) {
        return;
      }
      if (!tuned && clock.get() >= retuned) {
        tuned = true;
        all.tune(new Pace(Optional.empty(), Optional.of(units(second)), false));
      }
      events.add(new Event(clock.get() + event.writer().step(), event.writer()));
    }
  }

  @Test
  void whatFailsGivesItsReservationBack() throws Exception {
    Meter meter = table();
    write(Optional.of(units(100)));
    pass(1);
    for (int i = 0; i < 50; i++) {
      Claim claim = meter.write(20);
      assertThat(claim.delay()).isZero();
      assertThatThrownBy(
              () ->
                  claim.send(
                      () -> {
                        throw new StoreException(Kind.UNAVAILABLE, "no answer");
                      },
                      any -> new ConsumedUnits(20, Map.of(), 20)))
          .hasMessage("no answer");
    }
    assertThat(meter.write(20).delay()).isZero();
  }

  @Test
  void whatIsConsumedBeyondWhatWasExpectedIsMissingForTheNext() throws Exception {
    Meter meter = table();
    write(Optional.of(units(100)));
    pass(1);
    Claim claim = meter.write(10);
    assertThat(claim.delay()).isZero();
    claim.send(() -> "", any -> new ConsumedUnits(60, Map.of(), 10));
    // The bucket had 25, so 35 are owed; the next one should take 60 but never more than 25.
    assertThat(meter.write(10).delay()).isEqualTo(Duration.ofMillis(100));
    pass(0.59);
    assertThat(meter.write(10).delay()).isPositive();
    pass(0.02);
    assertThat(meter.write(10).delay()).isZero();
  }

  @Test
  void theFirstRequestGoesAloneAsNobodyKnowsWhatItConsumes() throws Exception {
    Meter meter = table();
    write(Optional.of(units(1_000)));
    pass(1);
    Claim first = meter.write(1);
    assertThat(first.delay()).isZero();
    assertThat(meter.write(1).delay()).isPositive();
    first.send(() -> "", any -> new ConsumedUnits(1, Map.of(), 1));
    assertThat(meter.write(1).delay()).isZero();
    assertThat(meter.write(1).delay()).isZero();
  }

  @Test
  void pausedNothingIsSentAndResumedItGoesOn() {
    Meter meter = table();
    meters.tune(new Pace(Optional.empty(), Optional.empty(), true));
    assertThat(meter.write(1).delay()).isPositive();
    assertThat(meter.read("", 1).delay()).isPositive();
    meters.tune(Pace.FREE);
    assertThat(meter.write(1).delay()).isZero();
  }

  @Test
  void aPercentageIsOfWhatTheTableCanDo() {
    Meter meter = table(Optional.of(new Throughput(4_000, 200)));
    write(Optional.of(new Rate(50, true)));
    assertThat(meter.mostWrite()).isEqualTo(100 * TokenBucket.BURST);
    meters.tune(new Pace(Optional.of(new Rate(50, true)), Optional.empty(), false));
    assertThat(meter.mostRead("")).isEqualTo(2_000 * TokenBucket.BURST);
    assertThat(meter.mostWrite()).isInfinite();
  }

  @Test
  void aPercentageOfNothingIsRefusedAndTheOldRateStays() {
    Meter meter = table();
    write(Optional.of(units(100)));
    assertThatThrownBy(() -> write(Optional.of(new Rate(50, true))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("50% of an unknown throughput: say units a second for `users`");
    assertThat(meter.mostWrite()).isEqualTo(100 * TokenBucket.BURST);
  }

  @Test
  void theSlowestOfATableAndItsIndexesSaysHowLongItTakes() {
    Map<String, Optional<Throughput>> indexes = new LinkedHashMap<>();
    indexes.put("slow", Optional.of(new Throughput(10, 10)));
    indexes.put("fast", Optional.of(new Throughput(1_000, 1_000)));
    Optional<Throughput> table = Optional.of(new Throughput(100, 100));
    Meter meter = meters.meter("indexed", "indexed", FREE, table, indexes);
    Map<String, Double> units = new LinkedHashMap<>();
    for (String part : List.of("", "slow", "fast")) {
      units.put(part, 200.0);
    }
    assertThat(meter.limits().seconds(units, Optional.empty(), false)).hasValue(20.0);
    assertThat(meter.limits().seconds(units, Optional.of(units(50)), false)).hasValue(4.0);
    assertThat(meter.limits().seconds(units, Optional.of(new Rate(50, true)), true)).hasValue(40.0);
  }

  @Test
  void ratesThatAPersonSetStayWhenTheNextJobBegins() {
    Meter meter = table();
    write(Optional.of(units(100)));
    meters.begin(job(500));
    assertThat(meter.mostWrite()).isEqualTo(100 * TokenBucket.BURST);
  }

  @Test
  void ratesOfAJobAreInForceUntilTheNextOne() {
    Meter meter = table();
    meters.begin(job(500));
    assertThat(meter.mostWrite()).isEqualTo(500 * TokenBucket.BURST);
    meters.begin(job(50));
    assertThat(meter.mostWrite()).isEqualTo(50 * TokenBucket.BURST);
  }

  private static Copy job(double rate) {
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), Location.NOWHERE);
    plan.from("local:one", Location.NOWHERE).to("local:two", Location.NOWHERE);
    plan.writeRate(rate, Location.NOWHERE);
    return plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
  }

  @Test
  void tablesOfOneIdentityShareAMeter() {
    assertThat(table()).isSameAs(table());
  }
}
