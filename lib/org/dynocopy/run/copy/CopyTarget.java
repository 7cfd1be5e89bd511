package org.dynocopy.run.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.run.job.SameTableCheck;
import org.dynocopy.run.table.NewTable;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;

/** The table that a copy writes: there, or to be made like its source before the first item. */
public final class CopyTarget {

  private final Copy copy;
  private final Table source;
  private final Stores stores;
  private final TableInfo info;
  private Optional<Table> table;
  private final NewTable made;
  private boolean found;
  private boolean old;

  /**
   * A target.
   *
   * @param table what {@link #find} has found
   */
  CopyTarget(Copy copy, Table source, Stores stores, Optional<Table> table) throws StoreException {
    this.copy = copy;
    this.source = source;
    this.stores = stores;
    this.table = table;
    this.info =
        table.isPresent() ? table.get().info() : stores.tables().like(source.info(), copy.to());
    this.made = new NewTable(copy.to(), job(copy), stores);
    this.old = table.isPresent();
    this.found = old && !(copy.createTarget() && made.isBegun(info));
  }

  /** What makes it: another part of the same source is another job. */
  private static String job(Copy copy) {
    Reading said = copy.reading();
    StringBuilder job = new StringBuilder("copy " + copy.from() + " -> " + copy.to());
    said.where().ifPresent(where -> job.append(" where ").append(where.text()));
    said.serverFilter().ifPresent(filter -> job.append(" filter ").append(filter.text()));
    return job.toString();
  }

  /**
   * Looks for it.
   *
   * @throws InvalidJobException if it is not there and not to be made
   */
  static Optional<Table> find(Copy copy, Stores stores) throws StoreException {
    return copy.createTarget()
        ? stores.tables().find(copy.to())
        : Optional.of(stores.tables().open(copy.to(), copy.at("to"), howToMake(copy.at("to"))));
  }

  private static String howToMake(Location at) {
    String word = at.equals(Location.NOWHERE) ? ".createTarget()" : "--create-target";
    return "`" + (at.line() > 0 ? "createTarget()" : word) + "` makes it like the source";
  }

  /**
   * Checks that it fits the source.
   *
   * @throws InvalidJobException if it does not, or one of them cannot be used now
   */
  void check() throws StoreException {
    List<Problem> problems = new ArrayList<>();
    TableInfo from = source.info();
    TableInfo to = info();
    Optional<String> same =
        absent() ? Optional.empty() : SameTableCheck.refused(source, open(), true);
    if (same.isPresent()) {
      problems.add(new Problem(copy.at("to"), same.get()));
    } else if (!from.keys().equals(to.keys())) {
      problems.add(
          new Problem(
              copy.at("to"),
              String.format(
                  "the keys differ: `%s` has %s, `%s` has %s",
                  copy.from(), from.keys(), copy.to(), to.keys())));
    }
    usable(from, copy.at("from")).ifPresent(problems::add);
    if (found()) {
      usable(to, copy.at("to")).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new InvalidJobException(problems);
    }
  }

  /** Returns whether it is still to be made. */
  boolean absent() {
    return table.isEmpty();
  }

  /** Returns what it says of itself, or will say when it is made. */
  TableInfo info() {
    return table.map(Table::info).orElse(info);
  }

  /** Returns what counts what it consumes, or will. */
  Meter meter() {
    return table.map(Table::meter).orElseGet(() -> stores.tables().meter(copy.to(), info));
  }

  /** Returns it, if it is there. */
  Optional<Table> there() {
    return table;
  }

  Table open() {
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
      table = stores.tables().find(copy.to());
      found = !absent();
      old = found;
      if (found) {
        checkKeys(copy.to(), open().info().keys(), info.keys());
      }
    }
    if (found) {
      return copy.createTarget() ? made.begunByOthers(open().info()).stream().toList() : List.of();
    }
    List<String> notes = absent() ? made.make(source.schema()) : made.goOn(info());
    table = Optional.of(stores.tables().open(copy.to(), copy.at("to")));
    return notes;
  }

  /** Refuses a table that was made since it was looked for, if its keys do not fit. */
  public static void checkKeys(TableRef table, List<?> now, List<?> wanted) throws StoreException {
    if (!now.equals(wanted)) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "`" + table + "` was made meanwhile with other keys: " + now + ", and not " + wanted);
    }
  }

  /** Returns whether somebody else than this copy has made it. */
  boolean found() {
    return found;
  }

  /** Returns whether it may have items: it was there before this run. */
  boolean old() {
    return old;
  }

  /** Does what would have disturbed the copy: only now may items expire. */
  List<String> finish() throws StoreException {
    return made.finish(open());
  }

  /** A table that is being updated, or whose indexes are, can be used. */
  private static Optional<Problem> usable(TableInfo table, Location at) {
    boolean usable = List.of("ACTIVE", "UPDATING").contains(table.status());
    return usable
        ? Optional.empty()
        : Optional.of(
            new Problem(at, "`" + table.name() + "` cannot be used now: it is " + table.status()));
  }
}
