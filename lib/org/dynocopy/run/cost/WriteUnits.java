package org.dynocopy.run.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.ItemSize;
import org.dynocopy.store.TableInfo;

/**
 * What it takes to write items to a table and to its indexes, or to delete them there, judged by a
 * sample of them.
 *
 * <p>An item is rounded up to the next KB, and so is what each index has of it; an index without
 * its keys costs nothing. How much is added by rounding depends on the sizes: from 0.5 KB an item
 * where they are large to nearly all where they are small. So it is taken from the sample, and the
 * bytes themselves from the table's own size, which the sample could be far from.
 */
final class WriteUnits {

  private static final double KB = 1_024;

  /** What rounding adds where nothing is known of the sizes. */
  private static final double USUAL_EXCESS = 0.5;

  private final List<ItemMap> sample = new ArrayList<>();
  private final Predicate<String> written;

  /**
   * Takes a sample.
   *
   * @param written which attributes of the items are written
   */
  WriteUnits(List<Item> items, Predicate<String> written) {
    this.written = written;
    for (Item item : items) {
      try {
        sample.add(new ItemMap(item));
      } catch (IOException e) {
        throw new IllegalStateException("not an item: " + item, e);
      }
    }
  }

  /** Returns how large an item of the sample is on average, as it is written. */
  double average() {
    return sample.stream().mapToLong(item -> ItemSize.of(item, written)).average().orElse(0);
  }

  /** Returns how many KB an item of the sample has on average, each rounded up to so many bytes. */
  double rounded(double unit) {
    return sample.stream()
        .mapToDouble(item -> Math.max(1, Math.ceil(ItemSize.of(item, any -> true) / unit)))
        .average()
        .orElse(1);
  }

  /**
   * Returns the units for the table, by an empty name, and for each index.
   *
   * @param items how many items
   * @param bytes how large they are together
   */
  Map<String, Double> of(TableInfo table, double items, double bytes) {
    Map<String, Double> units = new LinkedHashMap<>();
    units.put("", units(items, bytes, Set.of(), any -> true));
    for (TableInfo.Index index : table.indexes().values()) {
      Set<String> keys = new LinkedHashSet<>(table.keyNames());
      index.keys().forEach(key -> keys.add(key.name()));
      Predicate<String> projected =
          name -> index.projectsAll() || keys.contains(name) || index.attributes().contains(name);
      // A local index shares the throughput of its table.
      units.merge(
          index.global() ? index.name() : "", units(items, bytes, keys, projected), Double::sum);
    }
    return units;
  }

  /** Returns the same for deleting a share of a table, by its own counts. */
  static Map<String, Double> ofRemoval(TableInfo table, double share) {
    Map<String, Double> units = new LinkedHashMap<>();
    units.put("", share * rounded(table.items(), table.bytes()));
    for (TableInfo.Index index : table.indexes().values()) {
      double own = share * rounded(index.items(), index.bytes());
      units.merge(index.global() ? index.name() : "", own, Double::sum);
    }
    return units;
  }

  private static double rounded(double items, double bytes) {
    return Math.max(items, bytes / KB + items / 2);
  }

  private double units(double items, double bytes, Set<String> keys, Predicate<String> projected) {
    if (sample.isEmpty()) {
      return items == 0 ? 0 : Math.max(items, bytes / KB + USUAL_EXCESS * items);
    }
    double whole = 0;
    double part = 0;
    double excess = 0;
    for (ItemMap item : sample) {
      whole += ItemSize.of(item, written);
      if (keys.stream().allMatch(key -> written.test(key) && item.containsKey(key))) {
        double size = ItemSize.of(item, written.and(projected));
        part += size;
        excess += Math.max(1, Math.ceil(size / KB)) - size / KB;
      }
    }
    return whole == 0 ? 0 : bytes / KB * part / whole + items * excess / sample.size();
  }
}
