package org.dynocopy.engine;

/**
 * Bounds the memory of a run: a page is paid for before it is read and given back when its last
 * item is settled.
 *
 * <p>A page's size is known only once it is there, so a reader pays for a usual page and settles
 * the difference afterwards. Larger pages overdraw the budget, by one page a reader at most.
 */
final class ByteBudget {

  private final long total;
  private long left;
  private boolean closed;

  ByteBudget(long total) {
    this.total = total;
    this.left = total;
  }

  /**
   * Waits until the amount is there, or everything is.
   *
   * @return false if the budget was closed
   */
  synchronized boolean take(long bytes) throws InterruptedException {
    while (!closed && left < bytes && left < total) {
      wait();
    }
    left -= bytes;
    return !closed;
  }

  /** Gives back; a negative amount takes without waiting. */
  synchronized void give(long bytes) {
    left += bytes;
    notifyAll();
  }

  /** Wakes everyone who waits: the run has stopped. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized long left() {
    return left;
  }
}
