package org.dynocopy.store.dynamo.wire;

import java.time.Duration;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.flow.Retry;

/** Sends single requests, before a run or beside it, that soon give up. */
public final class SingleRequests {

  private static final Backoff SOON =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private SingleRequests() {}

  /** Returns what tries a request again for ten seconds. */
  public static Retry retry() {
    return Retry.alone(SOON);
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws StoreException if it does not within ten seconds, or never will
   */
  public static <T> T send(RequestSender.Request<T> request) throws StoreException {
    try {
      return retry().call(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.REFUSED, "interrupted", e);
    }
  }
}
