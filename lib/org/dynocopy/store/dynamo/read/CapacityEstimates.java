package org.dynocopy.store.dynamo.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.ItemSize;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * What requests should consume, by what the table says of its size: where a rate is kept, they are
 * made no larger than it allows at once. What they do consume corrects it.
 *
 * @param itemBytes how large an item is on average
 * @param unit how many read units 4 KB take: one by consistent reads, else half of one
 */
public record CapacityEstimates(double itemBytes, double unit) {

  /** What an item has where that is not known. */
  private static final double USUAL_ITEM = 400;

  private static final double READ_BYTES = 4_096;
  public static final double WRITE_BYTES = 1_024;

  /** How many items of a page are measured one by one: a page may have thousands. */
  private static final int MEASURED = 32;

  /** Returns the weights for pages of what is selected. */
  static CapacityEstimates of(Selection selection) {
    double unit = selection.consistent() ? 1 : 0.5;
    return selection
        .index()
        .map(index -> new CapacityEstimates(average(index.bytes(), index.items()), unit))
        .orElseGet(() -> of(selection.table(), unit));
  }

  /** Returns the weights for a table's own items by consistent reads. */
  public static CapacityEstimates ofTable(TableInfo table) {
    return of(table, 1);
  }

  private static CapacityEstimates of(TableInfo table, double unit) {
    return new CapacityEstimates(average(table.bytes(), table.items()), unit);
  }

  private static double average(long bytes, long items) {
    return items == 0 || bytes == 0 ? USUAL_ITEM : (double) bytes / items;
  }

  /** Returns the weight of a page that looks at so many items. */
  double page(double items) {
    return unit * Math.max(1, Math.min(Selection.PAGE_BYTES, items * itemBytes) / READ_BYTES);
  }

  /** Returns how many items a page of this weight may look at, at least one. */
  long items(double weight) {
    double items = weight / unit * READ_BYTES / itemBytes;
    return items >= Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, (long) items);
  }

  /**
   * Returns what a page took by the sizes of its items, where an answer does not tell: those that
   * it looked at and did not send are as large as others on average.
   *
   * @param parts whether it has parts of items alone
   */
  double pageBySize(SlicedResponse page, boolean parts) {
    double bytes =
        Math.max(0, page.scanned() - page.items().size()) * itemBytes + bytes(page.items());
    double whole = parts ? Math.max(bytes, page.scanned() * itemBytes) : bytes;
    return unit * Math.max(1, Math.ceil(whole / READ_BYTES));
  }

  /** Returns what an answer took at least, for the items that it has. */
  static double least(SlicedResponse answer) {
    return bytes(answer.items()) / READ_BYTES / 2;
  }

  /** Returns what it took to look for so many items by their keys, likewise. */
  double itemsBySize(SlicedResponse found, int keys) {
    double units = Math.max(0, keys - found.items().size());
    for (Item item : found.items()) {
      units += Math.max(1, Math.ceil(bytes(item) / READ_BYTES));
    }
    return unit * units;
  }

  /** Returns how large items are together: of many, by some of them and by how long all are. */
  private static double bytes(List<Item> items) {
    int step = Math.max(1, items.size() / MEASURED);
    double measured = 0;
    double length = 0;
    for (int i = 0; i < items.size(); i += step) {
      measured += bytes(items.get(i));
      length += items.get(i).length();
    }
    if (step == 1) {
      return measured;
    }
    return measured / length * items.stream().mapToLong(Item::length).sum();
  }

  private static double bytes(Item item) {
    try {
      return ItemSize.of(new ItemMap(item), any -> true);
    } catch (IOException | UncheckedIOException e) {
      // What is no item is refused where it is written.
      return item.length();
    }
  }

  /** Returns the weight of reading one item by its key. */
  double get() {
    return unit * Math.ceil(itemBytes / READ_BYTES);
  }

  /** Returns the weight of deleting one item. */
  public double delete() {
    return Math.ceil(itemBytes / WRITE_BYTES);
  }

  /** Returns the weight of writing an item of so many bytes of JSON, which are rather more. */
  public static double put(int length) {
    return Math.ceil(length / WRITE_BYTES);
  }

  /** Returns how many bytes of JSON a batch of this weight may have, at least one. */
  public static long putBytes(double weight) {
    return Math.max(1, (long) Math.min(Long.MAX_VALUE, weight * WRITE_BYTES));
  }
}
