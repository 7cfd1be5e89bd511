package org.dynocopy.capacity;

import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.Prices;

/** What is left of a budget. Thread-safe. */
final class BudgetAccount {

  private final Budget budget;
  private double spentBefore;
  private double spent;
  private double underWay;

  BudgetAccount(Budget budget) {
    this.budget = budget;
  }

  /** Takes what earlier runs of the same job did cost. */
  synchronized void spentBefore(double dollars) {
    spentBefore += dollars;
    spent += dollars;
  }

  /**
   * Puts dollars aside for a request that is about to be sent.
   *
   * @throws StoreException if they would exceed the budget
   */
  synchronized void reserve(double dollars) throws StoreException {
    if (spent + underWay + dollars > budget.dollars()) {
      throw new StoreException(
          Kind.REFUSED,
          "the budget of "
              + budget
              + " is used up: "
              + Prices.text(spent)
              + " was spent"
              + (spentBefore > 0
                  ? ", " + Prices.text(spentBefore) + " of it by runs that were stopped"
                  : "")
              + ", and the next request could exceed it. What was written stays; with a"
              + " larger budget, run it again to do the rest");
    }
    underWay += dollars;
  }

  /** Takes what a request did cost, instead of what was put aside for it. */
  synchronized void answered(double expected, double cost) {
    underWay = Math.max(0, underWay - expected);
    spent += cost;
  }
}
