package org.dynocopy.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.plan.Patience;

/**
 * Tries requests until they succeed, for as long as the run as a whole goes forward. Shared by all
 * threads of a run.
 */
public final class Retry {

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
    public Backoff with(Patience said) {
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

  /** How long to try with expired credentials: their provider renews them soon, if ever. */
  private static final Duration EXPIRED_FOR = Duration.ofSeconds(5);

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Backoff backoff;
  private final Limiter limiter;
  private final RunState run;
  private final RunListener listener;

  /** Since when every answer has been that the credentials have expired. */
  private final AtomicReference<Long> expiredSince = new AtomicReference<>();

  Retry(Backoff backoff, Limiter limiter, RunState run, RunListener listener) {
    this.backoff = backoff;
    this.limiter = limiter;
    this.run = run;
    this.listener = listener;
  }

  /** Returns what tries requests outside of a run, one after the other. */
  public static Retry alone(Backoff backoff) {
    return new Retry(backoff, new Limiter(1), new RunState(), RunListener.NONE);
  }

  /** One request. */
  @FunctionalInterface
  public interface Request<T> {
    /** Sends it once. */
    T send() throws StoreException, InterruptedException;

    /**
     * Asks whether it may be sent, where the store keeps to a rate.
     *
     * @return zero if it may be, and then it will be; else how long to wait before asking again
     */
    default Duration delay() {
      return Duration.ZERO;
    }

    /** Returns which part of the request was refused for now, by its answer; from 0 to 1. */
    default double refused(T answer) {
      return 0;
    }
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws StoreException if it cannot succeed, or nothing in the run has gone forward for too
   *     long
   */
  public <T> T call(Request<T> request) throws StoreException, InterruptedException {
    Attempts attempts = attempts();
    while (true) {
      try {
        return send(request);
      } catch (StoreException e) {
        attempts.failed(e);
      }
    }
  }

  /**
   * Sends a request once, as soon as it may be sent: when there are not too many in flight, and its
   * store does not hold it back.
   */
  public <T> T send(Request<T> request) throws StoreException, InterruptedException {
    try (Limiter.Passage passage = limiter.enter()) {
      hold(request);
      passage.begins();
      try {
        T answer = request.send();
        double refused = request.refused(answer);
        passage.answered(refused);
        if (refused > 0) {
          run.throttled("");
        }
        expiredSince.set(null);
        return answer;
      } catch (StoreException e) {
        if (e.keyRange()) {
          passage.hot();
        } else if (e.kind() == StoreException.Kind.THROTTLED
            || e.kind() == StoreException.Kind.EXPIRED) {
          passage.answered(1);
        }
        if (e.kind() == StoreException.Kind.THROTTLED) {
          run.throttled(e.throttledBy());
        }
        throw e;
      }
    }
  }

  /** Returns whether anything in the run was throttled yet. */
  public boolean wasThrottled() {
    return run.wasThrottled();
  }

  private void hold(Request<?> request) throws InterruptedException {
    Duration delay = request.delay();
    while (!delay.isZero()) {
      run.sleep(delay);
      // To keep to a rate is no standstill.
      run.progress();
      delay = request.delay();
    }
  }

  /** Waits until there are requests for a thread, see {@link Gate#pass}. */
  void pass(int thread) throws InterruptedException {
    limiter.gate().pass(thread);
  }

  /**
   * Returns how long to wait before something is tried again.
   *
   * @param failures how often it has failed, from 1
   * @param reason why it did
   * @throws StoreException the reason, if there is no use in another attempt
   */
  Duration pause(int failures, StoreException reason) throws StoreException {
    if (!reason.retryable()) {
      throw reason;
    }
    if (reason.kind() == StoreException.Kind.EXPIRED && expiredFor().compareTo(EXPIRED_FOR) > 0) {
      throw reason;
    }
    if (reason.kind() != StoreException.Kind.THROTTLED && failures >= backoff.attempts()) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "gave up after " + failures + " attempts: " + reason.getMessage(),
          reason);
    }
    Duration idle = run.idle();
    if (idle.compareTo(backoff.giveUpAfter()) > 0) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "gave up after " + idle.toSeconds() + " s without any progress: " + reason.getMessage(),
          reason);
    }
    listener.retrying(failures, reason);
    if (reason.kind() != StoreException.Kind.THROTTLED) {
      return backoff.wait(failures);
    }
    // Buckets fill by the second. Where others go forward, a hot partition is well in the next one.
    Duration pause = backoff.wait(failures + 2);
    return idle.compareTo(SECOND) < 0 && pause.compareTo(SECOND) > 0 ? SECOND : pause;
  }

  private Duration expiredFor() {
    long now = System.nanoTime();
    Long since = expiredSince.updateAndGet(before -> before == null ? (Long) now : before);
    return Duration.ofNanos(now - since);
  }

  /** Returns the attempts at a request, none of which was made yet. */
  public Attempts attempts() {
    return new Attempts();
  }

  /** The attempts at one request, or at what it leaves over. Used by one thread. */
  public final class Attempts {
    private int failures;

    private Attempts() {}

    /** Notes that a part of it was done: the next failure is a first one again. */
    public void progressed() {
      failures = 0;
      run.progress();
    }

    /**
     * Waits before the next attempt.
     *
     * @param reason why this one failed
     * @throws StoreException the reason, if there is no use in another attempt
     */
    public void failed(StoreException reason) throws StoreException, InterruptedException {
      failures++;
      Duration pause = pause(failures, reason);
      limiter.gate().away();
      try {
        run.sleep(pause);
      } finally {
        limiter.gate().back();
      }
    }
  }
}
