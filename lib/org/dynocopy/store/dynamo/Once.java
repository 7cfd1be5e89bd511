package org.dynocopy.store.dynamo;

import java.time.Duration;
import org.dynocopy.engine.Backoff;
import org.dynocopy.engine.RequestSender;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.StoreException;

/** Sends single requests, before a run or beside it, that soon give up. */
final class Once {

  private static final Backoff SOON =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private Once() {}

  /** Returns what tries a request again for ten seconds. */
  static Retry retry() {
    return Retry.alone(SOON);
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws StoreException if it does not within ten seconds, or never will
   */
  static <T> T send(RequestSender.Request<T> request) throws StoreException {
    try {
      return retry().call(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.REFUSED, "interrupted", e);
    }
  }
}
