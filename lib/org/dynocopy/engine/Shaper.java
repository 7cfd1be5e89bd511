package org.dynocopy.engine;

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
}
