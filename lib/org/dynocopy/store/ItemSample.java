package org.dynocopy.store;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.core.Item;

/**
 * The first items of some parts of what is read: what they are like tells what the others cost.
 *
 * @param items whole items
 * @param units the read capacity units that it took to read them
 * @param complete whether these are all there are
 */
public record ItemSample(List<Item> items, double units, boolean complete) {

  /** Copies the list. */
  public ItemSample {
    items = List.copyOf(items);
  }

  /** Returns both together. */
  public ItemSample plus(ItemSample other) {
    List<Item> both = new ArrayList<>(items);
    both.addAll(other.items);
    return new ItemSample(both, units + other.units, complete && other.complete);
  }
}
