package org.dynocopy.core;

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
    /** Makes one. */
    public AbandonedError() {
      super("the run has ended", null, false, false);
    }
  }

  /** A thread of a run, which knows in whose code it is. */
  interface Caller {

    /** Notes that the thread calls a user's code. */
    void enter(UserCode code);

    /**
     * Notes that the code has returned.
     *
     * @return whether the thread was interrupted in between, which only the code can have done
     * @throws AbandonedError if the run did not wait for it
     */
    boolean leave();
  }

  /**
   * Runs such code.
   *
   * @throws AbandonedError if the run did not wait for it
   * @throws InterruptedException if the code has interrupted its own thread, which is one of a run
   */
  static <T> T call(UserCode code, Callable<T> body) throws Exception {
    if (!(Thread.currentThread() instanceof Caller thread)) {
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
}
