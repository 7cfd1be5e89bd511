package org.dynocopy.spec.limits;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a job may take of its tables, and how long it tries.
 *
 * @param read how fast to read each table and each index of it, at most
 * @param write how fast to write them, at most
 * @param prices what requests cost; else what the environment says, else by the region
 * @param budgets how many dollars its requests may cost; each of them holds
 * @param patience how long requests are tried again
 * @param failIfEmpty whether it is a failure where nothing was selected
 */
public record JobLimits(
    Optional<Rate> read,
    Optional<Rate> write,
    Optional<Prices> prices,
    List<Budget> budgets,
    RetryPolicy patience,
    boolean failIfEmpty) {

  /** The word that a rate of reading is known by. */
  public static final String READ = "rate read";

  /** The word that a rate of writing is known by. */
  public static final String WRITE = "rate write";

  /** As much as there is, and as fast as it goes. */
  public static final JobLimits ALL =
      new JobLimits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          RetryPolicy.USUAL,
          false);

  /** Copies the list. */
  public JobLimits {
    budgets = List.copyOf(budgets);
  }

  public JobLimits withRead(Rate rate) {
    return new JobLimits(Optional.of(rate), write, prices, budgets, patience, failIfEmpty);
  }

  public JobLimits withWrite(Rate rate) {
    return new JobLimits(read, Optional.of(rate), prices, budgets, patience, failIfEmpty);
  }

  public JobLimits withPrices(Prices dollars) {
    return new JobLimits(read, write, Optional.of(dollars), budgets, patience, failIfEmpty);
  }

  public JobLimits withBudget(Budget only) {
    return new JobLimits(read, write, prices, List.of(only), patience, failIfEmpty);
  }

  public JobLimits withPatience(RetryPolicy wanted) {
    return new JobLimits(read, write, prices, budgets, wanted, failIfEmpty);
  }

  public JobLimits failingIfEmpty() {
    return new JobLimits(read, write, prices, budgets, patience, true);
  }

  public JobLimits withoutWrites() {
    return new JobLimits(read, Optional.empty(), prices, budgets, patience, failIfEmpty);
  }

  /** Returns what both say: where they differ this one is in force, but the budgets of both. */
  public JobLimits over(JobLimits other) {
    return new JobLimits(
        read.or(other::read),
        write.or(other::write),
        prices.or(other::prices),
        Stream.concat(budgets.stream(), other.budgets.stream()).toList(),
        patience.over(other.patience),
        failIfEmpty || other.failIfEmpty);
  }
}
