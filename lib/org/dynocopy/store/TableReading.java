package org.dynocopy.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Shape;

/** What is read of a table that was found: everything that can be known before has been checked. */
public interface TableReading {

  /** How many bytes of items are in a page at most. */
  long PAGE_BYTES = 1 << 20;

  /** How the items are found. */
  enum Way {
    /** All segments of a scan. */
    SCAN,
    /** One reader for each partition key. */
    QUERY,
    /** Several readers for each, which cut the range of its sort keys. */
    RANGES,
    /** Two readers for each, from both ends. */
    ENDS
  }

  /** Returns the same reading in as many scan segments as when it was begun. */
  TableReading divided(long segments);

  /** Returns what is wanted. */
  Reading reading();

  /** Returns the table. */
  TableInfo table();

  /** Returns the index that is read, if it is not the table itself. */
  Optional<TableInfo.Index> index();

  /** Returns whether items of the index are fetched from the table, to have them whole. */
  boolean completed();

  /** Returns how the items are found. */
  Way way();

  /** Returns whether two readers of a partition key may come from both ends of it. */
  boolean readsFromBothEnds();

  /** Returns how many scan segments or partition keys there are. */
  long splits();

  /** Returns a sentence about keys that are more than once in a file of them, if any are. */
  Optional<String> repeatedKeys();

  /** Returns how many parts are read at once, at most. */
  int readers();

  /** Returns about how many items there are to read, if anything is known of it. */
  OptionalLong expected();

  /**
   * Reads a few items.
   *
   * @throws StoreException if they cannot be read
   */
  ItemSample sample() throws StoreException, InterruptedException;

  /**
   * Has the service check what a user wrote for it, by one request of those that the reading sends,
   * for a single item.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if the service refuses it, in its words
   * @throws StoreException if it cannot be asked
   */
  TableReading tried() throws StoreException;

  /** Returns what counts what it consumes. */
  Meter meter();

  /** Returns whether reads are consistent, which costs twice as much. */
  boolean consistent();

  /** Returns what the items are read from. */
  Source source();

  /** Returns which of several partition keys had no items when they were read, in a sentence. */
  Optional<String> emptyKeys();

  /**
   * Looks for reasons why nothing was selected, by a few small requests, and tells them.
   *
   * @return a sentence each
   */
  List<String> whyEmpty() throws InterruptedException;

  /** Returns what is still to be done to the items: a projection alone the store does. */
  Shape shape();

  /** Returns whether more than the table's own key decides what is selected, and can change. */
  boolean mayChange();

  /** Returns what watches the items while they are read; empty where they do not move. */
  Optional<MovingItems> movingItems();
}
