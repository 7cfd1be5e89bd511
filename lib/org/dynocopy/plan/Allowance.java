package org.dynocopy.plan;

import java.util.Optional;

/**
 * What a job may take of its tables.
 *
 * @param read how fast to read each table and each index of it, at most
 * @param write how fast to write them, at most
 * @param prices what requests cost; else what the environment says, else by the region
 * @param budget how many dollars its requests may cost
 */
public record Allowance(
    Optional<Rate> read, Optional<Rate> write, Optional<Prices> prices, Optional<Double> budget) {

  /** The word that a rate of reading is known by. */
  public static final String READ = "rate read";

  /** The word that a rate of writing is known by. */
  public static final String WRITE = "rate write";

  /** As much as there is, and as fast as it goes. */
  public static final Allowance ALL =
      new Allowance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  Allowance withRead(Rate rate) {
    return new Allowance(Optional.of(rate), write, prices, budget);
  }

  Allowance withWrite(Rate rate) {
    return new Allowance(read, Optional.of(rate), prices, budget);
  }

  Allowance withPrices(Prices dollars) {
    return new Allowance(read, write, Optional.of(dollars), budget);
  }

  Allowance withBudget(double dollars) {
    return new Allowance(read, write, prices, Optional.of(dollars));
  }
}
