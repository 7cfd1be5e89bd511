package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.dynocopy.engine.Retry.Backoff;

/** Runs engines with a bound on their time, and looks after their threads. */
final class EngineRuns {

  static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20));

  private static final Duration MOST = Duration.ofSeconds(30);

  private EngineRuns() {}

  /** Runs an engine; fails with what its threads do if it does not end, or leaves one behind. */
  static Outcome run(Engine engine) throws Exception {
    Set<Thread> before = threads();
    CompletableFuture<Outcome> outcome = start(engine);
    try {
      return outcome.get(MOST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      String stuck = threads().stream().map(EngineRuns::dump).collect(Collectors.joining("\n"));
      engine.stop();
      throw new AssertionError("the run does not end:\n" + stuck);
    } finally {
      assertGone(before);
    }
  }

  static CompletableFuture<Outcome> start(Engine engine) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
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
  static void assertGone(Set<Thread> before) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Set<Thread> left;
    do {
      left = threads();
      left.removeAll(before);
    } while (!left.isEmpty() && System.nanoTime() < end && sleep());
    assertThat(left).as("threads left behind").isEmpty();
  }

  private static boolean sleep() throws InterruptedException {
    Thread.sleep(1);
    return true;
  }

  static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dynocopy-") && thread.isAlive())
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
