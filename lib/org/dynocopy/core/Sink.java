package org.dynocopy.core;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/** Something that items are written to. Used by many threads. */
public interface Sink {

  /**
   * What one write did.
   *
   * @param unprocessed the places in the batch of the items that were not written and may be sent
   *     again
   * @param conflicts the places of those that will not be written, as the store keeps what it has
   * @param spared the places of those that were to be removed and stay, as they no longer match
   * @param units the write capacity units it consumed
   */
  record Written(BitSet unprocessed, BitSet conflicts, BitSet spared, double units) {

    /** All was written but what is unprocessed. */
    public Written(BitSet unprocessed, double units) {
      this(unprocessed, new BitSet(), new BitSet(), units);
    }

    /** All was written but what is unprocessed or a conflict. */
    public Written(BitSet unprocessed, BitSet conflicts, double units) {
      this(unprocessed, conflicts, new BitSet(), units);
    }
  }

  /** Returns how many items a batch may have. */
  int maxItems();

  /** Returns how many bytes the items of a batch may have together. */
  long maxBytes();

  /**
   * Returns how long a batch that is not full may wait for more items, as each write costs a
   * request.
   */
  default Duration linger() {
    return Duration.ofMillis(20);
  }

  /**
   * Returns what identifies the item in this store; equal for items of which the later one replaces
   * the earlier.
   *
   * @throws StoreException if the item has no such key
   */
  Object key(Item item) throws StoreException;

  /**
   * Asks whether a batch may be written, where the store keeps to a rate.
   *
   * @param batch what is to be written
   * @return zero if it may be, and then it will be; else how long to wait before asking again
   */
  default Duration delay(List<Item> batch) {
    return Duration.ZERO;
  }

  /**
   * Sends one batch, once.
   *
   * @param batch no two items with the same key
   * @throws StoreException if nothing was written, or it is not known what was
   */
  Written write(List<Item> batch) throws StoreException, InterruptedException;

  /**
   * Sends a request as {@link #write} does, but one that changes nothing, once.
   *
   * @throws StoreException as for a request with an item; {@code REJECTED} says that none can be
   *     written so
   */
  default void attempt() throws StoreException, InterruptedException {}
}
