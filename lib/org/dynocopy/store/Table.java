package org.dynocopy.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.Reading;

/**
 * A table that was found, and the way to its items. A reading that it gets must be one of its own.
 */
public interface Table extends Store {

  /** Gets keys. Called by many threads. */
  @FunctionalInterface
  interface Notes {
    /**
     * Notes a key.
     *
     * @param digest the same for the same key, {@code 1} and {@code 1.0} alike
     * @param key its JSON
     * @param item the whole item
     */
    void note(byte[] digest, Item key, Item item) throws IOException;
  }

  /** Returns what items of it are of, with its schema as it is now. */
  ItemOrigin origin() throws StoreException;

  /** Returns what the table says of itself. */
  TableInfo info();

  /** Returns the service that has it. */
  TableService service();

  /** Returns what counts its requests' consumption. */
  Meter meter();

  /** Returns what the table is made of. */
  TableSchema schema() throws StoreException;

  /**
   * Lets items expire as a schema says, which disturbs a copy and so comes after it.
   *
   * @return what could not be made so, a sentence each
   */
  List<String> enableTimeToLive(TableSchema schema) throws StoreException;

  /**
   * Returns the attribute by which the table's items expire, if they do and the service tells.
   *
   * @throws StoreException if it cannot be asked
   */
  Optional<String> timeToLive() throws StoreException;

  /**
   * Looks whether this is still the table that was found.
   *
   * @return what has become of it, a sentence, if it is not
   * @throws StoreException if it cannot be asked for
   */
  Optional<String> lost() throws StoreException;

  /**
   * Returns how this table belongs together with another one that was found.
   *
   * @throws StoreException if the service cannot be asked where the tables' descriptions do not
   *     tell
   */
  TableInfo.Relation relation(Table other) throws StoreException;

  /**
   * Prepares to read.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if the table has no such index or keys
   */
  TableReading read(Reading reading, ReadMode wanted);

  /** Returns what puts items into this table. */
  Sink puts();

  /**
   * Returns what puts items into this table, where it has others by their keys as is said.
   *
   * @param again whether some of them may be there from a run of the same copy that was stopped
   * @param repeats whether an item may come twice
   */
  Sink puts(OnConflict onConflict, boolean again, boolean repeats);

  /** Returns what removes the items of a reading: in batches, where their own keys decide. */
  Sink removes(TableReading what);

  /** Returns what removes items of a reading that are still just as they come there. */
  Sink removesSeen(TableReading what);

  /**
   * Returns the same for items that another table does not have in what is read of it, by a
   * consistent read right before each request.
   */
  Sink removesSeen(TableReading what, Table source, TableReading absentFrom);

  /** Returns a sink that notes every item's key in this table before it goes to another sink. */
  Sink noting(Sink sink, Notes notes);

  /** Returns what finds items by their keys, with the attributes that a reading projects. */
  Lookup lookup(TableReading reading);

  /** Does nothing: a table has nothing that is open, and keeps what was written. */
  @Override
  default void close() {}
}
