package org.dynocopy.run.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.run.job.PrintingSink;
import org.dynocopy.store.CheckedKeySource;
import org.dynocopy.store.Lookup;
import org.dynocopy.verify.ItemDigest;

/**
 * Looks at items on both sides by consistent reads, and prints those that are not alike: a line of
 * JSON each, with both items. What is looked at was found different before, when the tables may
 * have been changing, or is a sample.
 */
final class ConsistentDiff implements CheckedKeySource.Check {

  /** What goes on to be written. */
  enum Passing {
    /** The keys of items that differ: they are only counted. */
    KEYS,
    /** The source's items that are missing or different: they are copied. */
    ITEMS
  }

  /**
   * What was found, counted by many threads.
   *
   * @param missing items that the target does not have
   * @param extra items that only the target has
   * @param different items that both have, but not alike
   * @param alike items that are alike, or gone from both
   */
  record Counts(LongAdder missing, LongAdder extra, LongAdder different, LongAdder alike) {
    Counts() {
      this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
  }

  private final Lookup source;
  private final Optional<CopyEvidence> copied;
  private final Shaper shaper;
  private final Lookup target;
  private final List<String> keyNames;
  private final boolean extraCounts;
  private final Passing passing;
  private final Counts counts;
  private final OutputStream out;

  /**
   * Prepares.
   *
   * @param copied the copy that made the target, where it was one
   * @param extraCounts whether the target should have no other items than the source
   * @param out where to print
   */
  ConsistentDiff(
      ComparisonSide.TableSide source,
      Optional<CopyEvidence> copied,
      ComparisonSide.TableSide target,
      boolean extraCounts,
      Passing passing,
      Counts counts,
      OutputStream out) {
    this.source = source.table().lookup(source.reading());
    this.copied = copied;
    // What the copy would not write now, as a filter drops it or fails, is not looked for.
    this.shaper = copied.map(CopyEvidence::shaper).map(CopyEvidence::dropping).orElse(Shaper.NONE);
    this.target = target.table().lookup(target.reading());
    this.keyNames = target.table().info().keyNames();
    this.extraCounts = extraCounts;
    this.passing = passing;
    this.counts = counts;
    this.out = out;
  }

  @Override
  public Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException {
    ItemDigest digest = new ItemDigest(keyNames);
    List<Item> passed = new ArrayList<>();
    double units = keys.units();
    for (List<Item> some : Lookup.parts(keys.items())) {
      Lookup.Found sources = source.find(some, requests);
      Lookup.Found targets = target.find(some, requests);
      units += sources.units() + targets.units();
      for (int i = 0; i < some.size(); i++) {
        Optional<Item> wanted = shaped(sources.items().get(i));
        judge(some.get(i), wanted, targets.items().get(i), digest).ifPresent(passed::add);
      }
    }
    long bytes = keys.bytes() + passed.stream().mapToLong(Item::length).sum();
    return new Page(passed, keys.next(), keys.read(), keys.gone(), bytes, units);
  }

  private Optional<Item> shaped(Optional<Item> item) throws StoreException {
    try {
      return item.isPresent() ? shaper.shape(item.get()) : item;
    } catch (Exception e) {
      throw new StoreException(Kind.REFUSED, "an item cannot be shaped: " + e.getMessage(), e);
    }
  }

  private Optional<Item> judge(
      Item key, Optional<Item> wanted, Optional<Item> there, ItemDigest digest)
      throws StoreException {
    if (wanted.isEmpty() && there.isPresent()) {
      return extra(key, there);
    }
    if (wanted.isEmpty() || there.isPresent() && alike(wanted.get(), there.get(), digest)) {
      counts.alike().increment();
      return Optional.empty();
    }
    if (isDeadLetter(wanted.get(), digest)) {
      // The ledger of the copy has it.
      return Optional.empty();
    }
    (there.isEmpty() ? counts.missing() : counts.different()).increment();
    print(there.isEmpty() ? "missing" : "different", key, wanted, there);
    return passing == Passing.ITEMS ? wanted : Optional.of(key);
  }

  private Optional<Item> extra(Item key, Optional<Item> there) throws StoreException {
    if (!extraCounts) {
      // It was copied, and has gone from the source since.
      counts.alike().increment();
      return Optional.empty();
    }
    counts.extra().increment();
    print("extra", key, Optional.empty(), there);
    return passing == Passing.KEYS ? Optional.of(key) : Optional.empty();
  }

  private boolean isDeadLetter(Item wanted, ItemDigest digest) throws StoreException {
    return copied.isPresent() && copied.get().isDeadLetter(digests(wanted, digest));
  }

  private static boolean alike(Item one, Item other, ItemDigest digest) throws StoreException {
    return Arrays.equals(digests(one, digest).item(), digests(other, digest).item());
  }

  private static ItemDigest.Digests digests(Item item, ItemDigest digest) throws StoreException {
    try {
      return digest.of(item);
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "not an item: " + e.getMessage(), e);
    }
  }

  private void print(String what, Item key, Optional<Item> wanted, Optional<Item> there)
      throws StoreException {
    String line =
        "{\"difference\":\""
            + what
            + "\",\"key\":"
            + key
            + wanted.map(item -> ",\"source\":" + item).orElse("")
            + there.map(item -> ",\"target\":" + item).orElse("")
            + "}\n";
    try {
      synchronized (out) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      throw PrintingSink.cannotWrite(e);
    }
  }
}
