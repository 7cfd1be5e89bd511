package org.dynocopy.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.engine.flow.ByteBudget;
import org.dynocopy.engine.flow.Retry;
import org.dynocopy.engine.flow.RunState;

/**
 * What the readers and writers of one run share, and the five ways in which an item is settled.
 *
 * @param state whether it goes on
 * @param ledger its accounts
 * @param memory its memory
 * @param limit how many items may pass
 * @param mixer the way from readers to writers
 * @param shaper what happens to items on this way
 * @param reading how pages are asked for, and asked for again
 * @param writing how batches are sent, and sent again
 * @param deadLetters where items go that cannot be written
 * @param listener what gets notice of it
 * @param rejections whose fault it is if the store rejects an item
 */
record RunContext(
    RunState state,
    Ledger ledger,
    ByteBudget memory,
    Limit limit,
    Interleaver mixer,
    Shaper shaper,
    Retry reading,
    Retry writing,
    DeadLetters deadLetters,
    RunListener listener,
    Rejections rejections) {

  void written(List<PendingItem> items) {
    long bytes = 0;
    for (PendingItem item : items) {
      bytes += item.item().length();
    }
    ledger.written(items.size(), bytes);
    settled(items);
  }

  void conflict(PendingItem item) {
    ledger.conflict();
    item.page().conflict(item.place());
    settled(List.of(item));
  }

  void spared(PendingItem item) {
    ledger.spared();
    item.page().spared(item.place());
    settled(List.of(item));
  }

  void filtered(PendingItem item) {
    ledger.filtered();
    item.page().filtered(item.place());
    settled(List.of(item));
  }

  /**
   * Puts an item into the dead letters.
   *
   * @param at what in the recipe refused it, if not the job as a whole
   */
  void deadLetter(PendingItem item, Optional<Location> at, String reason) throws StoreException {
    Optional<String> end = deadLetters.put(item.item(), at, reason);
    ledger.deadLettered();
    item.page().deadLettered(item.place());
    settled(List.of(item));
    listener.deadLettered(item.item(), reason);
    if (end.isPresent()) {
      throw new StoreException(StoreException.Kind.REFUSED, end.get());
    }
  }

  private void settled(List<PendingItem> items) {
    state.progress();
    mixer.settled(items);
  }

  /** Lets a number of items pass, and no more. */
  static final class Limit {

    private final boolean none;
    private final AtomicLong left;

    Limit(OptionalLong most, Checkpoint before) {
      none = most.isEmpty();
      long passed = before.settled().passed() + before.admitted();
      left = new AtomicLong(most.orElse(Long.MAX_VALUE) - passed);
    }

    /** Returns whether there is none. */
    boolean none() {
      return none;
    }

    /** Lets items pass after all that were thought to have passed. */
    void giveBack(PartialPage page) {
      left.addAndGet(page.counts().passed() + page.admitted());
    }

    boolean pass() {
      // Not below none: what is given back later must be there for others.
      return left.getAndUpdate(items -> Math.max(0, items - 1)) > 0;
    }

    boolean reached() {
      return left.get() <= 0;
    }
  }
}
