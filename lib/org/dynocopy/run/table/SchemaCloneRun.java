package org.dynocopy.run.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.SchemaClone;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.TableSchema;

/** A table to be made like another one that has been found. */
public final class SchemaCloneRun implements JobRun {

  private final SchemaClone clone;
  private final TableSchema schema;
  private final Stores stores;
  private final NewTable made;

  /** The table that an earlier run has begun. */
  private final Optional<TableInfo> begun;

  private SchemaCloneRun(
      SchemaClone clone,
      TableSchema schema,
      Stores stores,
      NewTable made,
      Optional<TableInfo> begun) {
    this.clone = clone;
    this.schema = schema;
    this.stores = stores;
    this.made = made;
    this.begun = begun;
  }

  /**
   * Looks at both tables.
   *
   * @throws InvalidJobException if the one is not there, or the other is, unless a run of the same
   *     clone has begun it and was stopped
   * @throws StoreException if one cannot be asked for
   */
  public static SchemaCloneRun of(SchemaClone clone, Stores stores) throws StoreException {
    Table from = stores.tables().open(clone.from(), clone.words().at("from"));
    NewTable made = new NewTable(clone.to(), "clone " + clone.from() + " -> " + clone.to(), stores);
    Optional<TableInfo> there = stores.tables().find(clone.to()).map(Table::info);
    if (there.isPresent() && !made.isBegun(there.get())) {
      throw new InvalidJobException(
          clone.words().at("to"),
          "there is a table `" + clone.to() + "` already: compare them by `schema diff`");
    }
    return new SchemaCloneRun(clone, from.schema(), stores, made, there);
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
  public List<Table> tables() {
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
    Table table = stores.tables().open(clone.to(), clone.words().at("to"));
    notes.addAll(made.finish(table));
    notes.add(0, "made " + clone.to() + " like " + clone.from());
    return new Report(clone, List.of(), notes);
  }
}
