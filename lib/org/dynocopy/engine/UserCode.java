package org.dynocopy.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A call of code that a user has written, such as a filter, as messages tell it. Such code may
 * never return, and may end the process: a run knows which of its threads are in it, and can end
 * without them.
 */
@FunctionalInterface
public interface UserCode {

  /**
   * Tells where the code is and on which item: {@code recipe.groovy:7:3: the filter (item id=a)}.
   *
   * @param frames what the thread that runs it is doing
   */
  String describe(StackTraceElement[] frames);

  /**
   * Ends a thread whose run is over. An error, as no one who catches exceptions on the way may take
   * it for the code's own and go on with the item.
   */
  final class AbandonedError extends Error {
    AbandonedError() {
      super("the run has ended", null, false, false);
    }
  }

  /**
   * Runs such code.
   *
   * @throws AbandonedError if the run did not wait for it
   * @throws InterruptedException if the code has interrupted its own thread, which is one of a run
   */
  static <T> T call(UserCode code, Callable<T> body) throws Exception {
    if (!(Thread.currentThread() instanceof RunThread thread)) {
      return body.call();
    }
    boolean interrupted;
    T result;
    thread.enter(code);
    try {
      result = body.call();
    } finally {
      interrupted = thread.leave();
    }
    if (interrupted) {
      throw new InterruptedException("it interrupts the thread that runs it");
    }
    return result;
  }

  /**
   * Runs work that calls such code where there is no run: in a thread of its own, which is left
   * behind after a time.
   *
   * @return the code that has not returned by then; empty if the work is done
   */
  static Optional<String> within(Duration time, Runnable work) throws InterruptedException {
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

  /** Returns which code a thread of a run is in just now. */
  static Optional<String> in(Thread thread) {
    return thread instanceof RunThread own ? own.inside() : Optional.empty();
  }
}
