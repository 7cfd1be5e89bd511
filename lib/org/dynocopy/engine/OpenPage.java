package org.dynocopy.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.engine.Page.Position;

/**
 * Counts the items of a page that are not settled yet, and what became of the others. Its items
 * alone hold the page's bytes.
 */
final class OpenPage {

  private final long read;
  private final long gone;
  private final Optional<Position> next;
  private final AtomicInteger unsettled;
  private final AtomicInteger filtered;
  private final AtomicInteger deadLettered = new AtomicInteger();
  private final Runnable whenSettled;

  /**
   * Opens a page.
   *
   * @param whenSettled what to do when its last item is settled
   */
  OpenPage(Page page, Runnable whenSettled) {
    this.read = page.read();
    this.gone = page.gone();
    this.next = page.next();
    this.unsettled = new AtomicInteger(page.items().size());
    this.filtered = new AtomicInteger(Math.toIntExact(page.filtered()));
    this.whenSettled = whenSettled;
  }

  /** Returns the position after the page; empty at the end of the split. */
  Optional<Position> next() {
    return next;
  }

  /** Notes that an item was filtered out; it is yet to be settled. */
  void filteredOne() {
    filtered.incrementAndGet();
  }

  /** Notes that an item is in the dead letters; it is yet to be settled. */
  void deadLetteredOne() {
    deadLettered.incrementAndGet();
  }

  /** Notes that one more of the items is settled. */
  void settleOne() {
    if (unsettled.decrementAndGet() == 0) {
      whenSettled.run();
    }
  }

  /** Settles a page that has no items. */
  void settleIfEmpty() {
    if (isSettled()) {
      whenSettled.run();
    }
  }

  boolean isSettled() {
    return unsettled.get() == 0;
  }

  /** Returns what became of its items, once all are settled. */
  Ledger.Counts counts() {
    long written = read - gone - filtered.get() - deadLettered.get();
    return new Ledger.Counts(
        read, filtered.get(), gone, written, deadLettered.get(), 0, 0, 0, 0, 0);
  }
}
