package org.dynocopy.engine;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Page.Position;

/**
 * How far a run is: what another one needs to go on from there. Everything before its positions is
 * settled; of what comes after them it knows item by item what is settled.
 *
 * @param begun how many splits of the source have been begun, in their order
 * @param open those of them that are not settled to their end, and the parts given away of them
 * @param counts the ledger of what is settled, but for half pages; the capacity units are all that
 *     were consumed
 */
public record Checkpoint(long begun, List<Open> open, Ledger.Counts counts) {

  /**
   * A split that is not settled to its end.
   *
   * @param split its number, in the order of the source
   * @param part what of it, see {@link Source.Split#part}; empty for all of it
   * @param after the position up to which every item is settled; empty if that is none
   * @param halves the pages after it that were read, in their order
   */
  public record Open(
      long split, Optional<byte[]> part, Optional<Position> after, List<Half> halves) {}

  /**
   * A page of which not every item is settled, or that comes after one. Its items are not among the
   * counts.
   *
   * @param after where the page begins
   * @param read how many items the store looked at for it; 0 for the last page of a split, which
   *     has all that is left
   * @param digest what tells it from another page that begins there
   * @param settled which items are settled, by their place in the page
   * @param filtered which of these were filtered out, by their place
   * @param deadLettered which of these are in the dead letters, by their place
   * @param conflicts for which of these the target kept what it had, by their place
   * @param spared which of these stay though they were to be removed, by their place
   * @param admitted how many of its other items have passed the run's limit, as only they do; 0
   *     where there is no limit
   */
  public record Half(
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
    public Ledger.Counts counts() {
      long out = filtered.cardinality();
      long dead = deadLettered.cardinality();
      long kept = conflicts.cardinality();
      long stay = spared.cardinality();
      long all = settled.cardinality();
      long written = all - out - dead - kept - stay;
      return Ledger.Counts.settled(all, out, 0, written, dead, kept, stay);
    }
  }

  /** The beginning: nothing is settled. */
  public static final Checkpoint START = new Checkpoint(0, List.of(), Ledger.Counts.NONE);

  /** Copies the list. */
  public Checkpoint {
    open = List.copyOf(open);
  }

  /** Returns the counts of everything that is settled, that of half pages too. */
  public Ledger.Counts settled() {
    return open.stream()
        .flatMap(split -> split.halves().stream())
        .map(Half::counts)
        .reduce(counts, Ledger.Counts::plus);
  }

  /** Returns the same after a read that took some capacity. */
  public Checkpoint plus(double readUnits) {
    return new Checkpoint(begun, open, counts.plus(readUnits));
  }

  /** Returns how many items have passed the run's limit and are not settled. */
  long admitted() {
    return open.stream().flatMap(split -> split.halves().stream()).mapToLong(Half::admitted).sum();
  }

  /** Where checkpoints are kept. Called by one thread at a time. */
  @FunctionalInterface
  public interface Keeper {

    /** Keeps nothing. */
    Keeper NONE = checkpoint -> {};

    /**
     * Keeps a checkpoint for good, instead of the one before.
     *
     * @throws IOException if it cannot; the one before is still there
     */
    void keep(Checkpoint checkpoint) throws IOException;
  }
}
