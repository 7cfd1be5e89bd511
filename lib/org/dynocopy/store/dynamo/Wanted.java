package org.dynocopy.store.dynamo;

/**
 * How much of each item is read, and how sure it must be that the item is one that was asked for.
 */
public enum Wanted {
  /** What the reading projects. */
  ITEMS(false),
  /** The keys. */
  KEYS(false),
  /** The same, but of an index only those of items that the table says still belong there. */
  CURRENT_KEYS(true),
  /** Only how many there are. */
  COUNT(false);

  private final boolean current;

  Wanted(boolean current) {
    this.current = current;
  }

  /** Returns whether an index, which may be behind, is not enough. */
  boolean current() {
    return current;
  }

  /** Returns whether the keys are all that is looked at. */
  boolean keysAlone() {
    return this != ITEMS;
  }
}
