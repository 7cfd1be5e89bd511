package org.dynocopy.engine.flow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells how many requests in flight keep the processors busy. Each request waits for the server,
 * and takes the processors for the rest of its time, with all that belongs to it: the pages and the
 * shaping, the compiler and the collector. More of them would only wait for each other here, while
 * what they have in the caches gets cold. Not thread-safe.
 *
 * @see <a href="https://jcip.net">Java Concurrency in Practice</a>, 8.2: as many as processors,
 *     times one and what is waited for each part computed
 */
class CpuEstimator {

  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

  /** So many answers, at least, tell how long one takes that waits for nothing here. */
  private static final int ENOUGH = 16;

  /** Some more, as no two requests take equally long. */
  private static final double RESERVE = 1.25;

  private final double number;
  private final LongSupplier computed;
  private long began;
  private long before;
  private int requests;
  private long least = Long.MAX_VALUE;
  private double useful;

  /** Looks at this process, and at the processors that it may use. */
  CpuEstimator() {
    this(Runtime.getRuntime().availableProcessors(), CpuEstimator::computedHere);
  }

  /** Looks at a part of this process, and at so many of its processors. */
  CpuEstimator(double number) {
    this(number, Runtime.getRuntime().availableProcessors(), CpuEstimator::computedHere);
  }

  /**
   * Looks at a part of a process: what else runs in it uses its processors as much.
   *
   * @param number how many processors the part has
   * @param all how many the process has
   * @param computed for how many nanoseconds all were used until now, together
   */
  CpuEstimator(double number, int all, LongSupplier computed) {
    this(number, () -> (long) (computed.getAsLong() * (number / all)));
  }

  /**
   * Looks at something else.
   *
   * @param number how many processors there are
   * @param computed for how many nanoseconds they were used until now, together
   */
  CpuEstimator(double number, LongSupplier computed) {
    this.number = number;
    this.computed = computed;
  }

  private static long computedHere() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /**
   * Notes an answer.
   *
   * @param nanos how long it was waited for
   * @param now the time, in nanoseconds
   * @return how many requests in flight are of use, as far as is known by now
   */
  double answered(long nanos, long now) {
    if (began == 0) {
      begin(now);
    }
    requests++;
    least = Math.min(least, nanos);
    if (now - began >= WINDOW && requests >= ENOUGH) {
      double each = (double) (computed.getAsLong() - before) / requests;
      useful = RESERVE * number * (1 + least / each);
      begin(now);
    }
    return useful;
  }

  private void begin(long now) {
    began = now;
    before = computed.getAsLong();
    requests = 0;
    least = Long.MAX_VALUE;
  }
}
