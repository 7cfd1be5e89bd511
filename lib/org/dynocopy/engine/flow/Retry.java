package org.dynocopy.engine.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.StoreException;

/**
 * Tries requests until they succeed, for as long as the run as a whole goes forward. Shared by all
 * threads of a run.
 */
public final class Retry implements RequestSender {

  /** How long to try with expired credentials: their provider renews them soon, if ever. */
  private static final Duration EXPIRED_FOR = Duration.ofSeconds(5);

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Backoff backoff;
  private final ConcurrencyLimiter limiter;
  private final RunState run;
  private final RunListener listener;

  /** Since when every answer has been that the credentials have expired. */
  private final AtomicReference<Long> expiredSince = new AtomicReference<>();

  public Retry(Backoff backoff, ConcurrencyLimiter limiter, RunState run, RunListener listener) {
    this.backoff = backoff;
    this.limiter = limiter;
    this.run = run;
    this.listener = listener;
  }

  /** Returns what tries requests outside of a run, one after the other. */
  public static Retry alone(Backoff backoff) {
    return new Retry(backoff, new ConcurrencyLimiter(1), new RunState(), RunListener.NONE);
  }

  @Override
  public <T> T send(Request<T> request) throws StoreException, InterruptedException {
    try (ConcurrencyLimiter.Permit permit = limiter.enter()) {
      hold(request);
      permit.begins();
      try {
        T answer = request.send();
        double refused = request.refused(answer);
        permit.answered(refused);
        if (refused > 0) {
          run.throttled("");
        }
        expiredSince.set(null);
        return answer;
      } catch (StoreException e) {
        if (e.keyRange()) {
          permit.hot();
        } else if (e.kind() == StoreException.Kind.THROTTLED
            || e.kind() == StoreException.Kind.EXPIRED) {
          permit.answered(1);
        }
        if (e.kind() == StoreException.Kind.THROTTLED) {
          run.throttled(e.throttledBy());
        }
        throw e;
      }
    }
  }

  @Override
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

  /** Waits until there are requests for a thread, see {@link WorkerGate#pass}. */
  public void pass(int thread) throws InterruptedException {
    limiter.gate().pass(thread);
  }

  /**
   * Returns how long to wait before something is tried again.
   *
   * @param failures how often it has failed, from 1
   * @param reason why it did
   * @throws StoreException the reason, if there is no use in another attempt
   */
  public Duration pause(int failures, StoreException reason) throws StoreException {
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

  @Override
  public Attempts attempts() {
    return new OwnAttempts();
  }

  private final class OwnAttempts implements Attempts {
    private int failures;

    @Override
    public void progressed() {
      failures = 0;
      run.progress();
    }

    @Override
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
