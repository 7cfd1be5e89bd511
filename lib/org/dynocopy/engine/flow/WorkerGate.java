package org.dynocopy.engine.flow;

/**
 * Lets as many threads pass as there may be requests in flight, always the same ones: where each
 * takes its turn they all cost memory, caches and changes of context. A thread waits here between
 * two pieces of work, while it holds nothing.
 */
public final class WorkerGate {

  private int width;
  private int away;
  private boolean opened;

  /** For how many it is open, read without a lock by all who pass. */
  private volatile int open;

  /** Makes a gate for so many threads. */
  WorkerGate(int width) {
    this.width = width;
    this.open = width;
  }

  /**
   * Waits until it is open for a thread.
   *
   * @param number of the thread, from 1; those with the smallest numbers pass first
   */
  void pass(int number) throws InterruptedException {
    if (number > open) {
      await(number);
    }
  }

  private synchronized void await(int number) throws InterruptedException {
    while (number > open) {
      wait();
    }
  }

  /** Sets how many there may be. */
  synchronized void width(int threads) {
    if (threads != width) {
      width = threads;
      change();
    }
  }

  /** Lets another one pass while one that has passed does nothing. */
  synchronized void away() {
    away++;
    change();
  }

  /** Says that it works again. */
  synchronized void back() {
    away--;
    change();
  }

  /** Opens it for all, for ever: one thread has found nothing more to do. */
  public synchronized void open() {
    opened = true;
    change();
  }

  private void change() {
    open = opened ? Integer.MAX_VALUE : width + away;
    notifyAll();
  }
}
