package org.dynocopy.engine;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.StoreException;

/**
 * Keeps a run's checkpoints while it goes on, and one of its end. What is settled after the last
 * one is copied again by the run that goes on: so as many are kept as take a tenth of the time,
 * most of it waiting for the disk: from four to twenty in a second.
 */
final class CheckpointSaver {

  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int SHARE = 10;

  private final CheckpointStore keeper;
  private final Supplier<Checkpoint> now;
  private final Consumer<Exception> failed;
  private boolean ended;

  /** How often somebody has asked for a checkpoint, and up to which of these it was kept. */
  private long asked;

  private long kept;
  private final Thread thread = new Thread(this::work, "dynocopy-checkpoint");

  /**
   * Starts.
   *
   * @param failed is called when a checkpoint cannot be kept: a run that cannot be resumed must end
   */
  CheckpointSaver(CheckpointStore keeper, Supplier<Checkpoint> now, Consumer<Exception> failed) {
    this.keeper = keeper;
    this.now = now;
    this.failed = failed;
    thread.setDaemon(true);
    if (isKept()) {
      thread.start();
    }
  }

  /** Returns whether anything is kept. */
  boolean isKept() {
    return keeper != CheckpointStore.NONE;
  }

  private void work() {
    try {
      long pause = LEAST_NANOS;
      while (awaitNext(pause)) {
        long start = System.nanoTime();
        keep();
        pause = SHARE * (System.nanoTime() - start);
        pause = Math.min(Math.max(pause, LEAST_NANOS), MOST_NANOS);
      }
      // Here and not in the thread that ends it: what is written in an interrupted thread is not
      // written.
      keep();
    } catch (InterruptedException e) {
      failed.accept(e);
    } finally {
      // Whatever ended it: those who wait for a checkpoint would wait for ever.
      close();
    }
  }

  private synchronized void close() {
    ended = true;
    notifyAll();
  }

  /** Waits until the next one is due, and returns false for the last one. */
  private synchronized boolean awaitNext(long nanos) throws InterruptedException {
    long due = System.nanoTime() + nanos;
    long left = nanos;
    while (!ended && asked == kept && left > 0) {
      wait(left / 1_000_000 + 1);
      left = due - System.nanoTime();
    }
    return !ended;
  }

  private synchronized long asked() {
    return asked;
  }

  private void keep() {
    long known = asked();
    try {
      keeper.keep(now.get());
    } catch (IOException | RuntimeException | Error e) {
      failed.accept(
          new StoreException(
              StoreException.Kind.REFUSED, "cannot keep the checkpoint: " + e.getMessage(), e));
    }
    synchronized (this) {
      // A run that could not keep it is over: no thread must wait for the next one.
      kept = known;
      notifyAll();
    }
  }

  /** Waits until what is known now is kept. */
  synchronized void await() throws InterruptedException {
    long mine = ++asked;
    notifyAll();
    while (kept < mine && !ended) {
      wait();
    }
  }

  /** Keeps the last one, when nothing is in flight any more. */
  void end() throws InterruptedException {
    close();
    thread.join();
  }
}
