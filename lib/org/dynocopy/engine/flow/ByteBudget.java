package org.dynocopy.engine.flow;

import java.util.function.LongSupplier;

/**
 * Bounds the memory of a run: a page is paid for before it is read and given back when its last
 * item is settled.
 *
 * <p>A page's size is known only once it is there, so a reader pays for a usual page and settles
 * the difference afterwards. Larger pages overdraw the budget, by one page a reader at most.
 */
public final class ByteBudget {

  /** How much may be used changes without a word. */
  private static final long LOOK_MILLIS = 50;

  /**
   * So many pages fill the memory, however small they are: each has objects of its own, and a place
   * in each checkpoint.
   */
  private static final int MOST_PAGES = 512;

  private final long total;
  private final LongSupplier usable;
  private long left;
  private boolean closed;

  /**
   * Makes a budget.
   *
   * @param usable how much of it may be used at the time, asked again and again
   */
  public ByteBudget(long total, LongSupplier usable) {
    this.total = total;
    this.usable = usable;
    this.left = total;
  }

  /**
   * Waits until the amount is there and may be used, or everything is there.
   *
   * @return false if the budget was closed
   */
  public synchronized boolean take(long bytes) throws InterruptedException {
    while (!closed && left < total && total - left + bytes > Math.min(total, usable.getAsLong())) {
      wait(LOOK_MILLIS);
    }
    left -= bytes;
    notify();
    return !closed;
  }

  /** Gives back; a negative amount takes without waiting. */
  public synchronized void give(long bytes) {
    left += bytes;
    notify();
  }

  /** Wakes everyone who waits: the run has stopped. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns what a page costs at least, until no checkpoint has it any more. */
  public long least() {
    return total / MOST_PAGES;
  }

  synchronized long left() {
    return left;
  }
}
