package org.dynocopy.plan;

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
public record Allowance(
    Optional<Rate> read,
    Optional<Rate> write,
    Optional<Prices> prices,
    List<Budget> budgets,
    Patience patience,
    boolean failIfEmpty) {

  /** The word that a rate of reading is known by. */
  public static final String READ = "rate read";

  /** The word that a rate of writing is known by. */
  public static final String WRITE = "rate write";

  /** As much as there is, and as fast as it goes. */
  public static final Allowance ALL =
      new Allowance(
          Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Patience.USUAL, false);

  /** Copies the list. */
  public Allowance {
    budgets = List.copyOf(budgets);
  }

  Allowance withRead(Rate rate) {
    return new Allowance(Optional.of(rate), write, prices, budgets, patience, failIfEmpty);
  }

  Allowance withWrite(Rate rate) {
    return new Allowance(read, Optional.of(rate), prices, budgets, patience, failIfEmpty);
  }

  Allowance withPrices(Prices dollars) {
    return new Allowance(read, write, Optional.of(dollars), budgets, patience, failIfEmpty);
  }

  Allowance withBudget(Budget only) {
    return new Allowance(read, write, prices, List.of(only), patience, failIfEmpty);
  }

  Allowance withPatience(Patience wanted) {
    return new Allowance(read, write, prices, budgets, wanted, failIfEmpty);
  }

  Allowance failingIfEmpty() {
    return new Allowance(read, write, prices, budgets, patience, true);
  }

  Allowance withoutWrites() {
    return new Allowance(read, Optional.empty(), prices, budgets, patience, failIfEmpty);
  }

  /** Returns what both say: where they differ this one is in force, but the budgets of both. */
  Allowance over(Allowance other) {
    return new Allowance(
        read.or(other::read),
        write.or(other::write),
        prices.or(other::prices),
        Stream.concat(budgets.stream(), other.budgets.stream()).toList(),
        patience.over(other.patience),
        failIfEmpty || other.failIfEmpty);
  }
}
