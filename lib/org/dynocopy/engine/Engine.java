package org.dynocopy.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.core.UserCode;
import org.dynocopy.engine.flow.ByteBudget;
import org.dynocopy.engine.flow.ConcurrencyLimiter;
import org.dynocopy.engine.flow.Retry;
import org.dynocopy.engine.flow.RunState;

/**
 * Copies every item of a source to a sink. The way of an item: a {@link Reader} reads its page, the
 * {@link Interleaver} mixes it with items of other splits, a {@link Writer} shapes it and writes it
 * in a batch, and the {@link Ledger} counts it at both ends.
 *
 * <p>An engine runs once.
 */
public final class Engine implements Transfer {

  /** So many pages are written from while others are read. */
  private static final int WRITTEN_PAGES = 2;

  private final Source source;
  private final SplitQueue splits;
  private final Sink sink;
  private final RunSettings settings;
  private final DeadLetters deadLetters;
  private final RunState state = new RunState();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final ConcurrencyLimiter reading;
  private final ConcurrencyLimiter writing;
  private final CheckpointStore keeper;
  private final RunContext run;

  /** Makes an engine that begins at the beginning and keeps no checkpoints. */
  public Engine(
      Source source,
      Shaper shaper,
      Sink sink,
      DeadLetters deadLetters,
      RunSettings settings,
      RunListener listener) {
    this(
        source,
        shaper,
        sink,
        deadLetters,
        settings,
        listener,
        Checkpoint.START,
        CheckpointStore.NONE);
  }

  /**
   * Makes an engine; nothing is read before {@link #run}.
   *
   * @param from where to go on; a later one than {@link Checkpoint#START} for a source that is
   *     {@link Source#resumable} alone
   * @param keeper where to keep how far it is
   */
  public Engine(
      Source source,
      Shaper shaper,
      Sink sink,
      DeadLetters deadLetters,
      RunSettings settings,
      RunListener listener,
      Checkpoint from,
      CheckpointStore keeper) {
    this.source = source;
    this.splits = new SplitQueue(source.splits(), source.hasSuccessors(), settings.readers(), from);
    this.keeper = keeper;
    this.sink = sink;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.reading = new ConcurrencyLimiter(settings.readers(), settings.processors());
    this.writing = new ConcurrencyLimiter(settings.writers(), settings.processors());
    this.run =
        new RunContext(
            state,
            new Ledger(from.counts()),
            new ByteBudget(settings.memory(), this::ahead),
            new RunContext.Limit(settings.limit(), from),
            new Interleaver(settings.inOrder(), sink.linger()),
            shaper,
            new Retry(settings.backoff(), reading, state, listener),
            new Retry(settings.backoff(), writing, state, listener),
            deadLetters,
            listener,
            new Rejections());
  }

  @Override
  public Counts counts() {
    return run.ledger().counts();
  }

  /** Returns how far it is. */
  public Checkpoint checkpoint() {
    return splits.checkpoint(counts());
  }

  @Override
  public void stop() {
    state.stop();
    splits.close();
    reading.close();
    writing.close();
    run.memory().close();
    run.mixer().abort();
  }

  @Override
  public Outcome run() throws InterruptedException {
    long start = System.nanoTime();
    state.progress();
    RunThreads crew = new RunThreads(state, settings.backoff().giveUpAfter(), this::fail);
    CheckpointSaver keeping = new CheckpointSaver(keeper, this::checkpoint, this::fail);
    try {
      List<RunThread> readers =
          start(crew, settings.readers(), reading, number -> reader(keeping, number).work());
      List<RunThread> writers =
          start(crew, settings.writers(), writing, number -> new Writer(run, sink, number).work());
      crew.await(readers);
      run.mixer().end();
      crew.await(writers);
    } catch (InterruptedException | RuntimeException | Error e) {
      // Interrupted, or there were no more threads to be had: those that run must not wait for
      // ever.
      stop();
      throw e;
    } finally {
      end(crew, keeping);
      closeDeadLetters();
    }
    boolean stopped = state.stopped() && failure.get() == null;
    if (!stopped && !run.limit().reached() && !splits.finished()) {
      // The ledger cannot know of what was not read.
      failure.compareAndSet(null, new IllegalStateException("a split was not read to its end"));
    }
    return new Outcome(
        counts(),
        Duration.ofNanos(System.nanoTime() - start),
        deadLetters.place(),
        deadLetters.firstReason(),
        Optional.ofNullable(failure.get()),
        stopped,
        state.throttled());
  }

  /**
   * Waits until nothing is in flight and the last checkpoint is kept, however often it is
   * interrupted: what came later would be in the way of the run that goes on.
   */
  private static void end(RunThreads crew, CheckpointSaver keeping) {
    boolean interrupted = crew.awaitAll();
    boolean ended = false;
    while (!ended) {
      try {
        keeping.end();
        ended = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns how many bytes of pages may be in flight now: those that are being read, and a few more
   * that writers take from. Pages that wait longer would only leave the processor's caches, and be
   * read again by a run that was killed. Once anything was throttled it is all of the memory: the
   * more pages there are, the more partitions there are to choose from.
   */
  private long ahead() {
    return state.wasThrottled()
        ? settings.memory()
        : (reading.limit() + WRITTEN_PAGES) * Page.USUAL_BYTES;
  }

  private Reader reader(CheckpointSaver keeping, int number) {
    return new Reader(run, source, splits, sink, keeping, number);
  }

  @FunctionalInterface
  private interface Work {
    void run(int thread) throws StoreException, InterruptedException;
  }

  private List<RunThread> start(
      RunThreads crew, int number, ConcurrencyLimiter limiter, Work work) {
    List<RunThread> started = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      int thread = i;
      started.add(crew.start(() -> guard(thread, limiter, work)));
    }
    return started;
  }

  /** The first failure ends the run; what fails because it ended is no failure. */
  private void guard(int thread, ConcurrencyLimiter limiter, Work work) {
    try {
      work.run(thread);
    } catch (InterruptedException e) {
      if (!state.stopped()) {
        fail(e);
      }
    } catch (StoreException | RuntimeException e) {
      fail(e);
    } catch (UserCode.AbandonedError e) {
      // The run has ended without it.
    } catch (Error e) {
      try {
        fail(new IllegalStateException(e.toString(), e));
      } finally {
        // There may be no memory left to tell it: no other thread must wait for this one's items.
        stop();
      }
    } finally {
      limiter.gate().open();
    }
  }

  @Override
  public void fail(Exception e) {
    failure.compareAndSet(null, e);
    stop();
  }

  private void closeDeadLetters() {
    try {
      deadLetters.close();
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }
}
