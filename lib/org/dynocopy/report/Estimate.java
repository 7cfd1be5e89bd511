package org.dynocopy.report;

import java.util.Optional;
import org.dynocopy.job.PreparedCopy;
import org.dynocopy.store.dynamo.TableInfo;
import org.dynocopy.store.dynamo.TableReading;

/**
 * What a copy will take, by what the tables say of themselves: hours old, good for an estimate.
 *
 * @param items how many items are read
 * @param bytes how much data that is
 * @param upperBound whether it may be much less: a query reads a part that nobody has counted
 * @param readRequests how many pages are read
 * @param readUnits read capacity units: half a unit for each 4 KB, eventually consistent
 * @param writeRequests how many batches are written
 * @param writeUnits write capacity units: one for each KB of an item, in the table and in each of
 *     the target's indexes
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Capacity
 *     unit consumption</a>
 */
record Estimate(
    long items,
    long bytes,
    boolean upperBound,
    long readRequests,
    double readUnits,
    long writeRequests,
    double writeUnits) {

  private static final double PAGE = 1 << 20;

  /** Estimates a copy. */
  static Estimate of(PreparedCopy copy) {
    double copies = 1 + copy.to().indexes().size();
    return of(copy.reading(), copies);
  }

  /**
   * Estimates what is done with what is read.
   *
   * @param copies how often each item is written: to the table and to each of its indexes
   */
  static Estimate of(TableReading reading, double copies) {
    TableInfo table = reading.table();
    Optional<TableInfo.Index> index = reading.index();
    long all = index.map(TableInfo.Index::items).orElse(table.items());
    long allBytes = index.map(TableInfo.Index::bytes).orElse(table.bytes());
    double average = all == 0 ? 0 : (double) allBytes / all;
    boolean filtered = reading.reading().filtered();
    long items = filtered ? all : Math.min(all, reading.reading().limit().orElse(all));
    long bytes = Math.round(items * average);

    double readUnits = Math.ceil(bytes / 4_096.0) / 2;
    long reads = Math.max(reading.splits(), (long) Math.ceil(bytes / PAGE));
    if (reading.completed()) {
      double whole = table.items() == 0 ? 0 : (double) table.bytes() / table.items();
      readUnits += items * Math.ceil(whole / 4_096);
      reads += (items + 99) / 100;
      average = whole;
    }
    double writeUnits = items * Math.max(1, Math.ceil(average / 1_024)) * copies;
    return new Estimate(
        items, bytes, reading.reading().part(), reads, readUnits, (items + 24) / 25, writeUnits);
  }
}
