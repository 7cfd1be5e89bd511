package org.dynocopy.core;

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
  public long passed() {
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
  public Counts plus(double units) {
    return plus(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, units, 0));
  }

  /** Returns these counts of items with what another one says it took. */
  public Counts at(Counts effort) {
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
