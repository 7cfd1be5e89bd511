package org.dynocopy.store.dynamo.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.ItemSample;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.wire.SingleRequests;

/** Reads the first items of some parts of a table. */
final class TableSampler {

  /** How many parts a sample is of. */
  static final int PARTS = 4;

  private static final int ITEMS = 50;

  /** Large items are alike as far as rounding goes: a few of them will do. */
  private static final long BYTES = 64 << 10;

  private TableSampler() {}

  static ItemSample sample(TableSource source, long splits)
      throws StoreException, InterruptedException {
    List<Item> items = new ArrayList<>();
    double units = 0;
    boolean complete = splits <= PARTS;
    int read = 0;
    for (Split split : source.splits()) {
      if (read++ == PARTS) {
        break;
      }
      Page page = split.read(Optional.empty(), SingleRequests.retry());
      items.addAll(page.items());
      units += page.units();
      complete &= page.next().isEmpty();
    }
    return new ItemSample(items, units, complete);
  }

  /** Returns how many items to read of each part, at most. */
  static long each(TableInfo table) {
    long average = table.items() == 0 ? 1 : Math.max(1, table.bytes() / table.items());
    return Math.max(2, Math.min(ITEMS, BYTES / average));
  }
}
