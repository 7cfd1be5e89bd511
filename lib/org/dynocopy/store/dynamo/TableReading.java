package org.dynocopy.store.dynamo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Reading;
import org.dynocopy.shape.Filtering;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Wire;

/** What is read of a table that was found: everything that can be known before has been checked. */
public final class TableReading {

  /** How many bytes of items the service puts into a page at most. */
  public static final long PAGE_BYTES = Selection.PAGE_BYTES;

  /** How many splits are read at once at most, whatever is said. */
  public static final int MOST_READERS = 256;

  private static final int USUAL_READERS = 16;

  /** How the items are found. */
  public enum Way {
    /** All segments of a scan. */
    SCAN,
    /** One reader for each partition key. */
    QUERY,
    /** Several readers for each, which cut the range of its sort keys. */
    RANGES,
    /** Two readers for each, from both ends. */
    ENDS
  }

  private final EmptyKeys emptyKeys = new EmptyKeys();
  private final Selection selection;
  private final Wire wire;
  private final Meter meter;
  private final Watch watch;

  /** Kept: a dry run estimates by it, and shows it. */
  private Optional<ItemSample> sample = Optional.empty();

  TableReading(Selection selection, Wire wire, Meter meter) {
    this(selection, wire, meter, Watch.NONE);
  }

  private TableReading(Selection selection, Wire wire, Meter meter, Watch watch) {
    this.selection = selection;
    this.wire = wire;
    this.meter = meter;
    this.watch = watch;
  }

  /** Makes a reading with a rate of its own. */
  TableReading(Selection selection, Wire wire) {
    this(selection, wire, selection.table().meter());
  }

  /** Returns the same reading in as many scan segments as when it was begun. */
  public TableReading divided(long segments) {
    return way() == Way.SCAN
        ? new TableReading(selection.divided(Math.toIntExact(segments)), wire, meter)
        : this;
  }

  /**
   * Returns the same reading with a watch over it.
   *
   * @param delivered sees each page of a query as it is handed over
   */
  TableReading watched(UnaryOperator<Page> delivered) {
    Watch all = new Watch(UnaryOperator.identity(), delivered, false);
    return new TableReading(selection, wire, meter, all);
  }

  /**
   * Returns the same reading by a reader for each partition key, which comes from its upper end.
   *
   * @param selected returns what of each page of a query is wanted
   * @param delivered sees each as it is handed over
   */
  TableReading downwards(UnaryOperator<Page> selected, UnaryOperator<Page> delivered) {
    Selection unshared = Selection.of(reading().unshared(), table(), selection.wanted());
    return new TableReading(unshared, wire, meter, new Watch(selected, delivered, true));
  }

  /** Returns what is wanted. */
  public Reading reading() {
    return selection.reading();
  }

  /** Returns the table. */
  public TableInfo table() {
    return selection.table();
  }

  /** Returns the index that is read, if it is not the table itself. */
  public Optional<TableInfo.Index> index() {
    return selection.index();
  }

  /** Returns whether items of the index are fetched from the table, to have them whole. */
  public boolean completed() {
    return selection.completed();
  }

  /** Returns how the items are found. */
  public Way way() {
    if (selection.isScan()) {
      return Way.SCAN;
    }
    return selection.cuttable() ? Way.RANGES : selection.meetable() ? Way.ENDS : Way.QUERY;
  }

  /** Returns whether two readers of a partition key may come from both ends of it. */
  public boolean readsFromBothEnds() {
    return selection.meetable() && reading().limit().isEmpty();
  }

  /** Returns how many scan segments or partition keys there are. */
  public long splits() {
    return selection.keys().map(QueryKeys::number).orElseGet(() -> (long) selection.segments());
  }

  /** Returns a sentence about keys that are more than once in a file of them, if any are. */
  public Optional<String> repeatedKeys() {
    return selection
        .keys()
        .flatMap(QueryKeys::file)
        .filter(file -> file.repeated() > 0)
        .map(
            file ->
                String.format(
                    "%s has keys more than once, in %,d lines of %,d: each key is read once",
                    file.path(), file.repeated(), file.keys() + file.repeated()));
  }

  /** Returns how many parts are read at once, at most. */
  public int readers() {
    int said = reading().segments().orElse(USUAL_READERS);
    long readers =
        switch (way()) {
          case SCAN, QUERY -> Math.min(splits(), said);
          case RANGES -> said;
          case ENDS -> Math.min(2 * splits(), said);
        };
    return (int) Math.min(readers, MOST_READERS);
  }

  /** Returns about how many items there are to read, if anything is known of it. */
  public OptionalLong expected() {
    return reading().where().isPresent() ? OptionalLong.empty() : OptionalLong.of(table().items());
  }

  /**
   * Reads a few items.
   *
   * @throws StoreException if they cannot be read
   */
  public synchronized ItemSample sample() throws StoreException, InterruptedException {
    if (sample.isPresent()) {
      return sample.get();
    }
    Reading some = reading().sample(ItemSample.each(table()), ItemSample.parts());
    Selection selected = Selection.of(some, table(), Wanted.ITEMS);
    long splits = selected.isScan() ? ItemSample.parts() : splits();
    sample =
        Optional.of(ItemSample.of(new TableSource(selected, wire, meter, new EmptyKeys()), splits));
    return sample.get();
  }

  /**
   * Has the service check what a user wrote for it, by one request of those that the reading sends,
   * for a single item.
   *
   * @throws InvalidPlanException if the service refuses it, in its words
   * @throws StoreException if it cannot be asked
   */
  public TableReading tried() throws StoreException {
    Reading what = selection.reading();
    boolean filters = what.serverFilter().isPresent();
    if (!filters && what.where().isEmpty() && what.project().isEmpty()) {
      return this;
    }
    TableSource source = new TableSource(selection, wire, meter, new EmptyKeys());
    try {
      Once.send(source::attempt);
      return this;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.REJECTED) {
        throw e;
      }
      throw new InvalidPlanException(
          what.words().at(filters ? "filter" : what.where().isPresent() ? "where" : "project"),
          "the service refuses this: " + e.getMessage());
    }
  }

  /** Returns what counts what it consumes. */
  public Meter meter() {
    return meter;
  }

  /** Returns whether reads are consistent, which costs twice as much. */
  public boolean consistent() {
    return selection.consistent();
  }

  /** Returns what the items are read from. */
  public Source source() {
    return new TableSource(selection, wire, meter, emptyKeys, watch);
  }

  /** Returns which of several partition keys had no items when they were read, in a sentence. */
  public Optional<String> emptyKeys() {
    return selection.isScan() ? Optional.empty() : emptyKeys.note(splits());
  }

  /**
   * Looks for reasons why nothing was selected, by a few small requests, and tells them.
   *
   * @return a sentence each
   */
  public List<String> whyEmpty() throws InterruptedException {
    return new EmptySelection(selection, wire, meter).reasons();
  }

  /** Returns what happens to each item: the filters that run here. */
  public Shaper shaper() {
    return selection.counted()
        ? Shaper.NONE
        : Filtering.of(
            selection.reading().clientFilters(), table().keyNames(), selection.projected());
  }

  /** Returns whether more than the table's own key decides what is selected, and can change. */
  public boolean mayChange() {
    return selection.mayChange();
  }

  Selection selection() {
    return selection;
  }
}
