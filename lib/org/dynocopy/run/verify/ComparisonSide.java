package org.dynocopy.run.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.item.ItemMap;
import org.dynocopy.print.Reservoir;
import org.dynocopy.run.job.SameTableCheck;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Verification;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.FingerprintFile;
import org.dynocopy.verify.FingerprintFile.NoFingerprintException;

/** One side of a comparison, which has been found. */
sealed interface ComparisonSide {

  /** Returns what messages call it. */
  String name();

  /** Returns its key attributes with their types, {@code id (S)}. */
  List<String> keys();

  /** Returns which part of a table it is; empty for all of it. */
  String selection();

  /** Returns the table, unless it is a fingerprint. */
  Optional<Table> open();

  /**
   * A table, or a part of it.
   *
   * @param table the table
   * @param what what is compared
   * @param wanted how it is read
   */
  record TableSide(Table table, Reading what, ReadMode wanted) implements ComparisonSide {
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
    public Optional<Table> open() {
      return Optional.of(table);
    }

    /** Returns how it is counted: as surely as it is read. */
    ReadMode counted() {
      return wanted == ReadMode.CERTAIN_ITEMS ? ReadMode.CERTAIN_COUNT : ReadMode.COUNT;
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
  record Stored(String name, FingerprintFile file) implements ComparisonSide {
    @Override
    public List<String> keys() {
      return file.keys();
    }

    @Override
    public String selection() {
      return file.selection();
    }

    @Override
    public Optional<Table> open() {
      return Optional.empty();
    }
  }

  /**
   * Finds a side.
   *
   * @param at where it is named
   * @throws InvalidJobException if it is not there, or not what it should be
   * @throws StoreException if the table cannot be asked
   */
  static ComparisonSide of(Verification.Side side, Location at, Stores stores)
      throws StoreException {
    if (side instanceof Verification.OfTable of) {
      Reading what = of.reading();
      TableSide table = new TableSide(stores.tables().open(what.table(), at), what, ReadMode.ITEMS);
      table.reading().tried();
      return table;
    }
    try {
      return new Stored(side.toString(), FingerprintFile.read(((Verification.OfFile) side).file()));
    } catch (NoFingerprintException e) {
      throw new InvalidJobException(at, e.getMessage());
    }
  }

  /**
   * Adds what keeps two sides from being compared.
   *
   * @param repaired whether the target is written
   * @throws StoreException if it cannot be found out whether they are the same table
   */
  static void check(
      ComparisonSide source,
      ComparisonSide target,
      boolean repaired,
      Location at,
      List<Problem> problems)
      throws StoreException {
    Optional<String> same =
        source instanceof TableSide from && target instanceof TableSide to
            ? SameTableCheck.refused(from.table(), to.table(), repaired)
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

  private static String part(ComparisonSide side) {
    return side.selection().isEmpty() ? "a whole table" : "the part `" + side.selection() + "`";
  }

  /** Returns what draws keys of so many items: the items themselves may not fit into memory. */
  static Reservoir keys(int size, Table table) {
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
