package org.dynocopy.spec.limits;

import org.dynocopy.diagnostic.Location;

/**
 * Dollars that requests may cost. Jobs that hold the same one, the copies of a pattern or all jobs
 * of a run, spend it together: two budgets of 20 dollars are not the same one.
 */
public final class Budget {

  private final double dollars;
  private final Location at;

  /**
   * Makes a budget.
   *
   * @param dollars how many, above 0
   * @param at where it is said
   */
  public Budget(double dollars, Location at) {
    this.dollars = dollars;
    this.at = at;
  }

  /** Returns how many dollars it has. */
  public double dollars() {
    return dollars;
  }

  /** Returns where it is said. */
  public Location at() {
    return at;
  }

  @Override
  public String toString() {
    return Prices.text(dollars);
  }
}
