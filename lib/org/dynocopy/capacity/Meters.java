package org.dynocopy.capacity;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.dynocopy.core.BudgetAccount;
import org.dynocopy.core.RateAllocator;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Rate;

/**
 * The meters of all tables that this process uses, and the rates that are in force for them: those
 * of the job that runs, until a person says others. Thread-safe.
 */
public final class Meters {

  /**
   * What is in force.
   *
   * @param read the rate of reads, if there is one
   * @param write the rate of writes, if there is one
   * @param paused whether nothing is sent at all
   */
  public record Pace(Optional<Rate> read, Optional<Rate> write, boolean paused) {

    /** As fast as it goes. */
    public static final Pace FREE = new Pace(Optional.empty(), Optional.empty(), false);
  }

  private final LongSupplier clock;
  private final Optional<RateAllocator> allocator;
  private final BudgetAccount.Opener accounts;
  private final Map<String, Meter> meters = new LinkedHashMap<>();
  private final Map<Job, CostTracker> tallies = new IdentityHashMap<>();
  private final Map<Budget, BudgetAccount> purses = new HashMap<>();
  private volatile Pace pace = Pace.FREE;
  private volatile CostTracker tally = new CostTracker(Optional.empty(), List.of());
  private boolean tuned;

  /** Makes meters of a process that uses its tables alone. */
  public Meters() {
    this(System::nanoTime, Optional.empty(), LocalBudgetAccount::new);
  }

  /**
   * Makes meters of a process that uses its tables together with others.
   *
   * @param allocator leases it shares of rates
   * @param accounts finds what is left of budgets, once for each
   */
  public Meters(RateAllocator allocator, BudgetAccount.Opener accounts) {
    this(System::nanoTime, Optional.of(allocator), accounts);
  }

  Meters(LongSupplier clock, Optional<RateAllocator> allocator, BudgetAccount.Opener accounts) {
    this.clock = clock;
    this.allocator = allocator;
    this.accounts = accounts;
  }

  Optional<RateAllocator> allocator() {
    return allocator;
  }

  long now() {
    return clock.getAsLong();
  }

  boolean paused() {
    return pace.paused();
  }

  CostTracker tally() {
    return tally;
  }

  /**
   * Returns the meter of a table, the same for the same table.
   *
   * @param identity what identifies the table among all
   * @param name its name, for people
   * @param throughput what it can do in a second, if that is known
   * @param globalIndexes the same for each global index
   */
  public synchronized Meter meter(
      String identity,
      String name,
      Pricing tariff,
      Optional<Throughput> throughput,
      Map<String, Optional<Throughput>> globalIndexes) {
    return meters.computeIfAbsent(
        identity,
        any -> {
          Meter made = new Meter(this, identity, name, tariff, throughput, globalIndexes);
          made.rates(pace.read(), pace.write());
          return made;
        });
  }

  /** Begins with a job, or goes on with it: its rates are in force, unless a person said others. */
  public synchronized void begin(Job job) {
    tally = tallies.computeIfAbsent(job, any -> tally(job.allowance()));
    if (!tuned) {
      set(new Pace(job.allowance().read(), job.allowance().write(), pace.paused()));
    }
  }

  /**
   * Counts for a job's budgets what earlier tries of it have spent.
   *
   * @param units read and write units by the tables' names
   * @param dollars what they did cost
   */
  public synchronized void spentBefore(Job job, Map<String, double[]> units, double dollars) {
    Map<String, CostTracker.Units> consumed = new HashMap<>();
    units.forEach((table, of) -> consumed.put(table, new CostTracker.Units(of[0], of[1], 0)));
    tallies.computeIfAbsent(job, any -> tally(job.allowance())).spentBefore(consumed, dollars);
  }

  private CostTracker tally(JobLimits may) {
    List<BudgetAccount> all =
        may.budgets().stream().map(one -> purses.computeIfAbsent(one, accounts::open)).toList();
    return new CostTracker(may.prices(), all);
  }

  /** Returns what is in force. */
  public Pace pace() {
    return pace;
  }

  /**
   * Sets what a person wants, for the rest of the run.
   *
   * @throws IllegalArgumentException if it is a percentage of what is not known
   */
  public synchronized void tune(Pace wanted) {
    check(wanted.read());
    check(wanted.write());
    // A pause says nothing of the rates that later jobs want.
    tuned |= !wanted.read().equals(pace.read()) || !wanted.write().equals(pace.write());
    set(wanted);
  }

  private void check(Optional<Rate> rate) {
    for (Meter meter : meters.values()) {
      Optional<String> unknown = rate.flatMap(meter.limits()::unknown);
      if (unknown.isPresent()) {
        throw new IllegalArgumentException(
            rate.get()
                + " of an unknown throughput: say units a second for `"
                + meter.name()
                + "`");
      }
    }
  }

  private void set(Pace wanted) {
    pace = wanted;
    meters.values().forEach(meter -> meter.rates(wanted.read(), wanted.write()));
  }

  /** Returns what a job has consumed until now, table by table. */
  public synchronized List<Usage> spent(Job job) {
    return Optional.ofNullable(tallies.get(job)).map(CostTracker::spending).orElse(List.of());
  }

  /**
   * Returns the dollars that a job has cost until now, with what requests without an answer may
   * have cost; by the tables' names, where it is known.
   */
  public synchronized Map<String, Double> charged(Job job) {
    return Optional.ofNullable(tallies.get(job)).map(CostTracker::charged).orElse(Map.of());
  }

  /**
   * Returns what the busiest table or index has consumed until now, to measure how fast it goes.
   */
  public synchronized double busiest(boolean reading) {
    return most(meter -> meter.busiest(reading));
  }

  private double most(Function<Meter, Double> of) {
    return meters.values().stream().map(of).max(Double::compare).orElse(0.0);
  }
}
