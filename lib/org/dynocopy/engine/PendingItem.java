package org.dynocopy.engine;

import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;

/**
 * An item on its way from its page to being settled.
 *
 * @param item the item, as read or as shaped
 * @param page where it came from
 * @param place its place in the page
 * @param key what identifies it in the target; null where no key can come twice
 * @param failures how often the target has not taken it; it is shaped if it was asked to
 * @param result what the shaper has made of it already; null where that is left to the writer
 */
record PendingItem(
    Item item, InFlightPage page, int place, Object key, int failures, ShapeResult result) {

  PendingItem(Item item, InFlightPage page, int place, Object key) {
    this(item, page, place, key, 0, null);
  }

  /** An item that was shaped when it was read, so that its key in the target is known. */
  PendingItem(Item item, InFlightPage page, int place, Object key, ShapeResult result) {
    this(item, page, place, key, 0, result);
  }

  /** Returns the item to write, see {@link Shaper#shape}. */
  Optional<Item> shape(Shaper shaper) throws Exception {
    return result == null ? shaper.shape(item) : result.get();
  }

  PendingItem shaped(Item shaped) {
    return shaped == item ? this : new PendingItem(shaped, page, place, key, failures, null);
  }

  PendingItem failed() {
    return new PendingItem(item, page, place, key, failures + 1, null);
  }
}
