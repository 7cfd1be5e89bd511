package org.dynocopy.run.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.store.TableInfo;

/** Adds up what requests will consume. */
final class RequestEstimate {

  private static final int BATCH = 25;
  private static final int KEYS = 100;

  private final List<ExpectedUsage> uses = new ArrayList<>();
  private final List<ExpectedUsage> least = new ArrayList<>();
  private double reads;
  private double writes;

  /** Reads pages; it is certain if they are read though a filter may let nothing through. */
  void read(PageEstimate pages, boolean certain) {
    reads += pages.number();
    use(pages.use(), certain);
  }

  /**
   * Reads an index once more after a copy, without fetching whole items again.
   *
   * @return what that means, if it is done
   */
  Optional<String> twice(Estimator.CopyUse copy, double items, double bytes, boolean certain) {
    PageEstimate pages = new PageEstimate(copy.reading(), items, bytes);
    if (!copy.plan().readsTwice() || pages.number() <= 1) {
      return Optional.empty();
    }
    read(pages, certain);
    return Optional.of(
        "the index is read twice, to copy what moves in it meanwhile, too; `readOnce` leaves that"
            + " out");
  }

  /** Looks for items by their keys, each of which takes so many units. */
  void look(Meter meter, double items, double unitsEach) {
    reads += Math.ceil(items / KEYS);
    use(new ExpectedUsage(meter, Map.of("", items * unitsEach), Map.of()), false);
  }

  /** Does so where the items are as large as a table's are on average. */
  void look(Meter meter, double items, TableInfo table) {
    double average = table.items() == 0 ? 0 : (double) table.bytes() / table.items();
    look(meter, items, Math.max(1, Math.ceil(average / PageEstimate.UNIT)));
  }

  /** Writes or deletes items. */
  void write(ExpectedUsage use, double items, boolean certain) {
    writes += Math.ceil(items / BATCH);
    use(use, certain);
  }

  /** Says that the items that were noted are written one by one, not in batches. */
  void eachItemAlone(double items) {
    writes += items - Math.ceil(items / BATCH);
  }

  /** Says the same of items that are removed on a condition, and returns what that means. */
  String removedAlone(double items) {
    eachItemAlone(items);
    return "each item is a DeleteItem on a condition: the same write units as in batches, and 25"
        + " times as many requests; one that stays, as it no longer matches, is paid for too";
  }

  private void use(ExpectedUsage use, boolean certain) {
    uses.add(use);
    if (certain) {
      least.add(use);
    }
  }

  /** Adds others. */
  void add(RequestEstimate others) {
    uses.addAll(others.uses);
    least.addAll(others.least);
    reads += others.reads;
    writes += others.writes;
  }

  /** Returns how many of them read. */
  long reads() {
    return Math.round(reads);
  }

  /** Returns how many of them write. */
  long writes() {
    return Math.round(writes);
  }

  /** Returns what is consumed of each table. */
  List<ExpectedUsage> uses() {
    return Estimate.byTable(uses);
  }

  /** Returns what is consumed in any case. */
  List<ExpectedUsage> least() {
    return Estimate.byTable(least);
  }
}
