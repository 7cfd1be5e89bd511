package org.dynocopy.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An item on its way from its page to being settled.
 *
 * @param item the item, as read or as shaped
 * @param page where it came from
 * @param key what identifies it in the target; null where no key can come twice
 */
record Pending(Item item, OpenPage page, Object key) {

  Pending shaped(Item shaped) {
    return shaped == item ? this : new Pending(shaped, page, key);
  }

  /** A page of which some items are not settled yet. */
  static final class OpenPage {

    private final Page page;
    private final AtomicInteger unsettled;
    private final Runnable whenSettled;

    OpenPage(Page page, Runnable whenSettled) {
      this.page = page;
      this.unsettled = new AtomicInteger(page.items().size());
      this.whenSettled = whenSettled;
      if (page.items().isEmpty()) {
        whenSettled.run();
      }
    }

    Page page() {
      return page;
    }

    /** Notes that one more of the items is settled. */
    void settleOne() {
      if (unsettled.decrementAndGet() == 0) {
        whenSettled.run();
      }
    }
  }
}
