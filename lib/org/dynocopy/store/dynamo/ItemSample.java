package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Source.Split;
import org.dynocopy.engine.StoreException;

/**
 * The first items of some parts of what is read: what they are like tells what the others cost.
 *
 * @param items whole items
 * @param units the read capacity units that it took to read them
 * @param complete whether these are all there are
 */
public record ItemSample(List<Item> items, double units, boolean complete) {

  private static final int PARTS = 4;
  private static final int ITEMS = 50;

  /** Large items are alike as far as rounding goes: a few of them will do. */
  private static final long BYTES = 64 << 10;

  /** Copies the list. */
  public ItemSample {
    items = List.copyOf(items);
  }

  static ItemSample of(TableSource source, long splits)
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

  /** Returns both together. */
  public ItemSample plus(ItemSample other) {
    List<Item> both = new ArrayList<>(items);
    both.addAll(other.items);
    return new ItemSample(both, units + other.units, complete && other.complete);
  }

  static int parts() {
    return PARTS;
  }

  /** Returns how many items to read of each part, at most. */
  static long each(TableInfo table) {
    long average = table.items() == 0 ? 1 : Math.max(1, table.bytes() / table.items());
    return Math.max(2, Math.min(ITEMS, BYTES / average));
  }
}
