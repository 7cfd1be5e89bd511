package org.dynocopy.core;

import java.util.BitSet;
import java.util.Optional;
import org.dynocopy.core.Page.Position;

/**
 * A page of which not every item is settled, or that comes after one. Its items are not among the
 * counts.
 *
 * @param after where the page begins
 * @param read how many items the store looked at for it; 0 for the last page of a split, which has
 *     all that is left
 * @param digest what tells it from another page that begins there
 * @param settled which items are settled, by their place in the page
 * @param filtered which of these were filtered out, by their place
 * @param deadLettered which of these are in the dead letters, by their place
 * @param conflicts for which of these the target kept what it had, by their place
 * @param spared which of these stay though they were to be removed, by their place
 * @param admitted how many of its other items have passed the run's limit, as only they do; 0 where
 *     there is no limit
 */
public record PartialPage(
    Optional<Position> after,
    long read,
    long digest,
    BitSet settled,
    BitSet filtered,
    BitSet deadLettered,
    BitSet conflicts,
    BitSet spared,
    long admitted) {

  /** Returns what became of its settled items. */
  public Counts counts() {
    long out = filtered.cardinality();
    long dead = deadLettered.cardinality();
    long kept = conflicts.cardinality();
    long stay = spared.cardinality();
    long all = settled.cardinality();
    long written = all - out - dead - kept - stay;
    return Counts.settled(all, out, 0, written, dead, kept, stay);
  }
}
