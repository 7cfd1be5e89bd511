package org.dynocopy.run.cost;

import java.util.Map;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/**
 * The pages in which items are read.
 *
 * @param reading how they are read
 * @param items how many there are
 * @param bytes how large they are together
 */
record PageEstimate(TableReading reading, double items, double bytes) {

  /** So many bytes are read for a unit. */
  static final double UNIT = 4_096;

  /** Returns how many there are. */
  double number() {
    return Math.max(reading.splits(), Math.ceil(bytes / TableReading.PAGE_BYTES));
  }

  /** Returns what is consumed, without fetching whole items where an index has parts of them. */
  ExpectedUsage use() {
    double unit = reading.consistent() ? 1 : 0.5;
    // Each page is rounded up: by half of 4 KB on average, by all of it where it is empty.
    double rounding = items == 0 ? 1 : Math.min(1, 0.5 + 0.5 * Math.exp(-items / number()));
    String throughput =
        reading.index().filter(TableInfo.Index::global).map(TableInfo.Index::name).orElse("");
    double units = unit * (bytes / UNIT + number() * rounding);
    return new ExpectedUsage(reading.meter(), Map.of(throughput, units), Map.of());
  }
}
