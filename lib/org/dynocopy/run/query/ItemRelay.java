package org.dynocopy.run.query;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Transfer;

/**
 * Runs an engine for one consumer, and hands its items over batch by batch. The engine begins when
 * the first batch is asked for, and a batch is written when the next one is asked for: so pages are
 * read no further ahead than the engine's memory has room for.
 */
final class ItemRelay implements Sink {

  private static final Written ALL = new Written(new BitSet(), 0);

  private final Function<Sink, Transfer> making;

  /** The engine, once it was begun. */
  private Optional<Transfer> engine = Optional.empty();

  private Optional<Thread> thread = Optional.empty();

  /** What is handed over, and not yet taken. */
  private Optional<List<Item>> batch = Optional.empty();

  /** Whether the consumer waits for a batch. */
  private boolean asked;

  private boolean closed;
  private Optional<Outcome> ended = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * Makes a relay; nothing is read before {@link #take}.
   *
   * @param making makes the engine, which writes to the given sink by one thread
   */
  ItemRelay(Function<Sink, Transfer> making) {
    this.making = making;
  }

  /**
   * Returns the next items, once they are there; empty if there are no more.
   *
   * @throws IllegalStateException if they could not be read, or the relay was closed
   */
  synchronized Optional<List<Item>> take() throws InterruptedException {
    if (engine.isEmpty() && !closed) {
      begin();
    }
    asked = true;
    notifyAll();
    while (batch.isEmpty() && ended.isEmpty() && failure.isEmpty() && !closed) {
      wait();
    }
    asked = false;
    Optional<List<Item>> taken = batch;
    batch = Optional.empty();
    if (taken.isPresent()) {
      return taken;
    }
    Optional<Throwable> why = failure.or(() -> ended.flatMap(Outcome::failure));
    if (why.isPresent()) {
      throw new IllegalStateException(why.get().getMessage(), why.get());
    }
    if (ended.isEmpty() || !ended.get().complete()) {
      throw new IllegalStateException("the stream was closed before its end");
    }
    return Optional.empty();
  }

  private void begin() {
    Transfer made = making.apply(this);
    engine = Optional.of(made);
    Thread running = new Thread(() -> run(made), "dynocopy-stream");
    running.setDaemon(true);
    running.start();
    thread = Optional.of(running);
  }

  private void run(Transfer made) {
    Optional<Outcome> outcome = Optional.empty();
    Optional<Throwable> thrown = Optional.empty();
    try {
      outcome = Optional.of(made.run());
    } catch (InterruptedException | RuntimeException | Error e) {
      thrown = Optional.of(e);
    }
    synchronized (this) {
      ended = outcome;
      failure = thrown;
      notifyAll();
    }
  }

  /** Ends the engine; what was handed over stays with the consumer. */
  void close() {
    Optional<Transfer> running;
    synchronized (this) {
      closed = true;
      running = engine;
    }
    // First, so that what the writer fails with then is no failure.
    running.ifPresent(Transfer::stop);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Waits until the engine has ended, if it was begun. */
  void await() throws InterruptedException {
    Optional<Thread> running;
    synchronized (this) {
      running = thread;
    }
    if (running.isPresent()) {
      running.get().join();
    }
  }

  /** Nothing more may come before these are taken. */
  @Override
  public Duration linger() {
    return Duration.ZERO;
  }

  @Override
  public int maxItems() {
    return 200;
  }

  @Override
  public long maxBytes() {
    return 1 << 20;
  }

  @Override
  public Object key(Item item) {
    // Nothing replaces another.
    return item;
  }

  @Override
  public synchronized Written write(List<Item> items) throws InterruptedException {
    while (!asked && !closed) {
      wait();
    }
    batch = Optional.of(items);
    asked = false;
    notifyAll();
    // Not settled, and so nothing more is read, before the consumer wants more.
    while (!asked && !closed) {
      wait();
    }
    if (closed) {
      throw new InterruptedException("the stream was closed");
    }
    return ALL;
  }
}
