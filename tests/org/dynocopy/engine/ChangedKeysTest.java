package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.engine.Thing.Fate;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Items that are written to one key, as a shaper gives it to several or the source has it twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChangedKeysTest {

  @TempDir Path folder;

  /** Gives items a few keys, or leaves them those that they have. */
  private static final class Mapping implements Shaper {

    private final int keys;

    Mapping(Random random, boolean changes) {
      keys = changes ? 1 + random.nextInt(20) : 0;
    }

    @Override
    public boolean mayChangeKeys() {
      return keys > 0;
    }

    String key(Thing thing) {
      return keys == 0 ? thing.key() : "k" + thing.number() % keys;
    }

    @Override
    public Optional<Item> shape(Item item) {
      Thing thing = Thing.of(item);
      return switch (thing.fate()) {
        case FILTERED -> Optional.empty();
        case BROKEN -> throw new IllegalStateException("it is broken");
        default ->
            Optional.of(Item.of(item.toString().replace(quoted(thing.key()), quoted(key(thing)))));
      };
    }

    private static String quoted(String key) {
      return "\"key\":{\"S\":\"" + key + "\"}";
    }

    /** Returns the last item that is written with each key, of each split. */
    Map<String, Integer> last(MemorySource source) {
      Map<String, Integer> last = new HashMap<>();
      source.things.stream()
          .filter(thing -> thing.fate() == Fate.WRITTEN)
          .forEach(t -> last.merge(key(t) + " in " + t.split(), t.number(), Math::max));
      return last;
    }
  }

  private Engine engine(
      MemorySource source, Shaper shaper, Sink sink, Random random, Checkpoint from)
      throws Exception {
    Path file = folder.resolve("dead-" + random.nextLong() + ".jsonl");
    RunSettings settings =
        new RunSettings(
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            1L << (19 + random.nextInt(5)),
            OptionalLong.empty(),
            false,
            EngineRuns.AT_ONCE);
    DeadLetters letters = new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 1_000_000);
    CheckpointStore keeper = checkpoint -> {};
    return new Engine(source, shaper, sink, letters, settings, RunListener.NONE, from, keeper);
  }

  private static void assertSettled(Counts counts, MemorySource source) {
    assertThat(counts.unaccounted()).isZero();
    assertThat(counts.read()).isEqualTo(source.read);
    assertThat(counts.filtered()).isEqualTo(source.filtered + source.number(Fate.FILTERED));
    assertThat(counts.written()).isEqualTo(source.number(Fate.WRITTEN));
    assertThat(counts.deadLettered()).isEqualTo(source.number(Fate.BROKEN, Fate.POISON));
    assertThat(counts.conflicts()).isEqualTo(source.number(Fate.CONFLICT));
    assertThat(counts.spared()).isEqualTo(source.number(Fate.SPARED));
  }

  /** That no two of them are in one batch, or in flight at once, is watched by the sink. */
  @Test
  void lastItemOfTheSourceWinsAndTheLedgerAddsUp() throws Exception {
    Cases.forAllAtOnce(
        12,
        random -> {
          MemorySource source = new MemorySource(random, List.of(Fate.values()), false);
          MemorySink sink = new MemorySink(random, thing -> {});
          Mapping mapping = new Mapping(random, true);
          Outcome outcome = EngineRuns.run(engine(source, mapping, sink, random, Checkpoint.START));
          assertThat(sink.violations).isEmpty();
          assertThat(outcome.failure()).isEmpty();
          assertThat(sink.last()).isEqualTo(mapping.last(source));
          assertSettled(outcome.counts(), source);
        });
  }

  /** Keeps what it has over several runs, and does not take some of each batch. */
  private static final class Store implements Sink {
    final Map<String, Integer> last = new ConcurrentHashMap<>();
    private final Random random;

    Store(Random random) {
      this.random = random;
    }

    @Override
    public int maxItems() {
      return 5;
    }

    @Override
    public long maxBytes() {
      return 10_000;
    }

    @Override
    public Object key(Item item) {
      return Thing.of(item).key();
    }

    @Override
    public Written write(List<Item> batch) throws InterruptedException {
      Thread.sleep(random.nextInt(3));
      List<Thing> things = batch.stream().map(Thing::of).toList();
      assertThat(things).extracting(Thing::key).doesNotHaveDuplicates();
      BitSet unprocessed = new BitSet();
      BitSet conflicts = new BitSet();
      BitSet spared = new BitSet();
      for (int i = 0; i < things.size(); i++) {
        Thing thing = things.get(i);
        if (random.nextInt(4) == 0) {
          unprocessed.set(i);
        } else if (thing.fate() == Fate.CONFLICT) {
          conflicts.set(i);
        } else if (thing.fate() == Fate.SPARED) {
          spared.set(i);
        } else {
          last.put(thing.key() + " in " + thing.split(), thing.number());
        }
      }
      return new Written(unprocessed, conflicts, spared, 1);
    }
  }

  /** What is settled of half a page is never a later item without the earlier ones of its key. */
  @Test
  void lastItemOfTheSourceWinsHoweverOftenKilled() throws Exception {
    List<Fate> fates =
        List.of(Fate.WRITTEN, Fate.FILTERED, Fate.BROKEN, Fate.CONFLICT, Fate.SPARED);
    Cases.forAllAtOnce(
        30,
        random -> {
          boolean repeats = random.nextBoolean();
          MemorySource source = new MemorySource(random, fates, repeats);
          Store store = new Store(random);
          Mapping mapping = new Mapping(random, !repeats);
          Checkpoint from = Checkpoint.START;
          for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
            from = EngineResumeTest.killed(engine(source, mapping, store, random, from), random);
            from = random.nextBoolean() ? from : EngineResumeTest.changed(from, random);
          }
          Outcome outcome = EngineRuns.run(engine(source, mapping, store, random, from));
          assertThat(outcome.failure()).isEmpty();
          assertThat(store.last).isEqualTo(mapping.last(source));
          assertSettled(outcome.counts(), source);
        });
  }
}
