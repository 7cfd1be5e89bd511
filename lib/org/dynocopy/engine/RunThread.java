package org.dynocopy.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.UserCode;
import org.dynocopy.core.UserCode.AbandonedError;

/** A thread of a run, which is left behind when the run ends while it is in a user's code. */
public final class RunThread extends Thread implements UserCode.Caller {

  /** A call under way. */
  private record Call(UserCode code, long since) {}

  private static final Call ABANDONED = new Call(frames -> "", 0);

  /** The call that it is in; null in our own code. */
  private final AtomicReference<Call> call = new AtomicReference<>();

  private volatile Throwable broken;

  RunThread(int number, Runnable work) {
    super(work, "dynocopy-" + number);
    // One that is left behind must not keep the process alive; the caller of the engine waits.
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      super.run();
    } catch (Throwable e) {
      broken = e;
    }
  }

  /** Returns what its work has let through; null if nothing. */
  Throwable broken() {
    return broken;
  }

  @Override
  public void enter(UserCode code) {
    call.set(new Call(code, System.nanoTime()));
  }

  @Override
  public boolean leave() {
    if (call.getAndSet(null) == ABANDONED) {
      throw new AbandonedError();
    }
    return interrupted();
  }

  /**
   * Runs work that calls a user's code where there is no run: in a thread of its own, which is left
   * behind after a time.
   *
   * @return the code that has not returned by then; empty if the work is done
   */
  public static Optional<String> within(Duration time, Runnable work) throws InterruptedException {
    RunThread thread = new RunThread(0, work);
    thread.start();
    Optional<String> late = Optional.empty();
    try {
      thread.join(time.toMillis());
    } finally {
      // Between two calls it cannot be left behind, but soon it is in the next one.
      while (!thread.isGone()) {
        late = thread.inside();
        thread.abandon();
        Thread.onSpinWait();
      }
    }
    return late;
  }

  /** Returns which code of a user a thread is in just now, if it is one of a run. */
  public static Optional<String> userCode(Thread thread) {
    return thread instanceof RunThread own ? own.inside() : Optional.empty();
  }

  /** Returns the code that it is in. */
  Optional<String> inside() {
    return inside(Duration.ZERO);
  }

  /** Returns the code that it is in for longer than a time. */
  Optional<String> inside(Duration time) {
    Call now = call.get();
    return now == null || now == ABANDONED || System.nanoTime() - now.since() < time.toNanos()
        ? Optional.empty()
        : Optional.of(now.code().describe(getStackTrace()));
  }

  /** Leaves it behind if it is in a user's code: when it comes back from there, it ends. */
  void abandon() {
    Call now = call.get();
    if (now != null && call.compareAndSet(now, ABANDONED)) {
      // Perhaps it only sleeps or waits.
      interrupt();
    }
  }

  /** Returns whether the run need not wait for it any more. */
  boolean isGone() {
    return !isAlive() || call.get() == ABANDONED;
  }
}
