package org.dynocopy.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.UnreadSplits;

/**
 * The splits of a source in their order: those that were not begun are taken from it one by one.
 * Guarded by its {@link SplitQueue}.
 */
final class SplitFeed {

  /** A split with its number in the order of the source. */
  record Numbered(Split split, long number) {}

  private final Iterator<Split> all;
  private final long stride;

  /** The first split that was not begun, by what is left of its number when divided. */
  private final Map<Long, Long> firsts;

  /** Those that were not begun and come before one that was. */
  private final Deque<Numbered> passed = new ArrayDeque<>();

  private Optional<Numbered> upcoming = Optional.empty();
  private long number;

  /** Begins to read a source of which some splits were not begun. */
  SplitFeed(Iterable<Split> all, UnreadSplits unread) {
    this.all = all.iterator();
    this.stride = unread.stride();
    this.firsts = UnreadSplits.rows(stride, unread.firsts());
  }

  /**
   * Returns a split that was begun. Called for the least number first, and before any other one is
   * taken.
   */
  Split begun(long wanted) {
    while (all.hasNext()) {
      Numbered next = new Numbered(all.next(), number++);
      if (next.number() == wanted) {
        return next.split();
      }
      if (isUnread(next.number())) {
        passed.add(next);
      }
    }
    throw new IllegalArgumentException("the source has no split " + wanted + " any more");
  }

  /** Returns whether there is one that was not begun. */
  boolean hasNext() {
    while (passed.isEmpty() && upcoming.isEmpty() && !firsts.isEmpty() && all.hasNext()) {
      Numbered next = new Numbered(all.next(), number++);
      upcoming = isUnread(next.number()) ? Optional.of(next) : upcoming;
    }
    return !passed.isEmpty() || upcoming.isPresent();
  }

  /** Takes the next one, which counts as begun from now on. */
  Numbered next() {
    Numbered next = passed.isEmpty() ? upcoming.orElseThrow() : passed.poll();
    if (upcoming.filter(next::equals).isPresent()) {
      upcoming = Optional.empty();
    }
    firsts.put(next.number() % stride, next.number() + stride);
    return next;
  }

  private boolean isUnread(long split) {
    Long first = firsts.get(split % stride);
    return first != null && split >= first;
  }

  /** Returns those that were not begun. */
  UnreadSplits unread() {
    return new UnreadSplits(stride, firsts.values().stream().toList());
  }
}
