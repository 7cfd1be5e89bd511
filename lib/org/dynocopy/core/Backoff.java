package org.dynocopy.core;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.dynocopy.spec.limits.RetryPolicy;

/**
 * How long to wait before trying again: exponential, with full jitter.
 *
 * @param base the most that the first wait takes
 * @param cap the most that any wait takes
 * @param giveUpAfter how long a whole run may go without any progress
 * @param attempts how often one request may fail in a row, throttling apart
 * @see <a
 *     href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/">Timeouts,
 *     retries and backoff with jitter</a>
 */
public record Backoff(Duration base, Duration cap, Duration giveUpAfter, int attempts) {

  /** 50 ms, 20 s, and 15 minutes without progress. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofMinutes(15));

  /** As often as it fails, while the run goes forward. */
  public Backoff(Duration base, Duration cap, Duration giveUpAfter) {
    this(base, cap, giveUpAfter, Integer.MAX_VALUE);
  }

  /** Returns what a job says, and the rest as here. */
  public Backoff with(RetryPolicy said) {
    Duration first = said.base().orElse(base);
    Duration most = said.cap().orElse(cap);
    return new Backoff(
        first,
        // Who says one of them alone means it: the other gives way.
        most.compareTo(first) < 0 ? (said.cap().isPresent() ? most : first) : most,
        said.giveUpAfter().orElse(giveUpAfter),
        said.attempts().orElse(attempts));
  }

  /**
   * Returns a random wait for the given attempt.
   *
   * @param attempt how many attempts have failed, from 1
   * @return from nothing to the smaller of {@code base * 2^(attempt-1)} and {@code cap}
   */
  public Duration wait(int attempt) {
    int doublings = Math.min(attempt - 1, 30);
    long most = Math.min(cap.toMillis(), base.toMillis() << doublings);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
  }
}
