package org.dynocopy.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;

/**
 * Knows which items of a page are settled, and what became of them. Its items alone hold the page's
 * bytes.
 */
final class InFlightPage {

  private static final byte FILTERED = 1;
  private static final byte DEAD_LETTER = 2;
  private static final byte CONFLICT = 3;
  private static final byte SPARED = 4;
  private static final byte SETTLED = 8;

  private static final VarHandle FATE = MethodHandles.arrayElementVarHandle(byte[].class);

  private final long read;
  private final long gone;
  private final long filteredThere;
  private final long sparedThere;
  private final Optional<Position> after;
  private final Optional<Position> next;
  private final long digest;
  private final Runnable whenSettled;

  /** For each item what became of it. Each is written by the one thread that has the item. */
  private final byte[] fates;

  private final AtomicInteger unsettled;

  /** Whether the items that are not left out have passed the run's limit. */
  private boolean limited;

  /**
   * Opens a page of which nothing is settled.
   *
   * @param after where it begins
   * @param kept whether it may be part of a checkpoint that is kept
   * @param whenSettled what to do when its last item is settled
   */
  InFlightPage(Page page, Optional<Position> after, boolean kept, Runnable whenSettled) {
    this.read = page.read();
    this.gone = page.gone();
    this.filteredThere = page.filtered();
    this.sparedThere = page.spared();
    this.fates = new byte[page.items().size()];
    this.after = after;
    this.next = page.next();
    this.digest = kept ? digest(page) : 0;
    this.unsettled = new AtomicInteger(fates.length);
    this.whenSettled = whenSettled;
  }

  /**
   * Returns what tells a page from one that begins at the same position and is another, because the
   * source has changed. Two sums that differ in kind, as both are made by the processor itself.
   */
  private static long digest(Page page) {
    return (long) digest(page, new CRC32()) << 32 | digest(page, new CRC32C());
  }

  private static int digest(Page page, Checksum sum) {
    List<Item> items = page.items();
    sum.update(ByteBuffer.allocate(4).putInt(0, items.size()));
    page.next().ifPresent(next -> sum.update(next.token()));
    int first = 0;
    while (first < items.size()) {
      // Neighbours in the same answer go through in one piece, with the comma between them.
      Item start = items.get(first);
      int last = first;
      while (last + 1 < items.size() && isNext(items.get(last), items.get(last + 1))) {
        last++;
      }
      Item end = items.get(last);
      sum.update(start.bytes(), start.offset(), end.offset() + end.length() - start.offset());
      first = last + 1;
    }
    return (int) sum.getValue();
  }

  private static boolean isNext(Item one, Item other) {
    return one.bytes() == other.bytes() && one.offset() + one.length() + 1 == other.offset();
  }

  /**
   * Takes over what was settled of this page in another run, if it is still the same page. Called
   * before any item of it is offered.
   *
   * @return whether it is
   */
  boolean takeOver(PartialPage was) {
    if (was.digest() != digest) {
      return false;
    }
    was.filtered().stream().forEach(place -> fates[place] = FILTERED);
    was.deadLettered().stream().forEach(place -> fates[place] = DEAD_LETTER);
    was.conflicts().stream().forEach(place -> fates[place] = CONFLICT);
    was.spared().stream().forEach(place -> fates[place] = SPARED);
    was.settled().stream().forEach(place -> fates[place] |= SETTLED);
    unsettled.addAndGet(-was.settled().cardinality());
    return true;
  }

  /** Notes that of its unsettled items those pass the run's limit that are not left out. */
  void limit() {
    limited = true;
  }

  boolean isLimited() {
    return limited;
  }

  /** Leaves an item out. Called before any item of it is offered. */
  void leaveOut(int place) {
    fates[place] = FILTERED | SETTLED;
    unsettled.decrementAndGet();
  }

  /**
   * Returns how far it is settled; what is settled at this very moment may be missing.
   *
   * <p>Of two items with the same key the second is written once the first is settled. A snapshot
   * with the second alone would make the next run write the first over it: so the later item is
   * looked at first, and with a later page before the one that comes before it.
   */
  PartialPage half() {
    BitSet settled = new BitSet(fates.length);
    BitSet filtered = new BitSet();
    BitSet deadLettered = new BitSet();
    BitSet conflicts = new BitSet();
    BitSet spared = new BitSet();
    for (int place = fates.length - 1; place >= 0; place--) {
      int fate = (byte) FATE.getAcquire(fates, place);
      settled.set(place, (fate & SETTLED) != 0);
      filtered.set(place, fate == (FILTERED | SETTLED));
      deadLettered.set(place, fate == (DEAD_LETTER | SETTLED));
      conflicts.set(place, fate == (CONFLICT | SETTLED));
      spared.set(place, fate == (SPARED | SETTLED));
    }
    return new PartialPage(
        after,
        next.isPresent() ? read : 0,
        digest,
        settled,
        filtered,
        deadLettered,
        conflicts,
        spared,
        limited ? fates.length - settled.cardinality() : 0);
  }

  /** Returns the position after the page; empty at the end of the split. */
  Optional<Position> next() {
    return next;
  }

  /** Notes that an item was filtered out; it is yet to be settled. */
  void filtered(int place) {
    fates[place] = FILTERED;
  }

  /** Notes that an item is in the dead letters; it is yet to be settled. */
  void deadLettered(int place) {
    fates[place] = DEAD_LETTER;
  }

  /** Notes that the target keeps what it has in place of an item; that is yet to be settled. */
  void conflict(int place) {
    fates[place] = CONFLICT;
  }

  /** Notes that an item stays that was to be removed; that is yet to be settled. */
  void spared(int place) {
    fates[place] = SPARED;
  }

  /** Notes that an item is settled. */
  void settle(int place) {
    FATE.setRelease(fates, place, (byte) (fates[place] | SETTLED));
    if (unsettled.decrementAndGet() == 0) {
      whenSettled.run();
    }
  }

  /** Settles a page that has no items, or none that are not settled. */
  void settleIfEmpty() {
    if (isSettled()) {
      whenSettled.run();
    }
  }

  boolean isSettled() {
    return unsettled.get() == 0;
  }

  /** Returns whether an item is settled. */
  boolean isSettled(int place) {
    return (fates[place] & SETTLED) != 0;
  }

  /** Returns what became of its items, once all are settled. */
  Counts counts() {
    long here = 0;
    long dead = 0;
    long conflicts = 0;
    long spared = 0;
    for (byte fate : fates) {
      here += fate == (FILTERED | SETTLED) ? 1 : 0;
      dead += fate == (DEAD_LETTER | SETTLED) ? 1 : 0;
      conflicts += fate == (CONFLICT | SETTLED) ? 1 : 0;
      spared += fate == (SPARED | SETTLED) ? 1 : 0;
    }
    long written = fates.length - here - dead - conflicts - spared;
    return Counts.settled(
        read, filteredThere + here, gone, written, dead, conflicts, sparedThere + spared);
  }
}
