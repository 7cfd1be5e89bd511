package org.dynocopy.capacity;

import org.dynocopy.core.BudgetAccount;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.Prices;

/** What is left of a budget that this process spends, or holds for others. */
public final class LocalBudgetAccount implements BudgetAccount {

  private final Budget budget;
  private double spentBefore;
  private double spent;
  private double underWay;

  /** Begins with all of it. */
  public LocalBudgetAccount(Budget budget) {
    this.budget = budget;
  }

  @Override
  public synchronized void spentBefore(double dollars) {
    spentBefore += dollars;
    spent += dollars;
  }

  @Override
  public synchronized void reserve(double dollars) throws StoreException {
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

  @Override
  public synchronized void settle(double reserved, double cost) {
    underWay = Math.max(0, underWay - reserved);
    spent += cost;
  }

  @Override
  public synchronized double rest() {
    return budget.dollars() - spent - underWay;
  }
}
