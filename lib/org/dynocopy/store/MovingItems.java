package org.dynocopy.store;

/**
 * The items that came of an index while it was read. They move in it when they change: what moves
 * from behind the reader to before it comes twice, and what moves the other way never comes. So the
 * index is read once more, for those that did not come.
 */
public interface MovingItems {

  /** Returns the reading that is watched. */
  TableReading first();

  /**
   * Returns the reading that brings what did not come by the first one, after that has ended. Where
   * it is not known what has come, it brings nothing, and only counts.
   */
  TableReading second();

  /** Says that another run, which was stopped, has read a part: what came then is not known. */
  void notAll();

  /** Returns whether it is known of each item whether it came. */
  boolean allSeen();

  /** Returns whether items can have moved: there was a time between two pages. */
  boolean mayHaveMoved();

  /** Returns how many items came more than once. */
  long repeated();

  /** Returns how many items the second reading has looked at. */
  long looked();

  /** Forgets what came, once nobody asks for it any more: the job may be held for longer. */
  void clear();
}
