package org.dynocopy.engine;

/**
 * An item on its way from its page to being settled.
 *
 * @param item the item, as read or as shaped
 * @param page where it came from
 * @param place its place in the page
 * @param key what identifies it in the target; null where no key can come twice
 * @param failures how often the target has not taken it; it is shaped if it was asked to
 */
record Pending(Item item, OpenPage page, int place, Object key, int failures) {

  Pending(Item item, OpenPage page, int place, Object key) {
    this(item, page, place, key, 0);
  }

  Pending shaped(Item shaped) {
    return shaped == item ? this : new Pending(shaped, page, place, key, failures);
  }

  Pending failed() {
    return new Pending(item, page, place, key, failures + 1);
  }
}
