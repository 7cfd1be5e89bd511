package org.dynocopy.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;

/** Finds and makes tables, in any environment. Used by any thread. */
public interface TableService {

  /**
   * Opens a table.
   *
   * @param at where it is named, for messages
   * @param advice a sentence for the case that it is missing, or nothing
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  Table open(TableRef table, Location at, String advice) throws StoreException;

  /** Opens a table likewise, without advice. */
  default Table open(TableRef table, Location at) throws StoreException {
    return open(table, at, "");
  }

  /**
   * Opens a table if there is one of this name.
   *
   * @throws StoreException if it cannot be asked for
   */
  Optional<Table> find(TableRef table) throws StoreException;

  /**
   * Returns the names of the tables in an environment.
   *
   * @throws StoreException if it cannot be asked
   */
  List<String> names(Environment environment) throws StoreException;

  /** Notes that a job of this run makes a table, for messages about those that are missing. */
  void makes(TableRef table);

  /**
   * Returns the description that a table will have that is made like another one.
   *
   * @throws StoreException if its environment cannot be reached
   */
  TableInfo like(TableInfo other, TableRef table) throws StoreException;

  /** Returns what counts the requests to a table that is still to be made. */
  Meter meter(TableRef table, TableInfo info);

  /**
   * Makes a table and waits until it can be used. It gets no TTL: see {@link
   * Table#enableTimeToLive}.
   *
   * @param made gets the {@link TableInfo#uniqueText} of the new table as soon as there is one
   * @return what could not be made so, a sentence each
   */
  List<String> create(TableRef table, TableSchema schema, Consumer<String> made)
      throws StoreException;

  /**
   * Waits until a table can be used that another run has begun to make, and completes it but for
   * its TTL.
   *
   * @param recovery whether to turn on point-in-time recovery, if the schema has it
   * @return what could not be made so, a sentence each
   */
  List<String> complete(TableRef table, TableSchema schema, boolean recovery) throws StoreException;

  /**
   * Reads what {@link TableSchema#json} has written.
   *
   * @param file its name, for messages
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not a schema; points at the place
   */
  TableSchema schema(String file, String json);

  /**
   * Returns the backups that the service itself makes.
   *
   * @param said gets what is waited for, a sentence each
   */
  ServiceBackups backups(Consumer<String> said);

  /** Returns the exports to S3 that the service itself makes, likewise. */
  ServiceExports exports(Consumer<String> said);
}
