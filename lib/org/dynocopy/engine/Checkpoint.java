package org.dynocopy.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Page.Position;

/**
 * How far a run is: what another one needs to go on from there. Everything before it is settled; of
 * what comes after, some may be, and is copied once more.
 *
 * @param begun how many splits of the source have been begun, in their order
 * @param open those of them that are not settled to their end, and the parts given away of them
 * @param counts the ledger of what is settled; the capacity units are all that were consumed
 */
public record Checkpoint(long begun, List<Open> open, Ledger.Counts counts) {

  /**
   * A split that is not settled to its end.
   *
   * @param split its number, in the order of the source
   * @param part what of it, see {@link Source.Split#part}; empty for all of it
   * @param after the position up to which every item is settled; empty if that is none
   */
  public record Open(long split, Optional<byte[]> part, Optional<Position> after) {}

  /** The beginning: nothing is settled. */
  public static final Checkpoint START = new Checkpoint(0, List.of(), Ledger.Counts.NONE);

  /** Copies the list. */
  public Checkpoint {
    open = List.copyOf(open);
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
