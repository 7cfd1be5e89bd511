package org.dynocopy.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.flow.RunState;

/**
 * The threads of a run. What they do themselves ends, sooner or later; a user's code in them may
 * not. It fails the run when nothing has gone forward for too long, and a run that ends does not
 * wait for it.
 */
final class RunThreads {

  /** So long a run that ends waits for a user's code, of which nearly every call takes less. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final long LOOK_MILLIS = 100;

  private final RunState state;
  private final Duration giveUpAfter;
  private final Consumer<Exception> failed;
  private final List<RunThread> threads = new ArrayList<>();
  private Optional<Long> stopped = Optional.empty();

  /**
   * Makes a crew without threads.
   *
   * @param failed is called when a user's code does not return
   */
  RunThreads(RunState state, Duration giveUpAfter, Consumer<Exception> failed) {
    this.state = state;
    this.giveUpAfter = giveUpAfter;
    this.failed = failed;
  }

  RunThread start(Runnable work) {
    RunThread thread = new RunThread(threads.size() + 1, work);
    thread.start();
    threads.add(thread);
    return thread;
  }

  /** Waits until these have ended. */
  void await(List<RunThread> some) throws InterruptedException {
    for (RunThread thread : some) {
      await(thread);
      if (thread.broken() != null) {
        throw new AssertionError("the engine lets nothing through", thread.broken());
      }
    }
  }

  private void await(RunThread thread) throws InterruptedException {
    while (!thread.isGone()) {
      thread.join(LOOK_MILLIS);
      look();
    }
  }

  /** Waits until all have ended, however often it is interrupted; returns whether it was. */
  boolean awaitAll() {
    boolean interrupted = false;
    for (int i = 0; i < threads.size(); ) {
      try {
        await(threads.get(i));
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void look() {
    if (state.stopped()) {
      long now = System.nanoTime();
      if (stopped.isEmpty()) {
        stopped = Optional.of(now);
      } else if (now - stopped.get() > GRACE.toNanos()) {
        threads.forEach(RunThread::abandon);
      }
    } else if (state.idle().compareTo(giveUpAfter) > 0) {
      threads.stream()
          .flatMap(thread -> thread.inside(giveUpAfter).stream())
          .findFirst()
          .ifPresent(code -> failed.accept(stuck(code)));
    }
  }

  private StoreException stuck(String code) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        code + " has not returned, and nothing has gone forward for " + text(giveUpAfter));
  }

  private static String text(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toMillis() / 1_000.0 + " s";
  }
}
