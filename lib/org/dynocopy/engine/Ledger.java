package org.dynocopy.engine;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;

/**
 * The counts that must add up. What is read is counted from what the store says it looked at, what
 * is settled is counted item by item, so that a lost item shows.
 */
final class Ledger {

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
  Counts counts() {
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
