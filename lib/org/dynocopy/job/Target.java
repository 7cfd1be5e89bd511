package org.dynocopy.job;

import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.Connections;
import org.dynocopy.store.dynamo.OpenTable;
import org.dynocopy.store.dynamo.TableInfo;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.schema.Schema;

/** The table that a copy writes: there, or to be made like its source before the first item. */
final class Target {

  private final Plan plan;
  private final OpenTable source;
  private final Connections connections;
  private final TableInfo info;
  private Optional<OpenTable> table;
  private Optional<Schema> schema = Optional.empty();

  /**
   * A target.
   *
   * @param table what {@link #find} has found
   */
  Target(Plan plan, OpenTable source, Connections connections, Optional<OpenTable> table)
      throws StoreException {
    this.plan = plan;
    this.source = source;
    this.connections = connections;
    this.table = table;
    this.info = table.isPresent() ? table.get().info() : source.empty(plan.to(), connections);
  }

  /**
   * Looks for it.
   *
   * @throws InvalidPlanException if it is not there and not to be made
   */
  static Optional<OpenTable> find(Plan plan, Connections connections) throws StoreException {
    return plan.createTarget()
        ? OpenTable.find(plan.to(), connections)
        : Optional.of(OpenTable.open(plan.to(), plan.at("to"), connections));
  }

  /** Returns whether it is still to be made. */
  boolean absent() {
    return table.isEmpty();
  }

  /** Returns what it says of itself, or will say when it is made. */
  TableInfo info() {
    return info;
  }

  /** Returns what counts what it consumes, or will. */
  Meter meter() {
    return table
        .map(OpenTable::meter)
        .orElseGet(() -> OpenTable.meter(plan.to(), info, connections));
  }

  /** Returns it, if it is there. */
  Optional<OpenTable> there() {
    return table;
  }

  OpenTable open() {
    return table.orElseThrow();
  }

  /**
   * Makes it if it is not there, and returns what could not be made as in the source. An earlier
   * job may have made it since it was looked for.
   *
   * @throws StoreException if it cannot be made, or was made with other keys
   */
  List<String> make() throws StoreException {
    if (absent()) {
      table = OpenTable.find(plan.to(), connections);
      if (!absent()) {
        checkKeys(plan.to(), open().info().keys(), info.keys());
      }
    }
    if (!absent()) {
      return List.of();
    }
    Schema like = source.schema();
    List<String> notes = OpenTable.create(plan.to(), like, connections);
    table = Optional.of(OpenTable.open(plan.to(), plan.at("to"), connections));
    schema = Optional.of(like);
    return notes;
  }

  /** Refuses a table that was made since it was looked for, if its keys do not fit. */
  static void checkKeys(TableRef table, List<?> now, List<?> wanted) throws StoreException {
    if (!now.equals(wanted)) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "`" + table + "` was made meanwhile with other keys: " + now + ", and not " + wanted);
    }
  }

  /** Returns whether it was there before {@link #make}. */
  boolean found() {
    return schema.isEmpty();
  }

  /** Does what would have disturbed the copy: only now may items expire. */
  List<String> finish() throws StoreException {
    return schema.isPresent() ? open().enableTimeToLive(schema.get()) : List.of();
  }
}
