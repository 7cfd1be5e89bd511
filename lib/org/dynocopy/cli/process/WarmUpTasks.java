package org.dynocopy.cli.process;

import org.dynocopy.dsl.GroovyWarmUp;
import org.dynocopy.store.wiring.DefaultStores;

/** What is readied beside the command line while that is being read, as it is needed soon. */
public enum WarmUpTasks {
  /** The first request. */
  REQUEST(DefaultStores::warmUp),
  /** Groovy, for recipes. */
  GROOVY(GroovyWarmUp::run);

  private final Runnable work;
  private volatile Thread thread;

  WarmUpTasks(Runnable work) {
    this.work = work;
  }

  /** Begins, in a thread that does not keep the process from ending. */
  public void start() {
    Thread begun = new Thread(work, "ahead-" + this);
    begun.setDaemon(true);
    // Whatever fails here fails again where it is needed, and is told there.
    begun.setUncaughtExceptionHandler((t, e) -> {});
    begun.start();
    thread = begun;
  }

  /**
   * Waits for its end, if it was begun: two threads that load the same classes are no faster, and
   * two that initialize Groovy could wait for each other for ever.
   */
  public void finish() throws InterruptedException {
    if (thread != null) {
      thread.join();
    }
  }
}
