package org.dynocopy.engine;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;

/** A sink in memory that fails in every way that sinks fail, and watches the engine. */
final class MemorySink implements Sink {

  /** So many failures in a row each thread meets at most. */
  private static final int MOST_FAILURES = 3;

  /** So many batches are refused whole at most: a pause of up to a second may come after each. */
  private static final int MOST_REFUSED = 40;

  private final Random random;
  private final PassingFailures failing;
  private final AtomicInteger refused = new AtomicInteger();
  private final int maxItems;
  private final long maxBytes;
  private final double faults;
  private final boolean slow;
  private final Consumer<Thing> settled;
  private final ThreadLocal<Integer> failures = ThreadLocal.withInitial(() -> 0);
  private final Map<String, String> inFlight = new ConcurrentHashMap<>();
  private final Map<String, Integer> lastByKeyAndSplit = new ConcurrentHashMap<>();

  /** What broke a law; empty if the engine is good. */
  final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /** Ids of the items that the sink has said it has. */
  final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  final DoubleAdder units = new DoubleAdder();
  final AtomicLong bytes = new AtomicLong();

  MemorySink(Random random, Consumer<Thing> settled) {
    this.random = random;
    this.failing = new PassingFailures(random);
    this.settled = settled;
    this.maxItems = 1 + random.nextInt(25);
    this.maxBytes = 100 + random.nextInt(5_000);
    this.faults = random.nextInt(3) * 0.2;
    this.slow = random.nextInt(4) == 0;
  }

  @Override
  public int maxItems() {
    return maxItems;
  }

  @Override
  public long maxBytes() {
    return maxBytes;
  }

  @Override
  public Object key(Item item) {
    return Thing.of(item).key();
  }

  /** Returns the place of the last item written with a key, by key and split. */
  Map<String, Integer> last() {
    return lastByKeyAndSplit;
  }

  @Override
  public Written write(List<Item> batch) throws StoreException, InterruptedException {
    List<Thing> things = batch.stream().map(Thing::of).toList();
    watch(things);
    if (slow) {
      Thread.sleep(random.nextInt(3));
    }
    if (things.stream().anyMatch(t -> t.fate() == Thing.Fate.POISON)) {
      if (things.size() == 1) {
        end(things.get(0));
      }
      throw new StoreException(Kind.REJECTED, "poisonous");
    }
    boolean mayFail = failures.get() < MOST_FAILURES && refused.get() < MOST_REFUSED;
    if (mayFail && random.nextDouble() < faults) {
      fail(things);
    }
    BitSet unprocessed = new BitSet();
    BitSet conflicts = new BitSet();
    BitSet spared = new BitSet();
    for (int i = 0; i < things.size(); i++) {
      boolean keep = (mayFail || i > 0) && random.nextDouble() < faults;
      unprocessed.set(i, keep);
      if (!keep && things.get(i).fate() == Thing.Fate.CONFLICT) {
        conflicts.set(i);
        end(things.get(i));
      } else if (!keep && things.get(i).fate() == Thing.Fate.SPARED) {
        spared.set(i);
        end(things.get(i));
      } else if (!keep) {
        store(things.get(i));
        acknowledge(things.get(i));
      }
    }
    boolean none = unprocessed.cardinality() == things.size();
    refused.addAndGet(none ? 1 : 0);
    failures.set(none ? failures.get() + 1 : unprocessed.isEmpty() ? 0 : 1);
    units.add(things.size() / 2.0);
    return new Written(unprocessed, conflicts, spared, things.size() / 2.0);
  }

  private void fail(List<Thing> things) throws StoreException {
    failures.set(failures.get() + 1);
    refused.incrementAndGet();
    if (random.nextBoolean()) {
      things.subList(0, random.nextInt(things.size() + 1)).stream()
          .filter(thing -> thing.fate() == Thing.Fate.WRITTEN)
          .forEach(this::store);
    }
    throw failing.next();
  }

  private void watch(Collection<Thing> batch) {
    long size = batch.stream().mapToLong(t -> t.item().length()).sum();
    if (batch.isEmpty() || batch.size() > maxItems) {
      violations.add(batch.size() + " items in a batch");
    }
    if (size > maxBytes && batch.size() > 1) {
      violations.add(size + " bytes in a batch of " + batch.size());
    }
    Set<String> keys = new HashSet<>();
    for (Thing thing : batch) {
      if (!keys.add(thing.key())) {
        violations.add(thing.key() + " twice in a batch");
      }
      String other = inFlight.putIfAbsent(thing.key(), thing.id());
      if (other != null && !other.equals(thing.id())) {
        violations.add(other + " and " + thing.id() + " in flight at once");
      }
      if (acknowledged.contains(thing.id())) {
        violations.add(thing.id() + " came again after it was written");
      }
    }
  }

  private void store(Thing thing) {
    lastByKeyAndSplit.merge(
        thing.key() + " in " + thing.split(),
        thing.number(),
        (before, now) -> {
          if (before > now) {
            violations.add("place " + now + " of " + thing.key() + " written after " + before);
          }
          return now;
        });
  }

  private void acknowledge(Thing thing) {
    acknowledged.add(thing.id());
    bytes.addAndGet(thing.item().length());
    end(thing);
  }

  private void end(Thing thing) {
    inFlight.remove(thing.key(), thing.id());
    settled.accept(thing);
  }
}
