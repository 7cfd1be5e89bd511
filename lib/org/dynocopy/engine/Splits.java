package org.dynocopy.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Source.Split;

/** Hands the splits of a source to its readers, and tells when some of them have nothing to do. */
final class Splits {

  /**
   * A split, or what is left of it.
   *
   * @param split the split
   * @param after how far it was read; empty if it was not
   */
  record Part(Split split, Optional<Position> after) {}

  private final Iterator<Split> unread;
  private final Deque<Part> given = new ArrayDeque<>();
  private final int readers;
  private int reading;
  private boolean closed;

  Splits(Iterable<Split> all, int readers) {
    this.unread = all.iterator();
    this.readers = readers;
  }

  /** Returns what to read next; waits while others read, who may give some of theirs away. */
  synchronized Optional<Part> next() throws InterruptedException {
    while (!closed && given.isEmpty() && !unread.hasNext() && reading > 0) {
      wait();
    }
    if (closed || given.isEmpty() && !unread.hasNext()) {
      return Optional.empty();
    }
    reading++;
    return Optional.of(unread.hasNext() ? new Part(unread.next(), Optional.empty()) : given.poll());
  }

  /** Notes that a split was read to its end. */
  synchronized void done() {
    reading--;
    notifyAll();
  }

  /** Returns how many readers have nothing to do. */
  synchronized int idle() {
    return unread.hasNext() ? 0 : Math.max(0, readers - reading - given.size());
  }

  /** Takes in parts of a split that is being read. */
  synchronized void give(List<Split> parts) {
    parts.forEach(part -> given.add(new Part(part, Optional.empty())));
    notifyAll();
  }

  /** Takes back what is left of a split, to be read when all others had their turn. */
  synchronized void giveBack(Part rest) {
    given.add(rest);
    notifyAll();
  }

  /** Wakes everyone who waits: the run has stopped. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
