package org.dynocopy;

import java.io.IOException;
import java.util.Optional;
import org.dynocopy.engine.DeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Retry.Backoff;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Plan;
import org.dynocopy.shape.Filtering;
import org.dynocopy.store.dynamo.Connections;
import org.dynocopy.store.dynamo.TableCopy;
import org.dynocopy.store.dynamo.TableInfo;

/** A plan whose tables have been found and checked: ready to run, or to be told by a dry run. */
public final class PreparedCopy {

  /** How many splits are read at once, at most. */
  public static final int MOST_READERS = 16;

  /** How many batches are written at once, if the plan does not say. */
  public static final int DEFAULT_WRITERS = 16;

  private final Plan plan;
  private final TableCopy tables;
  private final int splits;

  private PreparedCopy(Plan plan, TableCopy tables) {
    this.plan = plan;
    this.tables = tables;
    this.splits = tables.splits();
  }

  /**
   * Looks at both tables.
   *
   * @param plan the copy
   * @param connections the way to its environments; open for as long as the copy runs
   * @throws InvalidPlanException if the plan does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static PreparedCopy of(Plan plan, Connections connections) throws StoreException {
    return new PreparedCopy(plan, TableCopy.resolve(plan, connections));
  }

  /** Returns what was planned. */
  public Plan plan() {
    return plan;
  }

  /** Returns the table that is read. */
  public TableInfo from() {
    return tables.from();
  }

  /** Returns the table that is written. */
  public TableInfo to() {
    return tables.to();
  }

  /** Returns the index that is read, if it is not the table itself. */
  public Optional<TableInfo.Index> index() {
    return tables.index();
  }

  /** Returns whether items of the index are fetched from the table, to have them whole. */
  public boolean completed() {
    return tables.completed();
  }

  /** Returns how many parts are read independently. */
  public int splits() {
    return splits;
  }

  /** Returns how many of them are read at once. */
  public int readers() {
    return Math.min(splits, MOST_READERS);
  }

  /** Returns how many batches are written at once. */
  public int writers() {
    return plan.writers().orElse(DEFAULT_WRITERS);
  }

  /**
   * Returns the engine that runs this copy, once.
   *
   * @throws InvalidPlanException if dead letters could not be written
   */
  public Engine engine(RunListener listener) {
    return new Engine(
        tables.source(),
        Filtering.of(plan.clientFilters(), from().keyNames(), plan.project()),
        tables.sink(),
        deadLetters(),
        new Engine.Settings(
            readers(), writers(), Engine.Settings.defaultMemory(), plan.limit(), Backoff.DEFAULT),
        listener);
  }

  private DeadLetters deadLetters() {
    try {
      return new DeadLetters(plan.onFailure().deadLetter(), plan.onFailure().stopAfter());
    } catch (IOException e) {
      throw new InvalidPlanException(plan.at("deadLetter"), e.getMessage());
    }
  }
}
