package org.dynocopy.report;

import java.util.Optional;
import org.dynocopy.PreparedCopy;
import org.dynocopy.store.dynamo.TableInfo;

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

  static Estimate of(PreparedCopy copy) {
    Optional<TableInfo.Index> index = copy.index();
    long all = index.map(TableInfo.Index::items).orElse(copy.from().items());
    long allBytes = index.map(TableInfo.Index::bytes).orElse(copy.from().bytes());
    double average = all == 0 ? 0 : (double) allBytes / all;
    boolean filtered =
        copy.plan().serverFilter().isPresent() || !copy.plan().clientFilters().isEmpty();
    long items = filtered ? all : Math.min(all, copy.plan().limit().orElse(all));
    long bytes = Math.round(items * average);

    double readUnits = Math.ceil(bytes / 4_096.0) / 2;
    long reads = Math.max(copy.splits(), (long) Math.ceil(bytes / PAGE));
    if (copy.completed()) {
      double whole =
          copy.from().items() == 0 ? 0 : (double) copy.from().bytes() / copy.from().items();
      readUnits += items * Math.ceil(whole / 4_096);
      reads += (items + 99) / 100;
      average = whole;
    }
    double copies = 1 + copy.to().indexes().size();
    double writeUnits = items * Math.max(1, Math.ceil(average / 1_024)) * copies;
    boolean upperBound = copy.plan().where().isPresent() || filtered;
    return new Estimate(items, bytes, upperBound, reads, readUnits, (items + 24) / 25, writeUnits);
  }
}
