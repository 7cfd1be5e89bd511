package org.dynocopy.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What requests cost a budget: at a dollar a unit read, and ten a unit written. */
class BudgetTest {

  private static final Location HERE = Location.NOWHERE;
  private static final Prices PRICES = new Prices(1e6, 10e6);
  private static final Pricing FREE =
      Pricing.of(Optional.empty(), Billing.ON_DEMAND, "nowhere", URI.create("http://localhost"));

  private final Meters meters = new Meters();
  private final Meter meter = meters.meter("users", "users", FREE, Optional.empty(), Map.of());

  private static Copy job(Consumer<CopySpecBuilder> words) {
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
    plan.from("local:one", HERE).to("local:two", HERE).prices(PRICES, HERE);
    words.accept(plan);
    return plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
  }

  private Copy begin(double dollars) {
    Copy job = job(plan -> plan.budget(dollars, HERE));
    meters.begin(job);
    return job;
  }

  /** Returns what was reported and what may have been consumed, by the prices. */
  private double spent(Copy job) {
    return meters.spent(job).stream()
        .mapToDouble(
            one ->
                one.dollars().orElseThrow()
                    + one.unanswered().readUnits()
                    + 10 * one.unanswered().writeUnits())
        .sum();
  }

  /** Writes what is expected to take a number of units, and takes as many. */
  private void write(double expected, double consumed) throws StoreException {
    meter.write(expected).send(() -> "", any -> new ConsumedUnits(consumed, Map.of(), expected));
  }

  private void fail(Meter.Claim claim, Kind kind) {
    assertThatThrownBy(
            () ->
                claim.send(
                    () -> {
                      throw new StoreException(kind, "so it fails");
                    },
                    any -> new ConsumedUnits(0, Map.of(), 0)))
        .hasMessage("so it fails");
  }

  private static void assertUsedUp(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("is used up");
  }

  @Test
  void requestsAreSentUntilTheNextOneWouldExceedTheBudget() throws Exception {
    Copy job = begin(30);
    write(1, 1);
    write(1, 1);
    write(1, 1);
    assertThat(spent(job)).isEqualTo(30);
    assertUsedUp(() -> write(1, 1));
    assertThat(spent(job)).isEqualTo(30);
  }

  @Test
  void refusalNamesTheBudgetAndWhatWasSpent() throws Exception {
    begin(25);
    write(1, 1);
    write(1, 1);
    assertThatThrownBy(() -> write(1, 1))
        .hasMessageStartingWith("the budget of $25.00 is used up: $20.00 was spent");
  }

  @Test
  void writeWhoseAnswerWasLostCostsWhatItWasExpectedTo() {
    Copy job = begin(20);
    fail(meter.write(1), Kind.UNAVAILABLE);
    fail(meter.write(1), Kind.UNAVAILABLE);
    assertUsedUp(() -> write(1, 1));
    // Reported units and those that may have been consumed are kept apart.
    assertThat(spent(job)).isEqualTo(20);
    assertThat(meters.spent(job).get(0).dollars()).hasValue(0.0);
    assertThat(meters.spent(job).get(0).unanswered()).isEqualTo(new Usage.Unanswered(2, 0, 2));
  }

  @Test
  void readWhoseAnswerWasLostCostsWhatItWasExpectedTo() {
    Copy job = begin(20);
    fail(meter.read("", 20), Kind.UNAVAILABLE);
    assertThat(spent(job)).isEqualTo(20);
    assertThat(meters.spent(job).get(0).dollars()).hasValue(0.0);
    assertThat(meters.spent(job).get(0).unanswered()).isEqualTo(new Usage.Unanswered(1, 20, 0));
    assertUsedUp(() -> meter.read("", 1).send(() -> "", any -> new ConsumedUnits(1, Map.of(), 1)));
  }

  /** Nothing of it was done, so that nothing is paid for. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
  void whatTheServiceRefusedCostsNothing(Kind kind) throws Exception {
    Copy job = begin(20);
    for (int i = 0; i < 20; i++) {
      fail(meter.write(2), kind);
    }
    assertThat(spent(job)).isZero();
    write(2, 2);
    assertThat(spent(job)).isEqualTo(20);
  }

  @Test
  void requestThatFailsByABugCostsNothing() throws Exception {
    Copy job = begin(20);
    assertThatThrownBy(
            () ->
                meter
                    .write(2)
                    .send(
                        () -> {
                          throw new IllegalStateException("bug");
                        },
                        any -> new ConsumedUnits(0, Map.of(), 0)))
        .hasMessage("bug");
    write(2, 2);
    assertThat(spent(job)).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "1, 0"})
  void whatARequestTookCountsInsteadOfWhatWasExpected(double expected, double took)
      throws Exception {
    Copy job = begin(100);
    write(expected, took);
    assertThat(spent(job)).isEqualTo(10 * took);
  }

  /** The next request is expected to take what this one did. */
  @Test
  void requestIsExpectedToTakeWhatTheLastOneDid() throws Exception {
    begin(100);
    write(1, 4);
    write(1, 4);
    assertUsedUp(() -> write(1, 4));
  }

  @Test
  void requestsUnderWayAreSetAsideFor() throws Exception {
    Copy job = begin(20);
    meter
        .write(1)
        .send(
            () -> {
              write(1, 1);
              assertUsedUp(() -> write(1, 1));
              return "";
            },
            any -> new ConsumedUnits(1, Map.of(), 1));
    assertThat(spent(job)).isEqualTo(20);
    assertUsedUp(() -> write(1, 1));
  }

  /** The one that still has enough gets back what was set aside for a request that is not sent. */
  @Test
  void eachOfTwoBudgetsHoldsAndTheOtherLosesNothing() throws Exception {
    Budget large = new Budget(20, HERE);
    Budget small = new Budget(5, HERE);
    meters.begin(with(List.of(large, small)));
    for (int i = 0; i < 5; i++) {
      assertUsedUp(() -> write(1, 1));
    }
    meters.begin(with(List.of(large)));
    write(1, 1);
    write(1, 1);
    assertUsedUp(() -> write(1, 1));
  }

  private static Copy with(List<Budget> budgets) {
    JobLimits said =
        new JobLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            budgets,
            RetryPolicy.USUAL,
            false);
    return (Copy) job(plan -> {}).with(said);
  }

  @Test
  void jobsWithTheSameBudgetSpendItTogether() throws Exception {
    Budget both = new Budget(20, HERE);
    Copy one = with(List.of(both));
    Copy other = with(List.of(both));
    meters.begin(one);
    write(1, 1);
    meters.begin(other);
    write(1, 1);
    assertThat(spent(one)).isEqualTo(10);
    assertThat(spent(other)).isEqualTo(10);
    assertUsedUp(() -> write(1, 1));
    meters.begin(one);
    assertUsedUp(() -> write(1, 1));
  }

  @Test
  void jobsWithBudgetsOfTheirOwnSpendThemAlone() throws Exception {
    Copy one = begin(10);
    write(1, 1);
    assertUsedUp(() -> write(1, 1));
    begin(10);
    write(1, 1);
    assertThat(spent(one)).isEqualTo(10);
  }

  @Test
  void tableWithoutAPriceIsNotSpentOnBlindly() {
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
    plan.from("local:one", HERE).to("local:two", HERE).budget(10, HERE);
    meters.begin(
        plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)));
    assertThatThrownBy(() -> write(1, 1)).hasMessageStartingWith("a budget needs a price");
  }

  @Test
  void jobWithoutABudgetIsCountedAndNotHeld() {
    Copy job = job(plan -> {});
    meters.begin(job);
    assertThatCode(
            () -> {
              for (int i = 0; i < 100; i++) {
                write(1, 1);
              }
            })
        .doesNotThrowAnyException();
    fail(meter.write(1), Kind.UNAVAILABLE);
    assertThat(spent(job)).isEqualTo(1_010);
  }

  /**
   * Whatever happens to requests, what they cost is never more than the budget if they keep to it.
   */
  @Test
  void whatIsSpentAddsUpAndStaysWithinTheBudget() {
    Cases.forAll(
        100,
        random -> {
          double dollars = 100 + random.nextInt(900);
          Copy job = begin(dollars);
          Meter own = meters.meter("t" + random.nextLong(), "t", FREE, Optional.empty(), Map.of());
          double mine = 0;
          boolean over = false;
          while (!over) {
            boolean reading = random.nextBoolean();
            double units = 1 + random.nextInt(3);
            double cost = reading ? units : 10 * units;
            Meter.Claim claim = reading ? own.read("", units) : own.write(units);
            Kind[] kinds = {null, null, Kind.UNAVAILABLE, Kind.THROTTLED, Kind.REJECTED};
            Kind kind = kinds[random.nextInt(kinds.length)];
            try {
              claim.send(
                  () -> {
                    if (kind != null) {
                      throw new StoreException(kind, "so it fails");
                    }
                    return "";
                  },
                  any -> new ConsumedUnits(units, Map.of(), units));
              mine += cost;
            } catch (StoreException e) {
              mine += e.kind() == Kind.UNAVAILABLE ? cost : 0;
              over = e.kind() == Kind.REFUSED;
              assertThat(!over || mine + cost > dollars - 1e-6).isTrue();
            }
            assertThat(spent(job)).isCloseTo(mine, within(1e-6));
            assertThat(mine).isLessThanOrEqualTo(dollars + 1e-6);
          }
        });
  }
}
