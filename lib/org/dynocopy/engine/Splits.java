package org.dynocopy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.engine.Checkpoint.Half;
import org.dynocopy.engine.Checkpoint.Open;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Source.Split;

/**
 * Hands the splits of a source to its readers, tells when some of them have nothing to do, and
 * knows how far each split is settled.
 */
final class Splits {

  /**
   * A split, or what is left of it.
   *
   * @param line the split, and how far it is settled
   * @param after how far it was read; empty if it was not
   */
  record Part(Line line, Optional<Position> after) {}

  /** A split that is not settled to its end. Guarded by its {@link Splits}. */
  static final class Line {
    private final Split split;
    private final long number;

    /** The line that stands for this one too, if this one cannot be begun again by itself. */
    private final Optional<Line> whole;

    private final Deque<OpenPage> pages = new ArrayDeque<>();
    private Optional<byte[]> part;
    private Optional<Position> settled;
    private final Map<String, Half> halves = new HashMap<>();

    /** What is settled and counts when this line ends: of those that it stands for, too. */
    private Ledger.Counts withWhole = Ledger.Counts.NONE;

    int standing; // pages in a row that have ended where they began
    private boolean ended;
    private int dependent;

    private Line(Split split, long number, Optional<Line> whole, Optional<Position> settled) {
      this.split = split;
      this.number = number;
      this.whole = whole;
      this.settled = settled;
      this.part = split.part();
    }

    Split split() {
      return split;
    }
  }

  private final Iterator<Split> unread;
  private final Deque<Part> given = new ArrayDeque<>();

  /** What was not read because the limit was reached. */
  private final List<Part> aside = new ArrayList<>();

  private final Set<Line> open = new LinkedHashSet<>();
  private Ledger.Counts settled;
  private final int readers;
  private long begun;
  private int reading;
  private boolean closed;

  Splits(Iterable<Split> all, int readers) {
    this(all, readers, Checkpoint.START);
  }

  /** Goes on from a checkpoint. */
  Splits(Iterable<Split> all, int readers, Checkpoint from) {
    this.unread = all.iterator();
    this.readers = readers;
    this.settled = from.counts();
    Map<Long, List<Open>> bySplit = new LinkedHashMap<>();
    from.open().forEach(o -> bySplit.computeIfAbsent(o.split(), n -> new ArrayList<>()).add(o));
    while (begun < from.begun() && unread.hasNext()) {
      Split split = unread.next();
      for (Open was : bySplit.getOrDefault(begun, List.of())) {
        Split part = was.part().isPresent() ? split.part(was.part().get()) : split;
        begin(part, begun, Optional.empty(), was.after());
        Line line = given.peekLast().line();
        was.halves().forEach(half -> line.halves.put(text(half.after()), half));
      }
      begun++;
    }
  }

  private static String text(Optional<Position> position) {
    return position.map(at -> new String(at.token(), ISO_8859_1)).orElse("");
  }

  private void begin(Split split, long number, Optional<Line> whole, Optional<Position> after) {
    given.add(new Part(open(split, number, whole, after), after));
  }

  private Line open(Split split, long number, Optional<Line> whole, Optional<Position> after) {
    Line line = new Line(split, number, whole, after);
    open.add(line);
    return line;
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
    if (!unread.hasNext()) {
      return Optional.of(given.poll());
    }
    Optional<Position> start = Optional.empty();
    return Optional.of(new Part(open(unread.next(), begun++, Optional.empty(), start), start));
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
  synchronized int idle(Line line) {
    boolean busy = unread.hasNext() || !line.halves.isEmpty();
    return busy ? 0 : Math.max(0, readers - reading - given.size());
  }

  /** Takes in parts of a split that is being read, or what comes after it. */
  synchronized void give(Line from, List<Split> parts) {
    for (Split part : parts) {
      boolean byItself = part.part().isPresent();
      if (!byItself) {
        from.dependent++;
      }
      Optional<Line> whole = byItself ? Optional.empty() : Optional.of(from);
      begin(part, from.number, whole, Optional.empty());
    }
    // Only now does a checkpoint say less of it: what it has lost is another's.
    from.part = from.split.part();
    notifyAll();
  }

  /** Takes back what is left of a split, to be read when all others had their turn. */
  synchronized void giveBack(Part rest) {
    given.add(rest);
    notifyAll();
  }

  /** Keeps what is left of a split, to be read only if {@link #resumeSetAside} is called. */
  synchronized void setAside(Part rest) {
    aside.add(rest);
  }

  /** Hands out again what was set aside: the limit is not reached any more. */
  synchronized void resumeSetAside() {
    given.addAll(aside);
    aside.clear();
    notifyAll();
  }

  /** Returns what another run has settled of the page at a position that is yet to be read. */
  synchronized Optional<Half> half(Line line, Optional<Position> after) {
    return Optional.ofNullable(line.halves.get(text(after)));
  }

  /**
   * Forgets what another run has settled of pages that cannot be found any more, as the page before
   * them now ends where none of them begins.
   *
   * @param after where the page begins that was read last
   * @param next where it ends
   * @return what was forgotten
   */
  synchronized List<Half> removeUnreachable(
      Line line, Optional<Position> after, Optional<Position> next) {
    if (next.isPresent() && line.halves.containsKey(text(next))) {
      return List.of();
    }
    Half own = line.halves.remove(text(after));
    List<Half> lost = List.copyOf(line.halves.values());
    line.halves.clear();
    line.halves.put(text(after), own);
    return lost;
  }

  /** Notes a page, in the order in which a split was read. */
  synchronized void read(Line line, Optional<Position> after, OpenPage page) {
    line.halves.remove(text(after));
    line.pages.add(page);
  }

  /**
   * Notes that a page's last item is settled: the split's position moves if it was the oldest.
   *
   * @return how many pages the position has passed, which no checkpoint has any more
   */
  synchronized int settled(Line line) {
    int passed = 0;
    while (!line.pages.isEmpty() && line.pages.peek().isSettled()) {
      OpenPage page = line.pages.poll();
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
    return passed;
  }

  private void close(Line line) {
    if (!line.ended || line.dependent > 0 || !open.remove(line)) {
      return;
    }
    if (line.whole.isEmpty()) {
      settled = settled.plus(line.withWhole);
    } else {
      Line whole = line.whole.get();
      whole.withWhole = whole.withWhole.plus(line.withWhole);
      whole.dependent--;
      close(whole);
    }
  }

  /**
   * Returns how far all of it is.
   *
   * @param effort what was sent again and consumed
   */
  synchronized Checkpoint checkpoint(Ledger.Counts effort) {
    List<Open> lines = new ArrayList<>();
    for (Line line : open) {
      if (line.whole.isEmpty()) {
        lines.add(new Open(line.number, line.part, line.settled, halves(line)));
      }
    }
    return new Checkpoint(begun, lines, settled.at(effort));
  }

  /**
   * The pages that are open, and what is left of another run's that are not read yet. Of the last
   * ones that have nothing settled, nor anything that has passed a limit, there is nothing to know:
   * they are read again anyhow.
   */
  private static List<Half> halves(Line line) {
    List<Half> halves = new ArrayList<>();
    // The last one first, see there; then in the order of the split.
    line.pages.descendingIterator().forEachRemaining(page -> halves.add(page.half()));
    Collections.reverse(halves);
    halves.addAll(line.halves.values());
    while (!halves.isEmpty() && isBlank(halves.get(halves.size() - 1))) {
      halves.remove(halves.size() - 1);
    }
    return halves;
  }

  private static boolean isBlank(Half half) {
    return half.settled().isEmpty() && half.admitted() == 0;
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
