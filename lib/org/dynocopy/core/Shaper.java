package org.dynocopy.core;

import java.util.Optional;

/** Decides what becomes of an item between its source and its target. Used by many threads. */
@FunctionalInterface
public interface Shaper {

  /** Lets every item pass as it is. */
  Shaper NONE = Optional::of;

  /**
   * Shapes one item.
   *
   * @return the item to write, the same one if nothing changes; empty if it is filtered out
   * @throws Exception what makes the item a dead letter, with its message as the reason
   */
  Optional<Item> shape(Item item) throws Exception;

  /**
   * Tells whether an item may get another key than it has, so that several items may get the same.
   * Such items are then written one after the other, in the order in which they were read.
   */
  default boolean mayChangeKeys() {
    return false;
  }

  /**
   * Returns what may be kept of an item that could not be shaped: what a dead letter has, and what
   * listeners see. Does not fail.
   */
  default Item redact(Item item) {
    return item;
  }
}
