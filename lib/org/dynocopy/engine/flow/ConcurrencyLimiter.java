package org.dynocopy.engine.flow;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how many requests are in flight by what the server takes. It begins with a few, and each
 * round trip in which they were all needed brings some more. Where the server needs longer than it
 * usually does, it brings less or takes some away; where the server refuses many parts of it, half
 * of these is taken away. It brings no more than keep the {@link CpuEstimator} busy.
 *
 * <p>So some is always refused where the server is the bound: without that, it cannot be known
 * whether it would take more.
 *
 * @see <a href="https://github.com/Netflix/concurrency-limits">Concurrency limits</a>, whose
 *     Gradient2 is the model for latency
 */
public final class ConcurrencyLimiter {

  private static final int FIRST = 4;

  /** An answer may take so much longer than usual before fewer requests are sent. */
  private static final double TOLERANCE = 2;

  /** So much of a request may be refused by partitions that are too hot, while others are not. */
  private static final double MANY = 0.2;

  /** How much each answer weighs in how many are refused for a range of keys. */
  private static final double HOT_WEIGHT = 0.05;

  /** How much each answer weighs in what is usual. */
  private static final double WEIGHT = 0.002;

  /** Less than one request at once, where nothing is taken: there is a pause after each. */
  private static final double LEAST = 0.001;

  private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final CpuEstimator processors;
  private double limit;
  private int inFlight;
  private double usualNanos;

  /** Which part of the requests of late was refused for a range of keys that is too hot. */
  private double hot;

  private long next = System.nanoTime();
  private boolean closed;

  private final WorkerGate gate;

  /**
   * Makes a limiter.
   *
   * @param most how many requests there may be at once, whatever the server takes
   */
  public ConcurrencyLimiter(int most) {
    this(most, new CpuEstimator());
  }

  /**
   * Makes a limiter.
   *
   * @param most how many requests there may be at once, whatever the server takes
   * @param processors how many of the processors of this process it may keep busy
   */
  public ConcurrencyLimiter(int most, double processors) {
    this(most, new CpuEstimator(processors));
  }

  ConcurrencyLimiter(int most, CpuEstimator processors) {
    this.most = most;
    this.processors = processors;
    this.limit = Math.min(most, FIRST);
    this.gate = new WorkerGate(limit());
  }

  /** Returns where threads wait that there are not enough requests for. */
  public WorkerGate gate() {
    return gate;
  }

  /** Waits until one more request may be in flight. */
  synchronized Permit enter() throws InterruptedException {
    long pause = next - System.nanoTime();
    while (!closed && (inFlight >= limit() || pause > 0)) {
      // Without a pause it waits until another one leaves; wait(0) has no end.
      wait(pause > 0 ? pause / 1_000_000 + 1 : 0);
      pause = next - System.nanoTime();
    }
    if (closed) {
      throw new InterruptedException("the run was stopped");
    }
    inFlight++;
    return new Permit();
  }

  private synchronized void leave() {
    inFlight--;
    // Another thread that waits may take this place, and another one if there are more places now.
    notify();
    if (inFlight + 1 < limit()) {
      notify();
    }
  }

  /**
   * Learns that a request was refused for a range of keys that is too hot. That is no reason to
   * send less to the others; where many are refused so, it is, as if each had been refused in that
   * part.
   */
  synchronized void learnHot(long nanos) {
    hot += (1 - hot) * HOT_WEIGHT;
    adapt(nanos, hot);
  }

  synchronized void learn(long nanos, double refused) {
    hot -= hot * HOT_WEIGHT;
    adapt(nanos, refused);
  }

  private void adapt(long nanos, double refused) {
    if (usualNanos == 0) {
      usualNanos = nanos;
    }
    double gradient = Math.max(0.5, Math.min(1, TOLERANCE * usualNanos / nanos));
    usualNanos += (nanos - usualNanos) * WEIGHT;
    boolean needed = 2 * inFlight >= limit;
    // What a round trip brings is brought by its answers together: each adds or takes its share.
    if (refused >= 1) {
      limit -= Math.min(1, limit) / 2;
    } else if (refused > MANY) {
      limit = Math.max(1, limit - refused / 2);
    } else if (needed) {
      limit = Math.max(1, limit + gradient - 1 + 1 / Math.sqrt(Math.max(1, limit)));
    }
    double useful = Math.max(FIRST, processors.answered(nanos, System.nanoTime()));
    limit = Math.max(LEAST, Math.min(Math.min(most, useful), limit));
    gate.width(limit());
    long pause = limit < 1 ? Math.min(LONGEST, (long) (usualNanos * (1 / limit - 1))) : 0;
    next = System.nanoTime() + pause;
  }

  /** Wakes everyone who waits: the run has stopped. */
  public synchronized void close() {
    closed = true;
    notifyAll();
    gate.open();
  }

  /** Returns how many requests may be in flight now. */
  public synchronized int limit() {
    return Math.max(1, (int) limit);
  }

  /** One request on its way. Used by one thread. */
  final class Permit implements AutoCloseable {
    private long start = System.nanoTime();

    private Permit() {}

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

    /** Notes that it was refused for a range of keys that is too hot. */
    void hot() {
      learnHot(System.nanoTime() - start);
    }

    @Override
    public void close() {
      leave();
    }
  }
}
