package org.dynocopy.engine.flow;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether a run goes on, when anything in it last went forward, and what its stores throttled it
 * for. Shared by all its threads.
 */
public final class RunState {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, LongAdder> throttled = new ConcurrentHashMap<>();
  private volatile boolean wasThrottled;
  private volatile long lastProgress = System.nanoTime();

  /** Notes that something went forward: a page was read, an item was settled. */
  public void progress() {
    lastProgress = System.nanoTime();
  }

  /** Returns how long nothing has gone forward. */
  public Duration idle() {
    return Duration.ofNanos(System.nanoTime() - lastProgress);
  }

  /**
   * Notes that a request, or a part of it, was throttled.
   *
   * @param by what it was throttled for; empty if the store did not say so
   */
  public void throttled(String by) {
    wasThrottled = true;
    if (!by.isEmpty()) {
      throttled.computeIfAbsent(by, any -> new LongAdder()).increment();
    }
  }

  /** Returns whether anything was throttled yet. */
  public boolean wasThrottled() {
    return wasThrottled;
  }

  /** Returns what requests were throttled for, and how many. */
  public Map<String, Long> throttled() {
    Map<String, Long> all = new TreeMap<>();
    throttled.forEach((by, requests) -> all.put(by, requests.sum()));
    return all;
  }

  /** Ends the run: what is in flight finishes, nothing new begins. */
  public void stop() {
    stopped.countDown();
  }

  public boolean stopped() {
    return stopped.getCount() == 0;
  }

  /** Sleeps, but not after the run was stopped. */
  void sleep(Duration time) throws InterruptedException {
    if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the run was stopped");
    }
  }
}
