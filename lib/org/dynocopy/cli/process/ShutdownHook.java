package org.dynocopy.cli.process;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gets notice when the process is about to end while there is work in it: by a signal, as Ctrl-C,
 * or because code of the recipe ends it, however it has come by that call.
 */
public final class ShutdownHook implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;

  private final Thread owner = Thread.currentThread();
  private final Function<Optional<UserFrames>, Integer> ending;
  private final Thread thread = new Thread(this::work, "dynocopy-end");

  /**
   * Begins to listen.
   *
   * @param ending does what is to be done before the process ends; for a thread that ends it, it
   *     returns the exit code
   */
  public ShutdownHook(Function<Optional<UserFrames>, Integer> ending) {
    this.ending = ending;
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** Returns whether the process is ending: what fails meanwhile may fail because of that. */
  public static boolean processEnds() {
    Thread none = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(none);
      Runtime.getRuntime().removeShutdownHook(none);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void work() {
    Optional<UserFrames> culprit = culprit(Thread.getAllStackTraces());
    int exitCode = ending.apply(culprit);
    if (culprit.isPresent()) {
      awaitOwner();
      System.out.flush();
      System.err.flush();
      // It has said another one, which may look as if all were well.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  /** The owner has printed how it ended, and may print a last line before it ends. */
  private void awaitOwner() {
    try {
      for (int i = 0; i < 20 && !new UserFrames(owner, owner.getStackTrace()).exits(); i++) {
        owner.join(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Optional<UserFrames> culprit(Map<Thread, StackTraceElement[]> threads) {
    Optional<UserFrames> found = Optional.empty();
    for (Map.Entry<Thread, StackTraceElement[]> one : threads.entrySet()) {
      UserFrames frames = new UserFrames(one.getKey(), one.getValue());
      if (frames.isSignal()) {
        return Optional.empty();
      }
      if (frames.exits()) {
        found = Optional.of(frames);
      }
    }
    return found;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is ending, perhaps just now.
    }
  }
}
