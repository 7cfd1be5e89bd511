package org.dynocopy.engine;

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

  /** Returns which code a thread of a run is in just now. */
  static Optional<String> in(Thread thread) {
    return thread instanceof RunThread own ? own.inside() : Optional.empty();
  }
}
