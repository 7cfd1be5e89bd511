package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Problem;

/**
 * A plan between two tables that have been looked at: everything that can be known before the first
 * item moves has been checked.
 */
public final class TableCopy {

  private final Selection selection;
  private final TableInfo to;
  private final TableSource source;
  private final Sink sink;

  private TableCopy(Selection selection, TableInfo to, TableSource source, Sink sink) {
    this.selection = selection;
    this.to = to;
    this.source = source;
    this.sink = sink;
  }

  /**
   * Looks at both tables.
   *
   * @param plan the copy
   * @param connections the way to its environments
   * @throws InvalidPlanException if the plan does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static TableCopy resolve(Plan plan, Connections connections) throws StoreException {
    Connection source = connections.to(plan.from().environment());
    Connection target = connections.to(plan.to().environment());
    TableInfo from = Tables.describe(source, plan.from(), plan.at("from"));
    TableInfo to = Tables.describe(target, plan.to(), plan.at("to"));
    check(plan, from, to);
    Selection selection = Selection.of(plan, from);
    return new TableCopy(
        selection, to, new TableSource(selection, source.wire()), new TableSink(to, target.wire()));
  }

  private static void check(Plan plan, TableInfo from, TableInfo to) {
    List<Problem> problems = new ArrayList<>();
    if (from.same(to)) {
      problems.add(
          new Problem(
              plan.at("to"),
              "source and target are the same table, " + to.arn() + " at " + to.endpoint()));
    } else if (!from.keys().equals(to.keys())) {
      problems.add(
          new Problem(
              plan.at("to"),
              "the keys differ: `"
                  + plan.from()
                  + "` has "
                  + from.keys()
                  + ", `"
                  + plan.to()
                  + "` has "
                  + to.keys()));
    }
    for (TableInfo table : List.of(from, to)) {
      // A table that is being updated, or whose indexes are, can be used.
      if (!List.of("ACTIVE", "UPDATING").contains(table.status())) {
        problems.add(
            new Problem(
                plan.at(table == from ? "from" : "to"),
                "`" + table.name() + "` cannot be used now: it is " + table.status()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidPlanException(problems);
    }
  }

  /** Returns the table that is read. */
  public TableInfo from() {
    return selection.table();
  }

  /** Returns the table that is written. */
  public TableInfo to() {
    return to;
  }

  /** Returns the index that is read, if it is not the table itself. */
  public Optional<TableInfo.Index> index() {
    return selection.index();
  }

  /** Returns whether items of the index are fetched from the table, to have them whole. */
  public boolean completed() {
    return selection.completed();
  }

  /** Returns how many parts are read independently. */
  public int splits() {
    return source.splits().size();
  }

  /** Returns what the items are read from. */
  public Source source() {
    return source;
  }

  /** Returns what the items are written to. */
  public Sink sink() {
    return sink;
  }
}
