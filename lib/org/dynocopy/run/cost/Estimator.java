package org.dynocopy.run.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.ItemSample;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** Estimates what a job will take. */
public final class Estimator {

  private final RequestEstimate requests = new RequestEstimate();
  private final List<String> remarks = new ArrayList<>();
  private Optional<ItemSample> sample = Optional.empty();
  private double items;
  private double bytes;
  private boolean upperBound;

  /**
   * What is known of a copy before.
   *
   * @param to what its target says of itself, or will
   * @param meter the target's
   * @param replaced what replacing will look at of the target
   * @param compared how the target is read when it is compared
   * @param readsAgain whether the source is read twice then
   */
  public record CopyUse(
      Copy plan,
      TableReading reading,
      TableInfo to,
      Meter meter,
      Optional<TableReading> replaced,
      Optional<TableReading> compared,
      boolean readsAgain) {}

  /** Returns the items of the sample. */
  public List<Item> sampled() {
    return sample.map(ItemSample::items).orElse(List.of());
  }

  /** Adds a sentence. */
  public void remark(String sentence) {
    remarks.add(sentence);
  }

  /** Returns what it comes to. */
  public Estimate estimate() {
    return new Estimate(
        Math.round(items),
        Math.round(bytes),
        upperBound,
        requests.reads(),
        requests.writes(),
        requests.uses(),
        requests.least(),
        sample.map(some -> some.items().size()).orElse(0),
        sample.map(ItemSample::units).orElse(0.0),
        List.copyOf(remarks));
  }

  /** Adds a copy; reads a sample. */
  public void copy(CopyUse copy) {
    take(copy.reading());
    Copy plan = copy.plan();
    Predicate<String> written = any -> true;
    if (!plan.shape().project().isEmpty()) {
      Set<String> names =
          Stream.concat(copy.to().keyNames().stream(), plan.shape().project().stream())
              .collect(Collectors.toSet());
      written = names::contains;
    }
    WriteUnits units = new WriteUnits(sampled(), written);
    read(copy.reading(), units);
    requests.twice(copy, items, bytes, !upperBound).ifPresent(remarks::add);
    write(copy.meter(), copy.to(), units, copy.reading());
    if (plan.onConflict().conditional()) {
      requests.eachItemAlone(items);
      upperBound = true;
      remarks.add(
          "each item is a PutItem on a condition; one that is refused is paid for too: write units"
              + " by the size of the item that is there, or 1");
    }
    copy.replaced().ifPresent(old -> replace(copy, old, plan.replace().orElseThrow()));
    copy.compared().ifPresent(target -> verify(copy, target, units));
    if (copy.to().items() > 0 && !copy.to().indexes().isEmpty()) {
      remarks.add(
          "the target has items: where one is overwritten, its indexes may take less, or more if"
              + " their keys change");
    }
  }

  /** Adds a deletion; reads a sample. */
  public void delete(TableReading reading, boolean oneByOne) {
    take(reading);
    WriteUnits units = new WriteUnits(sampled(), any -> true);
    read(reading, units);
    write(reading.meter(), reading.table(), units, reading);
    if (oneByOne) {
      remarks.add(requests.removedAlone(items));
    }
  }

  /** Adds what is read and not written; reads a sample where the table's counts do not tell. */
  public void read(TableReading reading) {
    boolean some = reading.reading().where().isPresent() || reading.completed();
    if (some) {
      take(reading);
    }
    read(reading, new WriteUnits(sampled(), any -> true));
  }

  /**
   * Adds what is written and not read from a table.
   *
   * @param some a sample of the items
   * @return whether anything is known of it
   */
  public boolean write(Table to, long count, List<Item> some) {
    if (some.isEmpty()) {
      return false;
    }
    WriteUnits units = new WriteUnits(some, any -> true);
    items = count;
    bytes = items * units.average();
    requests.write(
        new ExpectedUsage(to.meter(), Map.of(), units.of(to.info(), items, bytes)), items, true);
    return true;
  }

  /** Reads a sample; without one, the estimate is by the average alone. */
  private void take(TableReading reading) {
    try {
      sample = Optional.of(reading.sample());
    } catch (StoreException e) {
      remarks.add("without a sample, as none could be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      remarks.add("without a sample, as it was interrupted");
    }
  }

  /** Counts what is read, and what it takes. */
  private void read(TableReading reading, WriteUnits units) {
    Optional<TableInfo.Index> index = reading.index();
    TableInfo table = reading.table();
    double all = index.map(TableInfo.Index::items).orElse(table.items());
    double allBytes = index.map(TableInfo.Index::bytes).orElse(table.bytes());
    boolean counted = sample.filter(ItemSample::complete).isPresent();
    double average = all == 0 || allBytes == 0 ? units.average() : allBytes / all;
    if (!counted && all < sampled().size()) {
      remarks.add("`" + table.name() + "` has more items than it tells: it may take much more");
    }
    all = counted ? sampled().size() : Math.max(all, sampled().size());
    allBytes = all * average;
    boolean filtered = reading.reading().filtered();
    items = filtered ? all : Math.min(all, reading.reading().limit().orElse(Long.MAX_VALUE));
    bytes = all == 0 ? 0 : allBytes * items / all;
    upperBound = filtered || reading.reading().where().isPresent() && !counted;

    boolean certain = !upperBound || reading.reading().where().isEmpty();
    requests.read(new PageEstimate(reading, items, bytes), certain);
    complete(reading, units);
  }

  /** Adds what it takes to fetch whole items where an index has parts of them. */
  private void complete(TableReading reading, WriteUnits units) {
    if (reading.completed()) {
      requests.look(reading.meter(), items, units.rounded(PageEstimate.UNIT));
    }
  }

  /**
   * Adds a comparison.
   *
   * @param sides what is read of tables, the source's first
   */
  public void verify(Checks checks, List<TableReading> sides, boolean repairs) {
    List<TableReading> read = new ArrayList<>(checks.all() ? sides : List.of());
    if (checks.drawn().isPresent()) {
      read.add(sides.get(0));
      for (TableReading side : sides) {
        int drawn = checks.drawn().getAsInt();
        requests.look(side.meter(), Math.min(drawn, sides.get(0).table().items()), side.table());
      }
    }
    read.forEach(this::add);
    if (checks.full() && sides.size() == 2) {
      remarks.add("where they differ, both are read once more, and what differs by its key");
    }
    if (repairs) {
      remarks.add("how much is repaired, and what that takes, is not known before");
    }
  }

  /** Adds a reading to others. */
  private void add(TableReading reading) {
    Estimator one = new Estimator();
    one.read(reading);
    items += one.items;
    bytes += one.bytes;
    upperBound |= one.upperBound;
    requests.add(one.requests);
    remarks.addAll(one.remarks);
    sample = Stream.of(sample, one.sample).flatMap(Optional::stream).reduce(ItemSample::plus);
  }

  /** Adds what it takes to compare the target with what was copied. */
  private void verify(CopyUse copy, TableReading target, WriteUnits units) {
    Checks checks = copy.plan().verify().orElseThrow();
    if (copy.readsAgain()) {
      requests.read(new PageEstimate(copy.reading(), items, bytes), !upperBound);
      complete(copy.reading(), units);
    }
    if (checks.all()) {
      double copied = target.index().isPresent() ? bytes : written(copy.reading(), units);
      boolean others = target.reading().where().isEmpty() && copy.plan().replace().isEmpty();
      PageEstimate all =
          others
              ? new PageEstimate(
                  target, Math.max(items, copy.to().items()), Math.max(copied, copy.to().bytes()))
              : new PageEstimate(target, items, copied);
      requests.read(all, !upperBound);
      complete(target, units);
    }
    if (checks.drawn().isPresent()) {
      double drawn = Math.min(checks.drawn().getAsInt(), items);
      requests.look(copy.reading().meter(), drawn, copy.reading().table());
      requests.look(copy.meter(), drawn, copy.reading().table());
    }
    remarks.add(
        "the target is read to verify it: more, if it has others than the source, and both once"
            + " more where they differ");
  }

  /** Returns how large the items are together that are written. */
  private double written(TableReading from, WriteUnits units) {
    boolean asTheTableSays = from.index().isEmpty() && from.reading().shape().wholeItems();
    return asTheTableSays || sampled().isEmpty() ? bytes : items * units.average();
  }

  private void write(Meter meter, TableInfo to, WriteUnits units, TableReading from) {
    ExpectedUsage use =
        new ExpectedUsage(meter, Map.of(), units.of(to, items, written(from, units)));
    requests.write(use, items, !upperBound);
  }

  /** Adds what it takes to look at the target, and to remove what the source does not have. */
  private void replace(CopyUse copy, TableReading old, Copy.Replace how) {
    TableInfo to = old.table();
    Reading what = old.reading();
    double all = to.items();
    double size = old.index().map(TableInfo.Index::bytes).orElse(to.bytes());
    requests.read(new PageEstimate(old, all, size), what.where().isEmpty());
    double left = how.truncateFirst() ? all : Math.max(0, all - items);
    if (left > 0) {
      if (!how.truncateFirst()) {
        requests.look(copy.reading().meter(), left, to);
      }
      ExpectedUsage removal =
          new ExpectedUsage(old.meter(), Map.of(), WriteUnits.ofRemoval(to, left / all));
      requests.write(removal, left, false);
      if (!how.truncateFirst() || old.mayChange()) {
        requests.look(old.meter(), left, to);
        remarks.add(requests.removedAlone(left));
      }
    }
    upperBound |= what.part();
    remarks.add(
        how.truncateFirst()
            ? "the target is read, and all that is selected of it is deleted"
            : String.format(
                Locale.ROOT,
                "the target is read, and about %,.0f items are removed from it: more, if it has"
                    + " others than the source",
                left));
  }
}
