package org.dynocopy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;

/** Finds items by their keys, by consistent reads. Used by many threads. */
public interface Lookup {

  /** So many items of 400 KB, of two tables, and their answers fit into a heap of any size. */
  int KEYS_AT_ONCE = (int) Math.max(4, Math.min(25, Runtime.getRuntime().maxMemory() / (16 << 20)));

  /**
   * What was found.
   *
   * @param items for each key its item, if there is one
   * @param units the read capacity units that it took
   */
  record Found(List<Optional<Item>> items, double units) {}

  /** Divides keys into as many as are looked for at once. */
  static List<List<Item>> parts(List<Item> keys) {
    List<List<Item>> parts = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
      parts.add(keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size())));
    }
    return parts;
  }

  /**
   * Looks for items.
   *
   * @param keys their keys as JSON, no two the same
   * @param requests what every request goes through
   */
  Found find(List<Item> keys, RequestSender requests) throws StoreException, InterruptedException;
}
