package org.dynocopy.engine;

import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;

/**
 * What a shaper has made of an item before its writer asks for it.
 *
 * @param item the item to write; empty if it is filtered out, or was not shaped
 * @param failure why it was not shaped; null if it was
 */
record ShapeResult(Optional<Item> item, Exception failure) {

  /**
   * Shapes an item.
   *
   * @throws StoreException what ends the run
   */
  static ShapeResult of(Shaper shaper, Item item) throws StoreException {
    try {
      return new ShapeResult(shaper.shape(item), null);
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      return new ShapeResult(Optional.empty(), e);
    }
  }

  /** Returns the item as {@link Shaper#shape} did. */
  Optional<Item> get() throws Exception {
    if (failure != null) {
      throw failure;
    }
    return item;
  }
}
