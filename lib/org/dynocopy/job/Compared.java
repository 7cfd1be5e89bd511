package org.dynocopy.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Problem;
import org.dynocopy.plan.Reading;
import org.dynocopy.plan.Verification;
import org.dynocopy.print.Reservoir;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.Wanted;
import org.dynocopy.verify.FingerprintFile;
import org.dynocopy.verify.FingerprintFile.NoFingerprintException;

/** One side of a comparison, which has been found. */
sealed interface Compared {

  /** Returns what messages call it. */
  String name();

  /** Returns its key attributes with their types, {@code id (S)}. */
  List<String> keys();

  /** Returns which part of a table it is; empty for all of it. */
  String selection();

  /** Returns the table, unless it is a fingerprint. */
  Optional<OpenTable> open();

  /**
   * A table, or a part of it.
   *
   * @param table the table
   * @param what what is compared
   * @param wanted how it is read
   */
  record Table(OpenTable table, Reading what, Wanted wanted) implements Compared {
    @Override
    public String name() {
      return what.table().toString();
    }

    @Override
    public List<String> keys() {
      return keys(table.info());
    }

    static List<String> keys(TableInfo table) {
      return table.keys().stream().map(TableInfo.Key::toString).toList();
    }

    @Override
    public String selection() {
      return what.selection();
    }

    @Override
    public Optional<OpenTable> open() {
      return Optional.of(table);
    }

    /** Returns how it is counted: as surely as it is read. */
    Wanted counted() {
      return wanted == Wanted.CERTAIN_ITEMS ? Wanted.CERTAIN_COUNT : Wanted.COUNT;
    }

    TableReading reading() {
      return table.read(what, wanted);
    }
  }

  /**
   * A fingerprint that was made before.
   *
   * @param name its file
   * @param file what it says
   */
  record Stored(String name, FingerprintFile file) implements Compared {
    @Override
    public List<String> keys() {
      return file.keys();
    }

    @Override
    public String selection() {
      return file.selection();
    }

    @Override
    public Optional<OpenTable> open() {
      return Optional.empty();
    }
  }

  /**
   * Finds a side.
   *
   * @param at where it is named
   * @throws InvalidPlanException if it is not there, or not what it should be
   * @throws StoreException if the table cannot be asked
   */
  static Compared of(Verification.Side side, Location at, Stores connections)
      throws StoreException {
    if (side instanceof Verification.OfTable of) {
      Reading what = of.reading();
      Table table = new Table(connections.tables().open(what.table(), at), what, Wanted.ITEMS);
      table.reading().tried();
      return table;
    }
    try {
      return new Stored(side.toString(), FingerprintFile.read(((Verification.OfFile) side).file()));
    } catch (NoFingerprintException e) {
      throw new InvalidPlanException(at, e.getMessage());
    }
  }

  /**
   * Adds what keeps two sides from being compared.
   *
   * @param repaired whether the target is written
   * @throws StoreException if it cannot be found out whether they are the same table
   */
  static void check(
      Compared source, Compared target, boolean repaired, Location at, List<Problem> problems)
      throws StoreException {
    Optional<String> same =
        source instanceof Table from && target instanceof Table to
            ? SameTable.refused(from.table(), to.table(), repaired)
            : Optional.empty();
    if (same.isPresent()) {
      problems.add(new Problem(at, same.get()));
    } else if (!source.keys().equals(target.keys())) {
      problems.add(
          new Problem(
              at,
              "the keys differ: `"
                  + source.name()
                  + "` has "
                  + source.keys()
                  + ", `"
                  + target.name()
                  + "` has "
                  + target.keys()));
    } else if (!source.selection().equals(target.selection())) {
      problems.add(
          new Problem(
              at,
              "`"
                  + source.name()
                  + "` is "
                  + part(source)
                  + ", and `"
                  + target.name()
                  + "` is "
                  + part(target)
                  + ": only like can be compared with like"));
    }
  }

  private static String part(Compared side) {
    return side.selection().isEmpty() ? "a whole table" : "the part `" + side.selection() + "`";
  }

  /** Returns what draws keys of so many items: the items themselves may not fit into memory. */
  static Reservoir keys(int size, OpenTable table) {
    Set<String> names = Set.copyOf(table.info().keyNames());
    return new Reservoir(
        size,
        new Random(),
        item -> {
          try {
            return new ItemMap(item).only(names);
          } catch (IOException e) {
            throw new UncheckedIOException("not an item", e);
          }
        });
  }
}
