package org.dynocopy.engine;

import java.util.List;
import java.util.Optional;

/** Something that items are read from. */
public interface Source {

  /** Returns the parts, which together are every item once. */
  List<Split> splits();

  /**
   * Tells whether one run can bring the same key twice, as an index does when an item moves in it.
   * Such items are then written one after the other, in the order in which they were read.
   */
  boolean mayRepeatKeys();

  /** An independently readable part of a source. Read by one thread at a time. */
  interface Split {

    /** Returns what this part is called in messages, {@code segment 3 of 8}. */
    String name();

    /**
     * Reads the next page.
     *
     * @param after where the last page ended; empty for the first one
     * @param retry what every request goes through
     * @throws StoreException what cannot be retried, or was for too long
     */
    Page read(Optional<Page.Position> after, Retry retry)
        throws StoreException, InterruptedException;
  }
}
