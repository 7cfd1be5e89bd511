package org.dynocopy.engine;

import java.io.IOException;
import java.util.Optional;
import org.dynocopy.core.DeadLetterSink;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;

/** Counts the dead letters of a run, and ends it where there are too many. */
public final class BoundedDeadLetters implements DeadLetters {

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
  public BoundedDeadLetters(DeadLetterSink sink, long stopAfter) {
    this(sink, stopAfter, 0, Location.NOWHERE);
  }

  /**
   * Makes those of a run that goes on.
   *
   * @param before how many of it there are
   * @param at where the job stands, which each one says
   */
  public BoundedDeadLetters(DeadLetterSink sink, long stopAfter, long before, Location at) {
    this.sink = sink;
    this.stopAfter = stopAfter;
    this.count = before;
    this.at = at;
  }

  @Override
  public synchronized Optional<String> place() {
    return count == 0 ? Optional.empty() : Optional.of(sink.toString());
  }

  @Override
  public synchronized Optional<String> firstReason() {
    return firstReason;
  }

  @Override
  public Optional<String> put(Item item, Optional<Location> refused, String reason)
      throws StoreException {
    boolean more = put(() -> sink.put(item, refused.orElse(at), reason), reason);
    return more ? Optional.empty() : Optional.of(full(reason));
  }

  /**
   * Keeps a line of other dead letters that could not be understood, as it is.
   *
   * @throws StoreException as {@link #put}
   */
  public void keep(byte[] line, String reason) throws StoreException {
    if (!put(() -> sink.put(line), reason)) {
      throw refused(reason);
    }
  }

  private interface Putting {
    void put() throws StoreException;
  }

  private synchronized boolean put(Putting letter, String reason) throws StoreException {
    if (count >= stopAfter) {
      throw refused(reason);
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

  private StoreException refused(String reason) {
    return new StoreException(StoreException.Kind.REFUSED, full(reason));
  }

  private String full(String reason) {
    return "stopped after "
        + stopAfter
        + " dead letters (see "
        + sink
        + "); the last one: "
        + reason;
  }

  @Override
  public synchronized void close() throws IOException {
    sink.close();
  }
}
