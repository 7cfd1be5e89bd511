package org.dynocopy.core;

import java.util.List;
import java.util.Optional;

/** Something that items are read from. */
public interface Source {

  /**
   * Returns the parts, which together are every item once, in the order in which to read them. They
   * may be made as they are asked for.
   */
  Iterable<Split> splits();

  /**
   * Tells whether a run can go on where another one stopped: the parts are the same ones, in the
   * same order, whenever they are asked for.
   */
  default boolean resumable() {
    return false;
  }

  /**
   * Tells whether one run can bring the same key twice, as an index does when an item moves in it.
   * Such items are then written one after the other, in the order in which they were read.
   */
  boolean mayRepeatKeys();

  /**
   * Tells whether a page of each part is read in turn, instead of one part after the other: so that
   * parts which are neighbours in the target are written to all the time, and not in a row.
   */
  default boolean inTurn() {
    return false;
  }

  /** Tells whether parts may have others after them, see {@link Split#after}. */
  default boolean hasSuccessors() {
    return false;
  }

  /** An independently readable part of a source. Read by one thread at a time. */
  interface Split {

    /** Returns what this part is called in messages, {@code segment 3 of 8}. */
    String name();

    /**
     * Reads the next page.
     *
     * @param after where the last page ended; empty for the first one
     * @param requests what every request goes through
     * @throws StoreException what cannot be retried, or was for too long
     */
    Page read(Optional<Page.Position> after, RequestSender requests)
        throws StoreException, InterruptedException;

    /**
     * Gives away what is farthest of the rest, to readers that have nothing else to do. Called by
     * the thread that reads this part, between two pages.
     *
     * @param after where the last page ended
     * @param parts how many parts to give away at most, at least 1
     * @param requests what every request goes through
     * @return the parts, which are no longer this one's; empty if there is nothing to give
     */
    default List<Split> divide(Page.Position after, int parts, RequestSender requests)
        throws StoreException, InterruptedException {
      return List.of();
    }

    /**
     * Returns what is to be read after this part. Called once, when every item of this part is
     * settled, and under a lock: it says what is known by then, and sends no request.
     *
     * <p>From then on a checkpoint has these parts instead of this one. One that cannot name itself
     * (see {@link #part()}) is read again with this one instead.
     *
     * @return as a rule none; for others {@link Source#hasSuccessors} must be true
     */
    default List<Split> after() {
      return List.of();
    }

    /**
     * Reads a page that another run has read, as large as it was then: so it is the same one.
     *
     * @param items how many items the store looked at for it; 0 if it was the last one, which has
     *     all that is left
     */
    default Page again(Optional<Page.Position> after, long items, RequestSender requests)
        throws StoreException, InterruptedException {
      return read(after, requests);
    }

    /**
     * Returns which part of one of the source's {@link Source#splits} this is, once that was
     * divided.
     *
     * @return what {@link #part(byte[])} takes; empty for an undivided one. A part that was given
     *     away and has none is read again with the part that gave it away
     */
    default Optional<byte[]> part() {
      return Optional.empty();
    }

    /**
     * Returns a part of this undivided one again.
     *
     * @param part what that part called itself
     */
    default Split part(byte[] part) {
      throw new IllegalArgumentException(name() + " has no parts");
    }
  }
}
