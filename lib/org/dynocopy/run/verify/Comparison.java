package org.dynocopy.run.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.print.Reservoir;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Verification.Repair;
import org.dynocopy.spill.ItemDifference;
import org.dynocopy.store.CheckedKeySource;
import org.dynocopy.store.KeyListSource;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.DigestingSink;
import org.dynocopy.verify.Findings;
import org.dynocopy.verify.Fingerprint;

/**
 * Compares two sides, and repairs the second one. All of both is compared in little memory: each is
 * read once into a fingerprint; if these differ, both are read again, but only items of the buckets
 * that differ are noted, on disk; and what differs there is looked at once more, consistently.
 */
final class Comparison {

  /**
   * How to compare.
   *
   * @param copied the copy that made the target, where it was one
   * @param extraCounts whether the target should have no other items than the source
   * @param repair whether to repair the target
   * @param writers how many batches are written at once
   * @param job what it belongs to
   * @param out where differences are printed
   */
  record How(
      Optional<CopyEvidence> copied,
      boolean extraCounts,
      Optional<Repair> repair,
      int writers,
      Job job,
      OutputStream out) {}

  private final ComparisonStages course;
  private final ComparisonSide source;
  private final ComparisonSide target;
  private final How how;
  private final ConsistentDiff.Counts counts = new ConsistentDiff.Counts();
  private OptionalLong sourceItems = OptionalLong.empty();
  private OptionalLong targetItems = OptionalLong.empty();
  private boolean countsFit = true;
  private boolean sampled;
  private long buckets;
  private long least;
  private long repaired;
  private long deleted;
  private long spared;
  private long others;

  Comparison(Stages runner, ComparisonSide source, ComparisonSide target, How how) {
    this.course =
        new ComparisonStages(
            runner,
            how.writers(),
            how.job(),
            how.copied().isPresent() ? CopyEvidence::dropping : UnaryOperator.identity());
    this.source = source;
    this.target = target;
    this.how = how;
  }

  /**
   * Compares.
   *
   * @param passed what is known of the source since it was copied
   */
  void run(Checks checks, Passed passed) throws StoreException, InterruptedException {
    if (checks.full()) {
      full(passed.fingerprint());
      return;
    }
    if (checks.count()) {
      sourceItems = passed.items().isPresent() ? passed.items() : count(source);
      targetItems = finished() ? count(target) : OptionalLong.empty();
      countsFit =
          finished()
              && (sourceItems.equals(targetItems)
                  || !how.extraCounts() && sourceItems.getAsLong() < targetItems.getAsLong());
    }
    if (finished() && checks.sample().isPresent()) {
      sample(checks.sample().getAsInt(), passed.sample());
    }
  }

  /**
   * What is known of the source's items since they were copied, as far as it was noted.
   *
   * @param items how many there were
   * @param sample some of them, chosen at random
   * @param fingerprint that of all of them
   */
  record Passed(OptionalLong items, Optional<Reservoir> sample, Optional<Fingerprint> fingerprint) {
    static final Passed NOTHING =
        new Passed(OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private OptionalLong count(ComparisonSide side) throws InterruptedException {
    if (side instanceof ComparisonSide.Stored stored) {
      return OptionalLong.of(stored.file().fingerprint().items());
    }
    ComparisonSide.TableSide of = (ComparisonSide.TableSide) side;
    TableReading all = of.table().read(of.what(), of.counted());
    Outcome outcome = course.run("count " + side.name(), "counted", all, new DiscardingSink());
    return OptionalLong.of(outcome.counts().written());
  }

  private void sample(int size, Optional<Reservoir> given)
      throws StoreException, InterruptedException {
    ComparisonSide.TableSide from = (ComparisonSide.TableSide) source;
    Reservoir sample = given.orElseGet(() -> ComparisonSide.keys(size, from.table()));
    if (given.isEmpty()) {
      Sink drawing = digesting(from, (digests, item) -> draw(sample, item));
      course.run("choose from " + source.name(), "looked at", from.reading(), drawing);
    }
    if (finished()) {
      sampled = true;
      List<Item> keys = sample.items();
      look("look for them in " + target.name(), new KeyListSource(1, number -> keys));
    }
  }

  static void draw(Reservoir sample, Item item) {
    synchronized (sample) {
      sample.add(item);
    }
  }

  private void full(Optional<Fingerprint> passed) throws StoreException, InterruptedException {
    Fingerprint from = passed.isPresent() ? passed.get() : fingerprint(source);
    Fingerprint to = finished() ? fingerprint(target) : new Fingerprint();
    if (!finished()) {
      return;
    }
    sourceItems = OptionalLong.of(from.items());
    targetItems = OptionalLong.of(to.items());
    BitSet differing = from.differing(to);
    if (differing.isEmpty()) {
      return;
    }
    if (source instanceof ComparisonSide.TableSide a
        && target instanceof ComparisonSide.TableSide b) {
      try (ItemDifference items = new ItemDifference(WorkingFiles.notes("verify"))) {
        note(a, differing, items, true);
        if (finished()) {
          note(b, differing, items, false);
        }
        if (finished()) {
          sync(items);
          Source keys = new KeyListSource(items.lists(), n -> items.list(n, how.extraCounts()));
          look("look again at what differs", keys);
          deleteExtra(a, b, items);
          others = items.others();
        }
      } catch (IOException e) {
        throw new StoreException(Kind.REFUSED, "cannot note items on this disk: " + e, e);
      }
    } else {
      buckets = differing.cardinality();
      least = from.leastDifferent(to);
    }
  }

  /** A repair must not depend on room that the disk does not have. */
  private void sync(ItemDifference items) throws StoreException {
    try {
      items.sync();
    } catch (IOException e) {
      String none = "nothing was removed from " + target.name() + " or copied there: ";
      throw new StoreException(
          Kind.REFUSED, (how.repair().isPresent() ? none : "") + "cannot note items: " + e, e);
    }
  }

  private Fingerprint fingerprint(ComparisonSide side) throws InterruptedException {
    if (side instanceof ComparisonSide.Stored stored) {
      return stored.file().fingerprint();
    }
    Fingerprint fingerprint = new Fingerprint();
    ComparisonSide.TableSide table = (ComparisonSide.TableSide) side;
    Sink sink = digesting(table, (digests, item) -> fingerprint.add(digests));
    course.run("read " + side.name(), "fingerprinted", table.reading(), sink);
    return fingerprint;
  }

  static Sink digesting(ComparisonSide.TableSide table, DigestingSink.Receiver receiver) {
    return new DigestingSink(new DiscardingSink(), table.table().info().keyNames(), receiver);
  }

  private void note(
      ComparisonSide.TableSide side, BitSet differing, ItemDifference items, boolean ofSource)
      throws InterruptedException {
    Set<String> names = Set.copyOf(side.table().info().keyNames());
    Sink noting =
        digesting(
            side,
            (digests, item) -> {
              if (differing.get(Fingerprint.bucket(digests))) {
                Item key = new ItemMap(item).only(names);
                items.note(ofSource, digests.key(), digests.item(), key);
              }
            });
    course.run("read " + side.name() + " again", "compared", side.reading(), noting);
  }

  /** Looks at items, and copies those that should be in the target and are not. */
  private void look(String name, Source keys) throws InterruptedException {
    boolean repairs = how.repair().isPresent();
    ComparisonSide.TableSide to = (ComparisonSide.TableSide) target;
    Sink sink = repairs ? to.table().puts() : new DiscardingSink();
    ConsistentDiff.Passing passing =
        repairs ? ConsistentDiff.Passing.ITEMS : ConsistentDiff.Passing.KEYS;
    Outcome outcome =
        course.run(name, repairs ? "repaired" : "different", looking(keys, passing), sink);
    repaired = repairs ? outcome.counts().written() : 0;
  }

  /** Deletes what the source does not have by now, and what is as it was when it was compared. */
  private void deleteExtra(
      ComparisonSide.TableSide from, ComparisonSide.TableSide to, ItemDifference items)
      throws StoreException, InterruptedException {
    boolean asked = how.repair().filter(Repair::deleteExtra).isPresent();
    if (!finished() || !asked || counts.extra().sum() == 0) {
      return;
    }
    ExtraItems extra = new ExtraItems(from, to, course::say);
    extra.checkTables();
    String name = "delete what is extra in " + target.name();
    Outcome outcome = course.run(name, "deleted", extra.source(items), extra.removes());
    extra.after().forEach(course::say);
    deleted = outcome.counts().written();
    spared = outcome.counts().spared();
  }

  private Source looking(Source keys, ConsistentDiff.Passing passing) {
    return new CheckedKeySource(
        keys,
        new ConsistentDiff(
            (ComparisonSide.TableSide) source,
            how.copied(),
            (ComparisonSide.TableSide) target,
            how.extraCounts(),
            passing,
            counts,
            how.out()));
  }

  List<Report.Stage> stages() {
    return course.stages();
  }

  boolean finished() {
    return course.finished();
  }

  /** Returns how many extra items stay, as they are not as they were when they were compared. */
  long spared() {
    return spared;
  }

  /** Returns what was found. */
  Findings findings() {
    long missing = counts.missing().sum();
    long different = counts.different().sum();
    long extra = counts.extra().sum();
    long moved = sampled ? 0 : counts.alike().sum();
    long left =
        missing + different - repaired + (how.extraCounts() ? extra - deleted : 0) + buckets;
    boolean same = finished() && countsFit && left == 0;
    return new Findings(
        sourceItems,
        targetItems,
        missing,
        extra + others,
        different,
        moved,
        buckets,
        least,
        sampled ? counts.alike().sum() + missing + different : 0,
        repaired,
        deleted,
        same);
  }
}
