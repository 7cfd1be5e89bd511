package org.dynocopy.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a run goes on, and when anything in it last went forward. Shared by all its threads. */
final class RunState {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long lastProgress = System.nanoTime();

  /** Notes that something went forward: a page was read, an item was settled. */
  void progress() {
    lastProgress = System.nanoTime();
  }

  /** Returns how long nothing has gone forward. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - lastProgress);
  }

  /** Ends the run: what is in flight finishes, nothing new begins. */
  void stop() {
    stopped.countDown();
  }

  boolean stopped() {
    return stopped.getCount() == 0;
  }

  /** Sleeps, but not after the run was stopped. */
  void sleep(Duration time) throws InterruptedException {
    if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the run was stopped");
    }
  }
}
