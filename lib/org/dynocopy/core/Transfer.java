package org.dynocopy.core;

/** One run of a copy: in this process, or in others. Runs once. */
public interface Transfer {

  /** Returns the ledger now. Thread-safe. */
  Counts counts();

  /**
   * Runs, and returns when nothing is in flight any more.
   *
   * @throws InterruptedException if the thread was interrupted; nothing is in flight then either
   */
  Outcome run() throws InterruptedException;

  /**
   * Asks the run to end soon: requests in flight finish, items not yet sent stay where they are.
   * Thread-safe.
   */
  void stop();

  /** Ends the run as one that has failed. Thread-safe. */
  void fail(Exception reason);
}
