package org.dynocopy.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;

/**
 * One thing that items are read from or written to, opened by {@link Stores}.
 *
 * <p>To read: {@link #describe}, {@link #check}, {@link #source}. To write: {@link #checkNew},
 * {@link #sink}, and {@link #finish} when every item is there. {@link #close} ends both; what was
 * written and not finished is given up, and nothing of it stays in the way of another run.
 */
public interface Store extends AutoCloseable {

  /**
   * Returns what the store says of itself.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not there, or cannot be understood
   * @throws StoreException if it cannot be asked
   */
  StoreInfo describe() throws StoreException;

  /**
   * Checks all that can be checked before an item of it is written elsewhere.
   *
   * @param keyNames the key attributes that every item must have
   * @return what it has
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is a fault; one sentence that says
   *     where
   */
  StoreContents check(Collection<String> keyNames) throws StoreException;

  /** Returns the first items, so many at most; none where they cannot be read now. */
  List<Item> sample(int most);

  /** Returns what all items are read from; open until the store is closed. */
  Source source();

  /**
   * Checks that items can be written. Nothing is changed.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if they cannot
   */
  void checkNew();

  /**
   * Returns what was written by a run that was killed after its last item, and finishes it.
   *
   * @throws StoreException if another run is at it, or it cannot be finished
   */
  Optional<Recovery> recover() throws StoreException;

  /**
   * Begins to write.
   *
   * @param origin what the items are of
   * @throws org.dynocopy.diagnostic.InvalidJobException as {@link #checkNew} does
   */
  Sink sink(ItemOrigin origin) throws StoreException;

  /**
   * Makes what was written last, as not one item is missing.
   *
   * @param outcome how it was written, {@link Outcome#withoutLoss}
   * @throws StoreException if that could not be done: then nothing is there
   */
  void finish(Outcome outcome) throws StoreException;

  /**
   * Ends reading and writing.
   *
   * @throws StoreException if what was given up could not be removed
   */
  @Override
  void close() throws StoreException;
}
