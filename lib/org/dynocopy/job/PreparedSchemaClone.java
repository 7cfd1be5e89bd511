package org.dynocopy.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.SchemaClone;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.TableSchema;

/** A table to be made like another one that has been found. */
public final class PreparedSchemaClone implements Prepared {

  private final SchemaClone clone;
  private final TableSchema schema;
  private final Stores connections;
  private final NewTable made;

  /** The table that an earlier run has begun. */
  private final Optional<TableInfo> begun;

  private PreparedSchemaClone(
      SchemaClone clone,
      TableSchema schema,
      Stores connections,
      NewTable made,
      Optional<TableInfo> begun) {
    this.clone = clone;
    this.schema = schema;
    this.connections = connections;
    this.made = made;
    this.begun = begun;
  }

  /**
   * Looks at both tables.
   *
   * @throws InvalidPlanException if the one is not there, or the other is, unless a run of the same
   *     clone has begun it and was stopped
   * @throws StoreException if one cannot be asked for
   */
  public static PreparedSchemaClone of(SchemaClone clone, Stores connections)
      throws StoreException {
    OpenTable from = connections.tables().open(clone.from(), clone.words().at("from"));
    NewTable made =
        new NewTable(clone.to(), "clone " + clone.from() + " -> " + clone.to(), connections);
    Optional<TableInfo> there = connections.tables().find(clone.to()).map(OpenTable::info);
    if (there.isPresent() && !made.isBegun(there.get())) {
      throw new InvalidPlanException(
          clone.words().at("to"),
          "there is a table `" + clone.to() + "` already: compare them by `schema diff`");
    }
    return new PreparedSchemaClone(clone, from.schema(), connections, made, there);
  }

  @Override
  public SchemaClone job() {
    return clone;
  }

  @Override
  public void describe(Outline outline) {
    outline.title(clone.name());
    outline.schema(schema.json());
  }

  @Override
  public boolean estimate(Estimator estimator) {
    return false;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.empty();
  }

  @Override
  public List<OpenTable> tables() {
    return List.of();
  }

  @Override
  public Optional<Question> question(Stages stages) {
    return Optional.empty();
  }

  @Override
  public Report run(Stages stages) throws StoreException {
    List<String> notes =
        new ArrayList<>(begun.isPresent() ? made.goOn(begun.get()) : made.make(schema));
    OpenTable table = connections.tables().open(clone.to(), clone.words().at("to"));
    notes.addAll(made.finish(table));
    notes.add(0, "made " + clone.to() + " like " + clone.from());
    return new Report(clone, List.of(), notes);
  }
}
