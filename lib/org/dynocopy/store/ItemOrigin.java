package org.dynocopy.store;

import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;

/**
 * What items that are written are of.
 *
 * @param name what it is called
 * @param id what tells it from all others, as a table's ARN
 * @param schema what is needed to make a table for them: {@link TableSchema#json}
 * @param keys finds an item's key
 */
public record ItemOrigin(String name, String id, String schema, Keys keys) {

  /** Finds out which item an item is. */
  @FunctionalInterface
  public interface Keys {
    /**
     * Returns what {@code Sink.key} returns.
     *
     * @throws StoreException if the item has no such key
     */
    Object of(Item item) throws StoreException;
  }
}
