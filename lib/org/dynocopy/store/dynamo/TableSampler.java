package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Source.Split;
import org.dynocopy.engine.StoreException;
import org.dynocopy.store.ItemSample;
import org.dynocopy.store.TableInfo;

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
      Page page = split.read(Optional.empty(), Once.retry());
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
