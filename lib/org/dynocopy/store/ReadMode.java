package org.dynocopy.store;

/** How much of each item is read, and how sure it must be that nothing is missed or outdated. */
public enum ReadMode {
  /** What the reading projects, as a copy reads it: cheaply, perhaps a moment behind. */
  ITEMS(false),
  /** The same by consistent reads, which an index that is global does not have. */
  CERTAIN_ITEMS(true),
  /** The keys alone, by consistent reads likewise. */
  KEYS(true),
  /** The keys and those of the index, by which items are removed; all where a filter runs here. */
  REMOVED(true),
  /** Only how many there are. */
  COUNT(false),
  /** The same by consistent reads, which an index that is global does not have. */
  CERTAIN_COUNT(true);

  private final boolean consistent;

  ReadMode(boolean consistent) {
    this.consistent = consistent;
  }

  /** Returns whether reads are consistent, where they can be. */
  public boolean consistent() {
    return consistent;
  }

  /** Returns whether no more than the keys is wanted of an item. */
  public boolean keysAlone() {
    return this != ITEMS && this != CERTAIN_ITEMS;
  }

  /** Returns whether the service may count by itself. */
  public boolean countAlone() {
    return this == COUNT || this == CERTAIN_COUNT;
  }
}
