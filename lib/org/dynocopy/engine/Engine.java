package org.dynocopy.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.engine.Checkpoint.Keeper;
import org.dynocopy.engine.Retry.Backoff;
import org.dynocopy.plan.Patience;

/**
 * Copies every item of a source to a sink. The way of an item: a {@link Reader} reads its page, the
 * {@link Mixer} mixes it with items of other splits, a {@link Writer} shapes it and writes it in a
 * batch, and the {@link Ledger} counts it at both ends.
 *
 * <p>An engine runs once.
 */
public final class Engine {

  /**
   * How to run.
   *
   * @param readers how many splits are read at once at most, at least 1
   * @param writers how many batches are written at once at most, at least 1
   * @param memory how many bytes of pages may be in flight
   * @param limit how many items to copy at most
   * @param inOrder whether one page goes out after the other; with one reader and one writer that
   *     is the order of the source
   * @param backoff how requests are tried again
   */
  public record Settings(
      int readers, int writers, long memory, OptionalLong limit, boolean inOrder, Backoff backoff) {

    /** Says how many read and write at once; all else is as usual, without a limit. */
    public static Settings of(int readers, int writers) {
      OptionalLong all = OptionalLong.empty();
      return new Settings(readers, writers, defaultMemory(), all, false, Backoff.DEFAULT);
    }

    /** Returns the same with a limit, if there is one. */
    public Settings withLimit(OptionalLong most) {
      return new Settings(readers, writers, memory, most, inOrder, backoff);
    }

    /** Returns the same with as much patience as a job has. */
    public Settings with(Patience patience) {
      return new Settings(readers, writers, memory, limit, inOrder, backoff.with(patience));
    }

    /** Returns the same without reading further ahead than a page for each reader. */
    public Settings withoutReadingAhead() {
      long pages = Math.min(memory, readers * Reader.USUAL_PAGE);
      return new Settings(readers, writers, pages, limit, inOrder, backoff);
    }

    /** Returns the same with one page after the other, or not. */
    public Settings withOrder(boolean kept) {
      return new Settings(readers, writers, memory, limit, kept, backoff);
    }

    /**
     * Returns how many bytes of pages may be in flight, unless said otherwise: an eighth of the
     * heap, as a page of 1 MB can take twice that where the collector gives large arrays whole
     * regions; at most 64 MB, as more of them mix no better and are moved about by the collector.
     */
    public static long defaultMemory() {
      return Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);
    }
  }

  /** So many pages are written from while others are read. */
  private static final int WRITTEN_PAGES = 2;

  private final Source source;
  private final Splits splits;
  private final Sink sink;
  private final Settings settings;
  private final DeadLetters deadLetters;
  private final RunState state = new RunState();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Limiter reading;
  private final Limiter writing;
  private final Keeper keeper;
  private final Run run;

  /** Makes an engine that begins at the beginning and keeps no checkpoints. */
  public Engine(
      Source source,
      Shaper shaper,
      Sink sink,
      DeadLetters deadLetters,
      Settings settings,
      RunListener listener) {
    this(source, shaper, sink, deadLetters, settings, listener, Checkpoint.START, Keeper.NONE);
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
      Settings settings,
      RunListener listener,
      Checkpoint from,
      Keeper keeper) {
    this.source = source;
    this.splits = new Splits(source.splits(), settings.readers(), from);
    this.keeper = keeper;
    this.sink = sink;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.reading = new Limiter(settings.readers());
    this.writing = new Limiter(settings.writers());
    this.run =
        new Run(
            state,
            new Ledger(from.counts()),
            new ByteBudget(settings.memory(), this::ahead),
            new Run.Limit(settings.limit(), from),
            new Mixer(settings.inOrder(), sink.linger()),
            shaper,
            new Retry(settings.backoff(), reading, state, listener),
            new Retry(settings.backoff(), writing, state, listener),
            deadLetters,
            listener,
            new Rejections());
  }

  /** Returns the counts now. */
  public Ledger.Counts counts() {
    return run.ledger().counts();
  }

  /** Returns how far it is. */
  public Checkpoint checkpoint() {
    return splits.checkpoint(counts());
  }

  /**
   * Asks the run to end soon: requests in flight finish, items not yet sent stay where they are.
   */
  public void stop() {
    state.stop();
    splits.close();
    reading.close();
    writing.close();
    run.memory().close();
    run.mixer().abort();
  }

  /** Copies, and returns when nothing is in flight any more. */
  public Outcome run() throws InterruptedException {
    long start = System.nanoTime();
    state.progress();
    Crew crew = new Crew(state, settings.backoff().giveUpAfter(), this::fail);
    Keeping keeping = new Keeping(keeper, this::checkpoint, this::fail);
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
  private static void end(Crew crew, Keeping keeping) {
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
        : (reading.limit() + WRITTEN_PAGES) * Reader.USUAL_PAGE;
  }

  private Reader reader(Keeping keeping, int number) {
    return new Reader(run, source, splits, sink, keeping, number);
  }

  @FunctionalInterface
  private interface Work {
    void run(int thread) throws StoreException, InterruptedException;
  }

  private List<RunThread> start(Crew crew, int number, Limiter limiter, Work work) {
    List<RunThread> started = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      int thread = i;
      started.add(crew.start(() -> guard(thread, limiter, work)));
    }
    return started;
  }

  /** The first failure ends the run; what fails because it ended is no failure. */
  private void guard(int thread, Limiter limiter, Work work) {
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

  /** Ends the run as one that has failed. */
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
