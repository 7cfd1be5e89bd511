package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/** Calls what may never return. */
final class LimitedCall {

  private LimitedCall() {}

  /**
   * Returns what a call returns, or throws what it throws.
   *
   * @param late makes what is thrown where it takes longer; the call is interrupted then
   */
  static <T> T within(Duration limit, Supplier<T> call, Supplier<RuntimeException> late) {
    FutureTask<T> task = new FutureTask<>(call::get);
    Thread thread = new Thread(task, "limited-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw late.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    } finally {
      task.cancel(true);
    }
  }
}
