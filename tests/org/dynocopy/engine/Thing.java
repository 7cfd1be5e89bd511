package org.dynocopy.engine;

import org.dynocopy.core.Item;

/**
 * An item of a test, and what is to become of it. Its JSON says all of it, so that a sink knows an
 * item again, shaped or not.
 *
 * @param split the split that it is in
 * @param number its place in the split
 * @param key what identifies it in the sink
 * @param fate what is to become of it
 * @param item the item
 */
record Thing(int split, int number, String key, Fate fate, Item item) {

  /** What becomes of an item. */
  enum Fate {
    WRITTEN,
    /** The shaper drops it. */
    FILTERED,
    /** The shaper throws. */
    BROKEN,
    /** The sink rejects it, and every batch with it. */
    POISON,
    /** The sink keeps what it has. */
    CONFLICT,
    /** The sink was to remove it, and leaves it where it is. */
    SPARED
  }

  static Thing of(int split, int number, String key, Fate fate, int padding) {
    String json =
        String.format(
            "{\"id\":{\"S\":\"%d.%d\"},\"key\":{\"S\":\"%s\"},\"fate\":{\"S\":\"%s\"},\"p\":\"%s\"}",
            split, number, key, fate, "x".repeat(padding));
    return new Thing(split, number, key, fate, Item.of(json));
  }

  /** Reads a thing from its item. */
  static Thing of(Item item) {
    String[] parts = item.toString().split("\"");
    String[] id = parts[5].split("\\.");
    return new Thing(
        Integer.parseInt(id[0]), Integer.parseInt(id[1]), parts[11], Fate.valueOf(parts[17]), item);
  }

  String id() {
    return split + "." + number;
  }
}
