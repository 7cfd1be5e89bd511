package org.dynocopy.core;

import java.time.Duration;

/**
 * Sends the requests of a source or a sink. Whoever runs a copy decides when one is sent, how many
 * are in flight at once, and how often one is tried again. Used by many threads.
 */
public interface RequestSender {

  /** One request. */
  @FunctionalInterface
  interface Request<T> {
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

  /** The attempts at one request, or at what it leaves over. Used by one thread. */
  interface Attempts {

    /** Notes that a part of it was done: the next failure is a first one again. */
    void progressed();

    /**
     * Waits before the next attempt.
     *
     * @param reason why this one failed
     * @throws StoreException the reason, if there is no use in another attempt
     */
    void failed(StoreException reason) throws StoreException, InterruptedException;
  }

  /**
   * Sends a request until it succeeds.
   *
   * @throws StoreException if it cannot succeed, or nothing in the run has gone forward for too
   *     long
   */
  default <T> T call(Request<T> request) throws StoreException, InterruptedException {
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
  <T> T send(Request<T> request) throws StoreException, InterruptedException;

  /** Returns the attempts at a request, none of which was made yet. */
  Attempts attempts();

  /** Returns whether anything in the run was throttled yet. */
  boolean wasThrottled();
}
