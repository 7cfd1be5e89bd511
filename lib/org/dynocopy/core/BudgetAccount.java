package org.dynocopy.core;

import org.dynocopy.spec.limits.Budget;

/**
 * What is left of a budget, for all jobs and all processes that spend it. What a process has
 * reserved and not settled when it dies may have been spent, and stays reserved. Thread-safe.
 */
public interface BudgetAccount {

  /** Finds the account of a budget: the same one for the same budget. */
  @FunctionalInterface
  interface Opener {
    /** Returns it; where there is none yet, nothing of its budget is spent. */
    BudgetAccount open(Budget budget);
  }

  /** Takes what earlier runs of the same job did cost; whoever begins the job does so, once. */
  void spentBefore(double dollars);

  /**
   * Puts dollars aside for a request that is about to be sent.
   *
   * @throws StoreException if they would exceed the budget, with a sentence for people; or if there
   *     is no answer
   */
  void reserve(double dollars) throws StoreException;

  /**
   * Takes what a request did cost, instead of what was put aside for it.
   *
   * @param reserved as it was put aside
   * @param cost what it did cost; 0 if it was not done
   */
  void settle(double reserved, double cost);

  /** Returns how many dollars are neither spent nor put aside. */
  double rest();
}
