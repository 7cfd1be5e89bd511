package org.dynocopy.store.dynamo.read;

import org.dynocopy.store.TableInfo;

/**
 * How many items a page has, as far as is known: the most until now, before the first page all that
 * there are. Thread-safe.
 */
final class PageSizeEstimate {

  private final long all;
  private volatile long most;

  PageSizeEstimate(Selection selection) {
    all = selection.index().map(TableInfo.Index::items).orElse(selection.table().items());
  }

  /** Returns how many items a page probably looks at that may look at so many. */
  long most(long items) {
    long usual = most > 0 ? most : all;
    return usual > 0 ? Math.min(items, usual) : items;
  }

  /** Notes how many items a page has looked at, and returns them. */
  long saw(long items) {
    most = Math.max(most, items);
    return items;
  }
}
