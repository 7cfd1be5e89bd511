package org.dynocopy.job.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.PreparedBackup;
import org.dynocopy.job.PreparedCopy;
import org.dynocopy.job.PreparedDeletion;
import org.dynocopy.job.PreparedQuery;
import org.dynocopy.job.PreparedRestore;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Reading;
import org.dynocopy.store.dynamo.ItemSample;
import org.dynocopy.store.dynamo.TableInfo;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.dynamo.capacity.Meter;

/** Estimates what a job will take. */
public final class Estimator {

  private static final double PAGE = 1 << 20;
  private static final double READ_BYTES = 4_096;
  private static final int BATCH = 25;
  private static final int KEYS = 100;
  private static final double KB = 1_024;

  private final List<Use> uses = new ArrayList<>();
  private final List<Use> least = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Optional<ItemSample> sample = Optional.empty();
  private double items;
  private double bytes;
  private boolean upperBound;
  private double readRequests;
  private double writeRequests;

  private Estimator() {}

  /**
   * Estimates a job that reads or writes items here; reads a few items of it, where they are
   * written.
   *
   * @return nothing for a job of which nothing is known before
   */
  public static Optional<Estimate> of(Prepared job) {
    Estimator estimator = new Estimator();
    if (job instanceof PreparedCopy copy) {
      estimator.copy(copy);
    } else if (job instanceof PreparedDeletion deletion) {
      estimator.delete(deletion);
    } else if (job instanceof PreparedQuery query) {
      estimator.read(query.reading());
    } else if (job instanceof PreparedBackup backup) {
      estimator.read(backup.reading());
    } else if (!(job instanceof PreparedRestore restore) || !estimator.restore(restore)) {
      return Optional.empty();
    }
    return Optional.of(estimator.estimate());
  }

  private Estimate estimate() {
    return new Estimate(
        Math.round(items),
        Math.round(bytes),
        upperBound,
        Math.round(readRequests),
        Math.round(writeRequests),
        Estimate.byTable(uses),
        Estimate.byTable(least),
        sample.map(some -> some.items().size()).orElse(0),
        sample.map(ItemSample::units).orElse(0.0),
        List.copyOf(remarks));
  }

  private void copy(PreparedCopy copy) {
    take(copy.reading());
    Plan plan = copy.job();
    Predicate<String> written = any -> true;
    if (!plan.reading().project().isEmpty()) {
      Set<String> names =
          Stream.concat(copy.to().keyNames().stream(), plan.reading().project().stream())
              .collect(Collectors.toSet());
      written = names::contains;
    }
    WriteUnits units = new WriteUnits(sampled(), written);
    read(copy.reading(), units);
    write(copy.targetMeter(), copy.to(), units, copy.reading());
    copy.replaced().ifPresent(old -> replace(copy, old, plan.replace().orElseThrow()));
    if (copy.to().items() > 0 && !copy.to().indexes().isEmpty()) {
      remarks.add(
          "the target has items: where one is overwritten, its indexes may take less, or more if"
              + " their keys change");
    }
  }

  private void delete(PreparedDeletion deletion) {
    TableReading reading = deletion.reading();
    take(reading);
    WriteUnits units = new WriteUnits(sampled(), any -> true);
    read(reading, units);
    write(reading.meter(), reading.table(), units, reading);
  }

  private void read(TableReading reading) {
    boolean some = reading.reading().where().isPresent() || reading.completed();
    if (some) {
      take(reading);
    }
    read(reading, new WriteUnits(sampled(), any -> true));
  }

  private boolean restore(PreparedRestore restore) {
    List<Item> some = restore.sample();
    if (some.isEmpty() || restore.table().isEmpty()) {
      return false;
    }
    WriteUnits units = new WriteUnits(some, any -> true);
    items = restore.items().orElse(0);
    bytes = items * units.average();
    writeRequests = Math.ceil(items / BATCH);
    TableInfo table = restore.table().get().info();
    Use use = new Use(restore.table().get().meter(), Map.of(), units.of(table, items, bytes));
    uses.add(use);
    least.add(use);
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

  private List<Item> sampled() {
    return sample.map(ItemSample::items).orElse(List.of());
  }

  /** Counts what is read, and what it takes. */
  private void read(TableReading reading, WriteUnits units) {
    Optional<TableInfo.Index> index = reading.index();
    TableInfo table = reading.table();
    double all = index.map(TableInfo.Index::items).orElse(table.items());
    double allBytes = index.map(TableInfo.Index::bytes).orElse(table.bytes());
    boolean counted = sample.filter(ItemSample::complete).isPresent();
    if (counted) {
      double average = all == 0 ? units.average() : allBytes / all;
      all = sampled().size();
      allBytes = all * average;
    }
    boolean filtered = reading.reading().filtered();
    items = filtered ? all : Math.min(all, reading.reading().limit().orElse(Long.MAX_VALUE));
    bytes = all == 0 ? 0 : allBytes * items / all;
    upperBound = filtered || reading.reading().where().isPresent() && !counted;

    double unit = reading.consistent() ? 1 : 0.5;
    double pages = Math.max(reading.splits(), Math.ceil(bytes / PAGE));
    // Each page is rounded up: by half of 4 KB on average, by all of it where it is empty.
    double rounding = items == 0 ? 1 : Math.min(1, 0.5 + 0.5 * Math.exp(-items / pages));
    double pageUnits = unit * (bytes / READ_BYTES + pages * rounding);
    readRequests += pages;
    Use pagesUse =
        new Use(
            reading.meter(),
            Map.of(
                index.filter(TableInfo.Index::global).map(TableInfo.Index::name).orElse(""),
                pageUnits),
            Map.of());
    uses.add(pagesUse);
    if (!upperBound || reading.reading().where().isEmpty()) {
      least.add(pagesUse);
    }
    if (reading.completed()) {
      readRequests += Math.ceil(items / KEYS);
      Use whole = new Use(reading.meter(), Map.of("", items * units.rounded(READ_BYTES)), Map.of());
      uses.add(whole);
    }
  }

  private void write(Meter meter, TableInfo to, WriteUnits units, TableReading from) {
    boolean asTheTableSays = from.index().isEmpty() && from.reading().project().isEmpty();
    double written = asTheTableSays || sampled().isEmpty() ? bytes : items * units.average();
    writeRequests += Math.ceil(items / BATCH);
    Use use = new Use(meter, Map.of(), units.of(to, items, written));
    uses.add(use);
    if (!upperBound) {
      least.add(use);
    }
  }

  /** Adds what it takes to look at the target, and to remove what the source does not have. */
  private void replace(PreparedCopy copy, TableReading old, Plan.Replace how) {
    TableInfo to = old.table();
    Reading what = old.reading();
    double all = to.items();
    double pages = Math.max(old.splits(), Math.ceil(to.bytes() / PAGE));
    double unit = old.consistent() ? 1 : 0.5;
    String index =
        old.index().filter(TableInfo.Index::global).map(TableInfo.Index::name).orElse("");
    double indexBytes = old.index().map(TableInfo.Index::bytes).orElse(to.bytes());
    Use look =
        new Use(old.meter(), Map.of(index, unit * (indexBytes / READ_BYTES + pages / 2)), Map.of());
    readRequests += pages;
    uses.add(look);
    if (what.where().isEmpty()) {
      least.add(look);
    }
    double left = how.truncateFirst() ? all : Math.max(0, all - items);
    double average = all == 0 ? 0 : to.bytes() / all;
    if (left > 0) {
      if (!how.truncateFirst()) {
        Map<String, Double> again = Map.of("", left * Math.max(1, Math.ceil(average / READ_BYTES)));
        uses.add(new Use(copy.reading().meter(), again, Map.of()));
        readRequests += Math.ceil(left / KEYS);
      }
      Use removal = new Use(old.meter(), Map.of(), removal(to, left / all));
      uses.add(removal);
      writeRequests += Math.ceil(left / BATCH);
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

  /** Returns the units for deleting a share of a table, by its own counts. */
  private static Map<String, Double> removal(TableInfo table, double share) {
    Map<String, Double> units = new LinkedHashMap<>();
    units.put("", share * rounded(table.items(), table.bytes()));
    for (TableInfo.Index index : table.indexes().values()) {
      double own = share * rounded(index.items(), index.bytes());
      units.merge(index.global() ? index.name() : "", own, Double::sum);
    }
    return units;
  }

  private static double rounded(double items, double bytes) {
    return Math.max(items, bytes / KB + items / 2);
  }
}
