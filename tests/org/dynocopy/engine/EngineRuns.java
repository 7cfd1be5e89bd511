package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Outcome;

/** Runs engines with a bound on their time, and looks after their threads. */
final class EngineRuns {

  static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(5));

  static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5));

  private static final Duration MOST = Duration.ofMinutes(2);

  private EngineRuns() {}

  /** Runs an engine; fails with what its threads do if it does not end, or leaves one behind. */
  static Outcome run(Engine engine) throws Exception {
    ThreadGroup own = new ThreadGroup("test-run");
    CompletableFuture<Outcome> outcome = start(engine, own);
    try {
      return outcome.get(MOST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      String stuck = threads(own).stream().map(EngineRuns::dump).collect(Collectors.joining("\n"));
      engine.stop();
      throw new AssertionError("the run does not end:\n" + stuck);
    } finally {
      assertGone(own);
    }
  }

  static CompletableFuture<Outcome> start(Engine engine) {
    return start(engine, Thread.currentThread().getThreadGroup());
  }

  static CompletableFuture<Outcome> start(Engine engine, ThreadGroup threads) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            threads,
            () -> {
              try {
                outcome.complete(engine.run());
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            },
            "test-run");
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  /** The pool's threads end a moment after their work. */
  static void assertGone(ThreadGroup threads) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Set<Thread> left;
    do {
      left = threads(threads);
    } while (!left.isEmpty() && System.nanoTime() < end && sleep());
    assertThat(left).as("threads left behind").isEmpty();
  }

  private static boolean sleep() throws InterruptedException {
    Thread.sleep(1);
    return true;
  }

  /** Those of one run: a thread is in the group of the one that starts it. */
  private static Set<Thread> threads(ThreadGroup group) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dynocopy-") && thread.isAlive())
        .filter(thread -> thread.getThreadGroup() == group)
        .collect(Collectors.toSet());
  }

  private static String dump(Thread thread) {
    return thread.getName()
        + " "
        + thread.getState()
        + Arrays.stream(thread.getStackTrace())
            .map(frame -> "\n    " + frame)
            .collect(Collectors.joining());
  }
}
