package org.dynocopy.store.dynamo.read;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Page;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Shape;
import org.dynocopy.store.ItemSample;
import org.dynocopy.store.MovingItems;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.dynamo.key.EmptyKeys;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.SingleRequests;

/** What is read of a table of DynamoDB. */
public final class DynamoReading implements TableReading {

  /** How many splits are read at once at most, whatever is said. */
  private static final int MOST_READERS = 256;

  private static final int USUAL_READERS = 16;

  private final EmptyKeys emptyKeys = new EmptyKeys();
  private final Selection selection;
  private final DataPlaneClient wire;
  private final Meter meter;
  private final PageObserver watch;

  /** Kept: a dry run estimates by it, and shows it. */
  private Optional<ItemSample> sample = Optional.empty();

  public DynamoReading(Selection selection, DataPlaneClient wire, Meter meter) {
    this(selection, wire, meter, PageObserver.NONE);
  }

  private DynamoReading(
      Selection selection, DataPlaneClient wire, Meter meter, PageObserver watch) {
    this.selection = selection;
    this.wire = wire;
    this.meter = meter;
    this.watch = watch;
  }

  /** Makes a reading with a rate of its own. */
  public DynamoReading(Selection selection, DataPlaneClient wire) {
    this(selection, wire, selection.table().meter());
  }

  @Override
  public TableReading divided(long segments) {
    return way() == Way.SCAN
        ? new DynamoReading(selection.divided(Math.toIntExact(segments)), wire, meter)
        : this;
  }

  /**
   * Returns the same reading with a watch over it.
   *
   * @param delivered sees each page of a query as it is handed over
   */
  DynamoReading watched(UnaryOperator<Page> delivered) {
    PageObserver all = new PageObserver(UnaryOperator.identity(), delivered, false);
    return new DynamoReading(selection, wire, meter, all);
  }

  /**
   * Returns the same reading by a reader for each partition key, which comes from its upper end.
   *
   * @param selected returns what of each page of a query is wanted
   * @param delivered sees each as it is handed over
   */
  DynamoReading downwards(UnaryOperator<Page> selected, UnaryOperator<Page> delivered) {
    Selection unshared = Selection.of(reading().unshared(), table(), selection.wanted());
    return new DynamoReading(unshared, wire, meter, new PageObserver(selected, delivered, true));
  }

  @Override
  public Reading reading() {
    return selection.reading();
  }

  @Override
  public TableInfo table() {
    return selection.table();
  }

  @Override
  public Optional<TableInfo.Index> index() {
    return selection.index();
  }

  @Override
  public boolean completed() {
    return selection.completed();
  }

  @Override
  public Way way() {
    if (selection.isScan()) {
      return Way.SCAN;
    }
    return selection.cuttable() ? Way.RANGES : selection.meetable() ? Way.ENDS : Way.QUERY;
  }

  @Override
  public boolean readsFromBothEnds() {
    return selection.meetable() && reading().limit().isEmpty();
  }

  @Override
  public long splits() {
    return selection.keys().map(QueryKeys::number).orElseGet(() -> (long) selection.segments());
  }

  @Override
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

  @Override
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

  @Override
  public OptionalLong expected() {
    return reading().where().isPresent() ? OptionalLong.empty() : OptionalLong.of(table().items());
  }

  @Override
  public synchronized ItemSample sample() throws StoreException, InterruptedException {
    if (sample.isPresent()) {
      return sample.get();
    }
    Reading some = reading().sample(TableSampler.each(table()), TableSampler.PARTS);
    Selection selected = Selection.of(some, table(), ReadMode.ITEMS);
    long splits = selected.isScan() ? TableSampler.PARTS : splits();
    sample =
        Optional.of(
            TableSampler.sample(new TableSource(selected, wire, meter, new EmptyKeys()), splits));
    return sample.get();
  }

  @Override
  public DynamoReading tried() throws StoreException {
    Reading what = selection.reading();
    boolean filters = what.serverFilter().isPresent();
    if (!filters && what.where().isEmpty() && what.project().isEmpty()) {
      return this;
    }
    TableSource source = new TableSource(selection, wire, meter, new EmptyKeys());
    try {
      SingleRequests.send(source::attempt);
      return this;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.REJECTED) {
        throw e;
      }
      throw new InvalidJobException(
          what.words().at(filters ? "filter" : what.where().isPresent() ? "where" : "project"),
          "the service refuses this: " + e.getMessage());
    }
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public boolean consistent() {
    return selection.consistent();
  }

  @Override
  public Source source() {
    return new TableSource(selection, wire, meter, emptyKeys, watch);
  }

  @Override
  public Optional<String> emptyKeys() {
    return selection.isScan() ? Optional.empty() : emptyKeys.note(splits());
  }

  @Override
  public List<String> whyEmpty() throws InterruptedException {
    return new EmptySelection(selection, wire, meter).reasons();
  }

  @Override
  public Shape shape() {
    return selection.shape().afterReading();
  }

  @Override
  public boolean mayChange() {
    return selection.mayChange();
  }

  @Override
  public Optional<MovingItems> movingItems() {
    return index().map(moving -> new IndexItems(this));
  }

  /** Returns what a reading of this store selects. */
  public static Selection selection(TableReading reading) {
    return ((DynamoReading) reading).selection;
  }
}
