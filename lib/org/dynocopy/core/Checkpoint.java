package org.dynocopy.core;

import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Page.Position;

/**
 * How far a run is: what another one needs to go on from there. Everything before its positions is
 * settled; of what comes after them it knows item by item what is settled.
 *
 * @param begun how many splits of the source have been begun, in their order
 * @param open those of them that are not settled to their end, and the parts given away of them
 * @param counts the ledger of what is settled, but for half pages; the capacity units are all that
 *     were consumed
 */
public record Checkpoint(long begun, List<Open> open, Counts counts) {

  /**
   * A split that is not settled to its end.
   *
   * @param split its number, in the order of the source
   * @param part what of it, see {@link Source.Split#part}; empty for all of it
   * @param after the position up to which every item is settled; empty if that is none
   * @param partialPages the pages after it that were read, in their order
   */
  public record Open(
      long split,
      Optional<byte[]> part,
      Optional<Position> after,
      List<PartialPage> partialPages) {}

  /** The beginning: nothing is settled. */
  public static final Checkpoint START = new Checkpoint(0, List.of(), Counts.NONE);

  /** Copies the list. */
  public Checkpoint {
    open = List.copyOf(open);
  }

  /** Returns the counts of everything that is settled, that of half pages too. */
  public Counts settled() {
    return open.stream()
        .flatMap(split -> split.partialPages().stream())
        .map(PartialPage::counts)
        .reduce(counts, Counts::plus);
  }

  /** Returns the same after a read that took some capacity. */
  public Checkpoint plus(double readUnits) {
    return new Checkpoint(begun, open, counts.plus(readUnits));
  }

  /** Returns how many items have passed the run's limit and are not settled. */
  public long admitted() {
    return open.stream()
        .flatMap(split -> split.partialPages().stream())
        .mapToLong(PartialPage::admitted)
        .sum();
  }
}
