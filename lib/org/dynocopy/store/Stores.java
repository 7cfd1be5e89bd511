package org.dynocopy.store;

import java.util.List;
import org.dynocopy.capacity.Meters;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.StoreRef;

/** All stores of one session, and the connections to them. Used by any thread. */
public interface Stores extends AutoCloseable {

  /**
   * Opens a store. It is closed by who opens it.
   *
   * @param at where it is named, for messages
   * @throws org.dynocopy.diagnostic.InvalidJobException if nothing can be opened there
   * @throws StoreException if it cannot be asked for
   */
  Store open(StoreRef ref, Location at) throws StoreException;

  /** Returns the tables of all environments. */
  TableService tables();

  /** Returns what counts, and bounds, what requests to tables consume. */
  Meters meters();

  /** Returns how many items were written without the attributes of old global tables. */
  long leftOut();

  /** Returns what servers were noticed to leave out since this was last asked, a sentence each. */
  List<String> omissions();

  /** Closes all connections. */
  @Override
  void close();
}
