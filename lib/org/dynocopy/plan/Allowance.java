package org.dynocopy.plan;

import java.util.Optional;

/**
 * What a job may take of its tables, and how long it tries.
 *
 * @param read how fast to read each table and each index of it, at most
 * @param write how fast to write them, at most
 * @param prices what requests cost; else what the environment says, else by the region
 * @param budget how many dollars its requests may cost
 * @param patience how long requests are tried again
 */
public record Allowance(
    Optional<Rate> read,
    Optional<Rate> write,
    Optional<Prices> prices,
    Optional<Double> budget,
    Patience patience) {

  /** The word that a rate of reading is known by. */
  public static final String READ = "rate read";

  /** The word that a rate of writing is known by. */
  public static final String WRITE = "rate write";

  /** As much as there is, and as fast as it goes. */
  public static final Allowance ALL =
      new Allowance(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Patience.USUAL);

  Allowance withRead(Rate rate) {
    return new Allowance(Optional.of(rate), write, prices, budget, patience);
  }

  Allowance withWrite(Rate rate) {
    return new Allowance(read, Optional.of(rate), prices, budget, patience);
  }

  Allowance withPrices(Prices dollars) {
    return new Allowance(read, write, Optional.of(dollars), budget, patience);
  }

  Allowance withBudget(double dollars) {
    return new Allowance(read, write, prices, Optional.of(dollars), patience);
  }

  Allowance withPatience(Patience wanted) {
    return new Allowance(read, write, prices, budget, wanted);
  }
}
