package org.dynocopy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.Source.Split;

/**
 * Hands the splits of a source to its readers, tells when some of them have nothing to do, and
 * knows how far each split is settled.
 */
final class SplitQueue {

  private final SplitFeed unread;

  /** Whether splits may have others after them, when they are settled. */
  private final boolean successors;

  private final Deque<SplitSlice> given = new ArrayDeque<>();

  /** What was not read because the limit was reached. */
  private final List<SplitSlice> aside = new ArrayList<>();

  private final Set<SplitProgress> open = new LinkedHashSet<>();
  private Counts settled;
  private final int readers;
  private int reading;
  private boolean closed;

  SplitQueue(Iterable<Split> all, int readers) {
    this(all, false, readers, Checkpoint.START);
  }

  /** Goes on from a checkpoint. */
  SplitQueue(Iterable<Split> all, boolean successors, int readers, Checkpoint from) {
    this.unread = new SplitFeed(all, from.unread());
    this.successors = successors;
    this.readers = readers;
    this.settled = from.counts();
    Map<Long, List<Open>> bySplit = new LinkedHashMap<>();
    from.open().forEach(o -> bySplit.computeIfAbsent(o.split(), n -> new ArrayList<>()).add(o));
    bySplit.forEach(
        (number, lines) -> {
          Split split = unread.begun(number);
          for (Open was : lines) {
            Split part = was.part().isPresent() ? split.part(was.part().get()) : split;
            begin(part, number, Optional.empty(), was.after());
            SplitProgress line = given.peekLast().line();
            was.partialPages().forEach(half -> line.reread.put(text(half.after()), half));
          }
        });
  }

  private static String text(Optional<Position> position) {
    return position.map(at -> new String(at.token(), ISO_8859_1)).orElse("");
  }

  private void begin(
      Split split, long number, Optional<SplitProgress> whole, Optional<Position> after) {
    given.add(new SplitSlice(open(split, number, whole, after), after));
  }

  private SplitProgress open(
      Split split, long number, Optional<SplitProgress> whole, Optional<Position> after) {
    SplitProgress line = new SplitProgress(split, number, whole, after);
    open.add(line);
    return line;
  }

  /** Returns what to read next; waits while others read, who may give some of theirs away. */
  synchronized Optional<SplitSlice> next() throws InterruptedException {
    while (!closed && given.isEmpty() && !unread.hasNext() && moreMayCome()) {
      wait();
    }
    if (closed || given.isEmpty() && !unread.hasNext()) {
      return Optional.empty();
    }
    reading++;
    if (!unread.hasNext()) {
      return Optional.of(given.poll());
    }
    SplitFeed.Numbered next = unread.next();
    Optional<Position> start = Optional.empty();
    return Optional.of(
        new SplitSlice(open(next.split(), next.number(), Optional.empty(), start), start));
  }

  /** Returns whether a split that is not settled may bring others. */
  private boolean moreMayCome() {
    return reading > 0 || successors && open.size() > aside.size();
  }

  /** Notes that a split is not being read any more. */
  synchronized void done() {
    reading--;
    notifyAll();
  }

  /**
   * Returns how many readers have nothing to do, and could read a part of this; none while pages of
   * it are yet to be read of which another run has settled some: a part would not have these.
   */
  synchronized int idle(SplitProgress line) {
    boolean busy = unread.hasNext() || !line.reread.isEmpty();
    return busy ? 0 : Math.max(0, readers - reading - given.size());
  }

  /** Takes in parts of a split that is being read. */
  synchronized void give(SplitProgress from, List<Split> parts) {
    for (Split part : parts) {
      boolean byItself = part.part().isPresent();
      if (!byItself) {
        from.dependent++;
      }
      Optional<SplitProgress> whole = byItself ? Optional.empty() : Optional.of(from);
      begin(part, from.number, whole, Optional.empty());
    }
    // Only now does a checkpoint say less of it: what it has lost is another's.
    from.part = from.split.part();
    notifyAll();
  }

  /** Takes back what is left of a split, to be read when all others had their turn. */
  synchronized void giveBack(SplitSlice rest) {
    given.add(rest);
    notifyAll();
  }

  /** Keeps what is left of a split, to be read only if {@link #resumeSetAside} is called. */
  synchronized void setAside(SplitSlice rest) {
    aside.add(rest);
  }

  /** Hands out again what was set aside: the limit is not reached any more. */
  synchronized void resumeSetAside() {
    given.addAll(aside);
    aside.clear();
    notifyAll();
  }

  /** Returns what another run has settled of the page at a position that is yet to be read. */
  synchronized Optional<PartialPage> half(SplitProgress line, Optional<Position> after) {
    return Optional.ofNullable(line.reread.get(text(after)));
  }

  /**
   * Forgets what another run has settled of pages that cannot be found any more, as the page before
   * them now ends where none of them begins.
   *
   * @param after where the page begins that was read last
   * @param next where it ends
   * @return what was forgotten
   */
  synchronized List<PartialPage> removeUnreachable(
      SplitProgress line, Optional<Position> after, Optional<Position> next) {
    if (next.isPresent() && line.reread.containsKey(text(next))) {
      return List.of();
    }
    PartialPage own = line.reread.remove(text(after));
    List<PartialPage> lost = List.copyOf(line.reread.values());
    line.reread.clear();
    line.reread.put(text(after), own);
    return lost;
  }

  /** Notes a page, in the order in which a split was read. */
  synchronized void read(SplitProgress line, Optional<Position> after, InFlightPage page) {
    line.reread.remove(text(after));
    line.pages.add(page);
  }

  /**
   * Notes that a page's last item is settled: the split's position moves if it was the oldest.
   *
   * @return how many pages the position has passed, which no checkpoint has any more
   */
  synchronized int settled(SplitProgress line) {
    int passed = 0;
    while (!line.pages.isEmpty() && line.pages.peek().isSettled()) {
      InFlightPage page = line.pages.poll();
      passed++;
      line.ended = page.next().isEmpty();
      if (!line.ended) {
        line.settled = page.next();
      }
      // Where others still read for it, a line is not at its end: its last page is read again, and
      // counts with them.
      if (line.whole.isEmpty() && !line.ended) {
        settled = settled.plus(page.counts());
      } else {
        line.withWhole = line.withWhole.plus(page.counts());
      }
    }
    close(line);
    if (successors) {
      // There may be something to read, or nothing that could come any more.
      notifyAll();
    }
    return passed;
  }

  private void close(SplitProgress line) {
    if (!line.ended || line.dependent > 0 || !open.contains(line)) {
      return;
    }
    if (!line.succeeded) {
      line.succeeded = true;
      succeed(line);
      if (line.dependent > 0) {
        return;
      }
    }
    open.remove(line);
    if (line.whole.isEmpty()) {
      settled = settled.plus(line.withWhole);
    } else {
      SplitProgress whole = line.whole.get();
      whole.withWhole = whole.withWhole.plus(line.withWhole);
      whole.dependent--;
      close(whole);
    }
  }

  /**
   * Begins what comes after a split, as soon as that is settled: in the same step, so that each
   * checkpoint has either the one or the others.
   */
  private void succeed(SplitProgress line) {
    for (Split next : line.split.after()) {
      // What no checkpoint can name is read again with the line that it came from.
      Optional<SplitProgress> named =
          next.part().isPresent() ? Optional.empty() : Optional.of(line);
      Optional<SplitProgress> whole = line.whole.or(() -> named);
      whole.ifPresent(one -> one.dependent++);
      begin(next, line.number, whole, Optional.empty());
    }
  }

  /**
   * Returns how far all of it is.
   *
   * @param effort what was sent again and consumed
   */
  synchronized Checkpoint checkpoint(Counts effort) {
    List<Open> lines = new ArrayList<>();
    for (SplitProgress line : open) {
      if (line.whole.isEmpty()) {
        lines.add(new Open(line.number, line.part, line.settled, line.partialPages()));
      }
    }
    return new Checkpoint(unread.unread(), lines, settled.at(effort));
  }

  /** Returns whether every split was begun, and is settled to its end. */
  synchronized boolean finished() {
    return open.isEmpty() && !unread.hasNext();
  }

  /** Wakes everyone who waits: the run has stopped. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
