package org.dynocopy.engine;

import java.time.Duration;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.RunListener;
import org.dynocopy.engine.flow.ConcurrencyLimiter;
import org.dynocopy.engine.flow.Retry;
import org.dynocopy.engine.flow.RunState;

/** Lets tests of stores try requests again, as a run does. */
public final class Retries {

  private Retries() {}

  /** Returns a retry that hardly waits, and gives up after a while without progress. */
  public static Retry patient(Duration giveUpAfter) {
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), giveUpAfter);
    return new Retry(backoff, new ConcurrencyLimiter(1), new RunState(), RunListener.NONE);
  }
}
