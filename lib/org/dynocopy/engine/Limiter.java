package org.dynocopy.engine;

/**
 * Bounds how many requests are in flight by what the server takes. It begins with a few, and each
 * round trip in which they were all needed brings some more. Where the server needs longer than it
 * usually does, it brings less or takes some away; where the server refuses a good part of what is
 * sent, it takes half of that part away.
 *
 * <p>Some refusals are wanted: without any, nobody knows whether the server would take more.
 *
 * @see <a href="https://github.com/Netflix/concurrency-limits">Concurrency limits</a>, whose
 *     Gradient2 is the model for latency
 */
final class Limiter {

  private static final int FIRST = 4;

  /** An answer may take so much longer than usual before fewer requests are sent. */
  private static final double TOLERANCE = 2;

  /** Of what is sent, so much may be refused. A slower sender would leave capacity unused. */
  private static final double REFUSED = 0.2;

  /** How much each answer weighs in what is usual. */
  private static final double WEIGHT = 0.002;

  private final int most;
  private double limit;
  private int inFlight;
  private double usualNanos;
  private boolean closed;

  /**
   * Makes a limiter.
   *
   * @param most how many requests there may be at once, whatever the server takes
   */
  Limiter(int most) {
    this.most = most;
    this.limit = Math.min(most, FIRST);
  }

  /** Waits until one more request may be in flight. */
  synchronized Passage enter() throws InterruptedException {
    while (!closed && inFlight >= (int) limit) {
      wait();
    }
    if (closed) {
      throw new InterruptedException("the run was stopped");
    }
    inFlight++;
    return new Passage();
  }

  private synchronized void leave() {
    inFlight--;
    notifyAll();
  }

  synchronized void learn(long nanos, double refused) {
    if (usualNanos == 0) {
      usualNanos = nanos;
    }
    double gradient = Math.max(0.5, Math.min(1, TOLERANCE * usualNanos / nanos));
    usualNanos += (nanos - usualNanos) * WEIGHT;
    boolean needed = 2 * inFlight >= limit;
    // What a round trip brings is brought by its answers together: each adds or takes its share.
    if (refused > REFUSED) {
      limit -= refused / 2;
    } else if (needed) {
      limit += gradient - 1 + 1 / Math.sqrt(limit);
    }
    limit = Math.max(1, Math.min(most, limit));
  }

  /** Wakes everyone who waits: the run has stopped. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns how many requests may be in flight now. */
  synchronized int limit() {
    return (int) limit;
  }

  /** One request on its way. Used by one thread. */
  final class Passage implements AutoCloseable {
    private long start = System.nanoTime();

    private Passage() {}

    /** Notes that it is sent now. */
    void begins() {
      start = System.nanoTime();
    }

    /**
     * Notes that it was answered. Where this is not called, nothing is learned of the server.
     *
     * @param refused which part of it was refused for now, from 0 to 1
     */
    void answered(double refused) {
      learn(System.nanoTime() - start, refused);
    }

    @Override
    public void close() {
      leave();
    }
  }
}
