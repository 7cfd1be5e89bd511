package org.dynocopy.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one read returned.
 *
 * @param items the items, in the order of the source; may be empty before the end
 * @param next the position after them; empty at the end of the split
 * @param read how many items the store looked at, those it filtered out included
 * @param gone how many of these were deleted before they could be fetched (an index may name them)
 * @param spared how many were to be removed and stay, as they no longer match
 * @param bytes how much memory the page takes
 * @param units the read capacity units it consumed
 */
public record Page(
    List<Item> items,
    Optional<Position> next,
    long read,
    long gone,
    long spared,
    long bytes,
    double units) {

  /** What a page usually takes at most: a service's page is 1 MB of data, its JSON rather more. */
  public static final long USUAL_BYTES = 2 << 20;

  /** Makes a page of which nothing is spared. */
  public Page(
      List<Item> items, Optional<Position> next, long read, long gone, long bytes, double units) {
    this(items, next, read, gone, 0, bytes, units);
  }

  /**
   * How far a split has been read: what a store needs to read on from there.
   *
   * @param token the store's own bytes, such as a LastEvaluatedKey's JSON; never changed
   */
  public record Position(byte[] token) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Position position && Arrays.equals(token, position.token);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(token);
    }
  }

  /**
   * Returns this page with some of its items alone, since the others come elsewhere.
   *
   * @param next the position after them; empty if this is the end
   */
  public Page only(List<Item> items, Optional<Position> next) {
    return new Page(items, next, items.size(), 0, bytes, units);
  }

  /** Returns this page with another position after it. */
  public Page then(Position next) {
    return new Page(items, Optional.of(next), read, gone, spared, bytes, units);
  }

  /** Returns this page with more capacity units, which were consumed for it. */
  public Page plus(double more) {
    return new Page(items, next, read, gone, spared, bytes, units + more);
  }

  /**
   * Returns how many items the store filtered out. Never less than none: a store that hands over
   * more than it looked at shows in the ledger.
   */
  public long filtered() {
    return Math.max(0, read - gone - spared - items.size());
  }
}
