package org.dynocopy.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Environment;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.capacity.Meter;

/** Finds and makes tables, in any environment. Used by any thread. */
public interface TableService {

  /**
   * Opens a table.
   *
   * @param at where it is named, for messages
   * @param advice a sentence for the case that it is missing, or nothing
   * @throws InvalidPlanException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  OpenTable open(TableRef table, Location at, String advice) throws StoreException;

  /** Opens a table likewise, without advice. */
  default OpenTable open(TableRef table, Location at) throws StoreException {
    return open(table, at, "");
  }

  /**
   * Opens a table if there is one of this name.
   *
   * @throws StoreException if it cannot be asked for
   */
  Optional<OpenTable> find(TableRef table) throws StoreException;

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
   * OpenTable#enableTimeToLive}.
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
   * @throws InvalidPlanException if it is not a schema; points at the place
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
