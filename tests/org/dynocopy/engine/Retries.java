package org.dynocopy.engine;

import java.time.Duration;

/** Lets tests of stores try requests again, as a run does. */
public final class Retries {

  private Retries() {}

  /** Returns a retry that hardly waits, and gives up after a while without progress. */
  public static Retry patient(Duration giveUpAfter) {
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), giveUpAfter);
    return new Retry(backoff, new Limiter(1), new RunState(), RunListener.NONE);
  }
}
