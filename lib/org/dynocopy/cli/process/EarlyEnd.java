package org.dynocopy.cli.process;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.RunThread;

/**
 * What ends jobs before their time: a signal, code of the recipe that ends the process, and threads
 * that it has started and that fail. The process lives on until the ledger is told.
 */
public final class EarlyEnd implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  private final PrintStream err;
  private final CountDownLatch told = new CountDownLatch(1);
  private final Optional<Thread.UncaughtExceptionHandler> before =
      Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler());
  private Optional<ShutdownHook> hook = Optional.empty();
  private volatile Optional<Transfer> running = Optional.empty();
  private volatile Optional<StoreException> broken = Optional.empty();
  private volatile boolean interrupted;

  public EarlyEnd(PrintStream err) {
    this.err = err;
  }

  /** Begins to listen. */
  public void listen() {
    hook = Optional.of(new ShutdownHook(this::ending));
    Thread.setDefaultUncaughtExceptionHandler(this::failed);
  }

  /** Returns whether a signal has come. */
  public boolean interrupted() {
    return interrupted;
  }

  /** Says which engine runs now, if any: it is stopped at once if it should have been. */
  public void running(Optional<Transfer> engine) {
    running = engine;
    if (interrupted || broken.isPresent()) {
      stop();
    }
  }

  private void stop() {
    running.ifPresent(engine -> broken.ifPresentOrElse(engine::fail, engine::stop));
  }

  /**
   * Ends what runs, and waits until its ledger has been printed.
   *
   * @param culprit the code that ends the process; empty for a signal
   */
  int ending(Optional<UserFrames> culprit) {
    interrupted = culprit.isEmpty();
    broken = culprit.map(EarlyEnd::exited);
    stop();
    try {
      if (!told.await(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        broken.ifPresent(e -> err.println("dynocopy: " + e.getMessage()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.FAILED;
  }

  private static StoreException exited(UserFrames culprit) {
    String what =
        RunThread.userCode(culprit.thread())
            .or(() -> culprit.place("the recipe"))
            .orElse("code that is not dynocopy's");
    return failure(what + " ends the process, which a recipe cannot");
  }

  private void failed(Thread thread, Throwable thrown) {
    Optional<String> place = new UserFrames(thread, thrown.getStackTrace()).place("the recipe");
    if (place.isPresent()) {
      broken =
          Optional.of(failure(place.get() + ": a thread that it has started failed: " + thrown));
      stop();
    } else if (before.isPresent()) {
      before.get().uncaughtException(thread, thrown);
    } else {
      err.print("Exception in thread \"" + thread.getName() + "\" ");
      thrown.printStackTrace(err);
    }
  }

  private static StoreException failure(String message) {
    return new StoreException(StoreException.Kind.REFUSED, message);
  }

  /** Records that the ledger has been printed. */
  @Override
  public void close() {
    told.countDown();
    hook.ifPresent(ShutdownHook::close);
    Thread.setDefaultUncaughtExceptionHandler(before.orElse(null));
  }
}
