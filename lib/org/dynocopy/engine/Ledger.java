package org.dynocopy.engine;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts that must add up. What is read is counted from what the store says it looked at, what
 * is settled is counted item by item, so that a lost item shows.
 */
public final class Ledger {

  private final LongAdder read = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder spared = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();

  /**
   * The counts at one moment.
   *
   * @param read items that the source looked at
   * @param filtered items dropped by a filter, at the service or here, or beyond the limit
   * @param gone items that an index named and that were deleted before they were fetched
   * @param written items that the target has taken
   * @param deadLettered items in the dead-letter file
   * @param conflicts items that were not written, as the target keeps what it has by their keys
   * @param spared items that were to be removed and stay, as they no longer matched by then
   * @param retried items sent again, counted each time
   * @param bytesRead the JSON bytes of the items read
   * @param bytesWritten the JSON bytes of the items written
   * @param readUnits read capacity units consumed
   * @param writeUnits write capacity units consumed
   */
  public record Counts(
      long read,
      long filtered,
      long gone,
      long written,
      long deadLettered,
      long conflicts,
      long spared,
      long retried,
      long bytesRead,
      long bytesWritten,
      double readUnits,
      double writeUnits) {

    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns counts of items alone, without what they took. */
    public static Counts settled(
        long read,
        long filtered,
        long gone,
        long written,
        long deadLettered,
        long conflicts,
        long spared) {
      return new Counts(
          read, filtered, gone, written, deadLettered, conflicts, spared, 0, 0, 0, 0, 0);
    }

    /** Returns how many items were read and not settled; 0 when the ledger adds up. */
    public long unaccounted() {
      return read - filtered - gone - passed();
    }

    /** Returns whether no item was selected: whatever was read was filtered or gone. */
    public boolean empty() {
      return read == filtered + gone;
    }

    /** Returns how many items came as far as to be written, and were settled there. */
    long passed() {
      return written + deadLettered + conflicts + spared;
    }

    /** Returns both together. */
    public Counts plus(Counts other) {
      return new Counts(
          read + other.read,
          filtered + other.filtered,
          gone + other.gone,
          written + other.written,
          deadLettered + other.deadLettered,
          conflicts + other.conflicts,
          spared + other.spared,
          retried + other.retried,
          bytesRead + other.bytesRead,
          bytesWritten + other.bytesWritten,
          readUnits + other.readUnits,
          writeUnits + other.writeUnits);
    }

    /** Returns these counts with more read capacity units. */
    Counts plus(double units) {
      return plus(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, units, 0));
    }

    /** Returns these counts of items with what another one says it took. */
    Counts at(Counts effort) {
      return new Counts(
          read,
          filtered,
          gone,
          written,
          deadLettered,
          conflicts,
          spared,
          effort.retried,
          effort.bytesRead,
          effort.bytesWritten,
          effort.readUnits,
          effort.writeUnits);
    }
  }

  private final Counts before;

  /**
   * Makes a ledger.
   *
   * @param before the counts of what was settled before
   */
  Ledger(Counts before) {
    this.before = before;
  }

  void read(Page page) {
    read.add(page.read());
    filtered.add(page.filtered());
    gone.add(page.gone());
    spared.add(page.spared());
    readUnits.add(page.units());
    bytesRead.add(page.items().stream().mapToLong(Item::length).sum());
  }

  /** Counts what is settled of a page that was just read. */
  void tookOver(Counts settled) {
    filtered.add(settled.filtered());
    written.add(settled.written());
    deadLettered.add(settled.deadLettered());
    conflicts.add(settled.conflicts());
    spared.add(settled.spared());
  }

  void filtered() {
    filtered.increment();
  }

  void written(long items, long bytes) {
    written.add(items);
    bytesWritten.add(bytes);
  }

  void deadLettered() {
    deadLettered.increment();
  }

  void conflict() {
    conflicts.increment();
  }

  void spared() {
    spared.increment();
  }

  void retried(int items) {
    retried.add(items);
  }

  void consumed(double units) {
    writeUnits.add(units);
  }

  /** Returns the counts now. While a run goes on they are from slightly different moments. */
  public Counts counts() {
    Counts now =
        new Counts(
            read.sum(),
            filtered.sum(),
            gone.sum(),
            written.sum(),
            deadLettered.sum(),
            conflicts.sum(),
            spared.sum(),
            retried.sum(),
            bytesRead.sum(),
            bytesWritten.sum(),
            readUnits.sum(),
            writeUnits.sum());
    return before.plus(now);
  }
}
