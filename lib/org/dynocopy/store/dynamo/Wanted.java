package org.dynocopy.store.dynamo;

/** How much of each item is read, and how sure it must be that nothing is missed or outdated. */
public enum Wanted {
  /** What the reading projects, as a copy reads it: cheaply, perhaps a moment behind. */
  ITEMS(false, false),
  /** The same by consistent reads, which an index that is global does not have. */
  CERTAIN_ITEMS(true, false),
  /** The keys alone, by consistent reads likewise. */
  KEYS(true, false),
  /** The same, but of an index only those of items that the table says still belong there. */
  CURRENT_KEYS(true, true),
  /** Only how many there are. */
  COUNT(false, false),
  /** The same by consistent reads, which an index that is global does not have. */
  CERTAIN_COUNT(true, false);

  private final boolean consistent;
  private final boolean current;

  Wanted(boolean consistent, boolean current) {
    this.consistent = consistent;
    this.current = current;
  }

  /** Returns whether reads are consistent, where they can be. */
  boolean consistent() {
    return consistent;
  }

  /** Returns whether an index, which may be behind, is not enough. */
  boolean current() {
    return current;
  }

  /** Returns whether no more than the keys is wanted of an item. */
  boolean keysAlone() {
    return this != ITEMS && this != CERTAIN_ITEMS;
  }

  /** Returns whether the service may count by itself. */
  boolean countAlone() {
    return this == COUNT || this == CERTAIN_COUNT;
  }
}
