package org.dynocopy.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.Source.Split;

/** How far a split is settled that is not settled to its end. Guarded by its {@link SplitQueue}. */
final class SplitProgress {

  final Split split;

  /** The number of the split of the source that this is, or is a part of. */
  final long number;

  /** The line that stands for this one too, if this one cannot be begun again by itself. */
  final Optional<SplitProgress> whole;

  /** The pages that were read and are not settled, or come after one that is not. */
  final Deque<InFlightPage> pages = new ArrayDeque<>();

  Optional<byte[]> part;
  Optional<Position> settled;

  /** What another run has settled of pages that are yet to be read, by where they begin. */
  final Map<String, PartialPage> reread = new HashMap<>();

  /** What is settled and counts when this line ends: of those that it stands for, too. */
  Counts withWhole = Counts.NONE;

  int standing; // pages in a row that have ended where they began
  boolean ended;

  /** Whether it was asked what comes after it. */
  boolean succeeded;

  int dependent;

  SplitProgress(
      Split split, long number, Optional<SplitProgress> whole, Optional<Position> settled) {
    this.split = split;
    this.number = number;
    this.whole = whole;
    this.settled = settled;
    this.part = split.part();
  }

  /**
   * The pages that are open, and what is left of another run's that are not read yet. Of the last
   * ones that have nothing settled, nor anything that has passed a limit, there is nothing to know:
   * they are read again anyhow.
   */
  List<PartialPage> partialPages() {
    List<PartialPage> all = new ArrayList<>();
    // The last one first, see there; then in the order of the split.
    pages.descendingIterator().forEachRemaining(page -> all.add(page.half()));
    Collections.reverse(all);
    all.addAll(reread.values());
    while (!all.isEmpty() && isBlank(all.get(all.size() - 1))) {
      all.remove(all.size() - 1);
    }
    return all;
  }

  private static boolean isBlank(PartialPage half) {
    return half.settled().isEmpty() && half.admitted() == 0;
  }
}
