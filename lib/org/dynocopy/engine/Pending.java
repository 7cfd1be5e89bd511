package org.dynocopy.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An item on its way from its page to being settled.
 *
 * @param item the item, as read or as shaped
 * @param page where it came from
 * @param key what identifies it in the target; null where no key can come twice
 * @param failures how often the target has not taken it; it is shaped if it was asked to
 */
record Pending(Item item, OpenPage page, Object key, int failures) {

  Pending(Item item, OpenPage page, Object key) {
    this(item, page, key, 0);
  }

  Pending shaped(Item shaped) {
    return shaped == item ? this : new Pending(shaped, page, key, failures);
  }

  Pending failed() {
    return new Pending(item, page, key, failures + 1);
  }

  /** Counts the items of a page that are not settled yet. Its items alone hold the page's bytes. */
  static final class OpenPage {

    private final AtomicInteger unsettled;
    private final Runnable whenSettled;

    OpenPage(Page page, Runnable whenSettled) {
      this.unsettled = new AtomicInteger(page.items().size());
      this.whenSettled = whenSettled;
      if (page.items().isEmpty()) {
        whenSettled.run();
      }
    }

    /** Notes that one more of the items is settled. */
    void settleOne() {
      if (unsettled.decrementAndGet() == 0) {
        whenSettled.run();
      }
    }
  }
}
