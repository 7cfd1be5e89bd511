package org.dynocopy.engine;

import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;

/**
 * Tells a request that is refused whatever item it has from an item that is refused. The words of a
 * refusal do not: so, where nothing else is taken either, the sink tries a request of the same form
 * without any of these items.
 */
final class Rejections {

  /** After so many in a row it is tried again, though other items were taken before. */
  private static final long MANY = 16;

  private volatile boolean anyTaken;
  private volatile long inARow;
  private StoreException verdict;

  /** Items were taken: requests are not refused as such, or no more. */
  void taken() {
    if (inARow > 0 || !anyTaken) {
      anyTaken = true;
      inARow = 0;
    }
  }

  /**
   * Judges the rejection of a single item. Others wait, so that no item becomes a dead letter
   * before the first one is judged.
   *
   * @throws StoreException if it is not the item's fault: nothing can be written
   */
  synchronized void judge(Sink sink, StoreException rejected)
      throws StoreException, InterruptedException {
    if (verdict != null) {
      throw verdict;
    }
    long row = inARow + 1;
    inARow = row;
    // Ever more seldom: a table may have nothing but bad items.
    boolean asks = Long.bitCount(row) == 1 && (!anyTaken || row >= MANY);
    if (!asks) {
      return;
    }
    try {
      sink.attempt();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.REJECTED) {
        verdict =
            new StoreException(
                StoreException.Kind.REFUSED,
                "the request itself is refused, and not an item: " + rejected.getMessage(),
                rejected);
        throw verdict;
      }
      // It could not be tried: then the refusal counts as the item's, which is kept as a dead
      // letter.
    }
  }
}
