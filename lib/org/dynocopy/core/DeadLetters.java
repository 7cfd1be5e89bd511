package org.dynocopy.core;

import java.io.IOException;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;

/**
 * Takes the items of a run that cannot be written. Whoever holds them counts them: for all tasks of
 * a run, wherever these are. Used by many threads.
 */
public interface DeadLetters extends AutoCloseable {

  /**
   * Keeps an item: when this returns, it is there for good.
   *
   * @param refused what in the recipe could not take the item, if not the job as a whole
   * @param reason why
   * @return why the run must end with this item; empty if it may go on
   * @throws StoreException if it could not be kept, or the run may have no more
   */
  Optional<String> put(Item item, Optional<Location> refused, String reason) throws StoreException;

  /** Returns where they are, if there are any. */
  Optional<String> place();

  /** Returns why the first item of this run could not be written. */
  Optional<String> firstReason();

  /**
   * Ends the run's use of them.
   *
   * @throws IOException if it is not certain that all are kept
   */
  @Override
  void close() throws IOException;
}
