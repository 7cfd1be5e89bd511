package org.dynocopy.engine;

import java.io.IOException;
import java.util.Optional;
import org.dynocopy.plan.Location;

/** Counts the dead letters of a run, and ends it where there are too many. */
public final class DeadLetters implements AutoCloseable {

  private final DeadLetterSink sink;
  private final long stopAfter;
  private final Location at;
  private long count;
  private Optional<String> firstReason = Optional.empty();

  /** Why the last one may be there in part, which no other one is to follow. */
  private Optional<StoreException> broken = Optional.empty();

  /**
   * Makes those of a run that begins.
   *
   * @param sink where they go
   * @param stopAfter how many end the run
   */
  public DeadLetters(DeadLetterSink sink, long stopAfter) {
    this(sink, stopAfter, 0, Location.NOWHERE);
  }

  /**
   * Makes those of a run that goes on.
   *
   * @param before how many of it there are
   * @param at where the job stands, which each one says
   */
  public DeadLetters(DeadLetterSink sink, long stopAfter, long before, Location at) {
    this.sink = sink;
    this.stopAfter = stopAfter;
    this.count = before;
    this.at = at;
  }

  /** Returns where they are, if there are any. */
  public synchronized Optional<String> place() {
    return count == 0 ? Optional.empty() : Optional.of(sink.toString());
  }

  /** Returns why the first item of this run could not be written. */
  public synchronized Optional<String> firstReason() {
    return firstReason;
  }

  /**
   * Keeps an item.
   *
   * @return whether the run may have more of them
   * @throws StoreException if it could not be kept, or the run may have no more
   */
  boolean put(Item item, String reason) throws StoreException {
    return put(item, at, reason);
  }

  /**
   * Does the same for an item that something else in the recipe refused than the job's own word.
   *
   * @param refused where that stands
   */
  boolean put(Item item, Location refused, String reason) throws StoreException {
    return put(() -> sink.put(item, refused, reason), reason);
  }

  /**
   * Keeps a line of other dead letters that could not be understood, as it is.
   *
   * @throws StoreException as {@link #put}
   */
  public void keep(byte[] line, String reason) throws StoreException {
    if (!put(() -> sink.put(line), reason)) {
      throw full(reason);
    }
  }

  private interface Putting {
    void put() throws StoreException;
  }

  private synchronized boolean put(Putting letter, String reason) throws StoreException {
    if (count >= stopAfter) {
      throw full(reason);
    }
    if (broken.isPresent()) {
      throw broken.get();
    }
    try {
      letter.put();
    } catch (StoreException e) {
      broken = Optional.of(e);
      throw e;
    }
    count++;
    if (firstReason.isEmpty()) {
      firstReason = Optional.of(reason);
    }
    return count < stopAfter;
  }

  /** Returns whether there are so many that they end a run. */
  public synchronized boolean isFull() {
    return count >= stopAfter;
  }

  StoreException full(String reason) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        "stopped after " + stopAfter + " dead letters (see " + sink + "); the last one: " + reason);
  }

  @Override
  public synchronized void close() throws IOException {
    sink.close();
  }
}
