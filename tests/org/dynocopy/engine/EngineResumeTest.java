package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run that is killed at any moment goes on from the last checkpoint that was kept. */
@Execution(ExecutionMode.CONCURRENT)
class EngineResumeTest {

  private static final List<Thing.Fate> FATES =
      List.of(
          Thing.Fate.WRITTEN,
          Thing.Fate.FILTERED,
          Thing.Fate.BROKEN,
          Thing.Fate.CONFLICT,
          Thing.Fate.SPARED);

  @TempDir Path folder;

  /** Takes some of each batch, after a while. */
  private static final class SlowSink implements Sink {
    final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Random random;

    SlowSink(Random random) {
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
      BitSet unprocessed = new BitSet();
      BitSet conflicts = new BitSet();
      BitSet spared = new BitSet();
      for (int i = 0; i < batch.size(); i++) {
        unprocessed.set(i, random.nextInt(4) == 0);
        Thing thing = Thing.of(batch.get(i));
        conflicts.set(i, !unprocessed.get(i) && thing.fate() == Thing.Fate.CONFLICT);
        spared.set(i, !unprocessed.get(i) && thing.fate() == Thing.Fate.SPARED);
        if (!unprocessed.get(i) && !conflicts.get(i) && !spared.get(i)) {
          written.add(thing.id());
        }
      }
      return new Written(unprocessed, conflicts, spared, 1);
    }
  }

  private Engine engine(
      MemorySource source, Sink sink, Random random, Checkpoint from, CheckpointStore keeper)
      throws IOException {
    return engine(source, sink, random, OptionalLong.empty(), from, keeper);
  }

  private Engine engine(
      MemorySource source,
      Sink sink,
      Random random,
      OptionalLong limit,
      Checkpoint from,
      CheckpointStore keeper)
      throws IOException {
    Shaper shaper =
        item -> {
          switch (Thing.of(item).fate()) {
            case FILTERED -> {
              return Optional.empty();
            }
            case BROKEN -> throw new IllegalStateException("it is broken");
            default -> {
              return Optional.of(item);
            }
          }
        };
    Path file = folder.resolve("dead-" + random.nextLong() + ".jsonl");
    return new Engine(
        source,
        shaper,
        sink,
        new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 1_000_000),
        new RunSettings(
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            4 << 20,
            limit,
            false,
            EngineRuns.AT_ONCE),
        RunListener.NONE,
        from,
        keeper);
  }

  @Test
  void nothingIsLostFromAnyCheckpointOnAndTheLedgerAddsUp() {
    Cases.forAll(
        60,
        random -> {
          MemorySource source = new MemorySource(random, FATES, random.nextBoolean());
          SlowSink sink = new SlowSink(random);
          Checkpoint from = Checkpoint.START;
          for (int kills = random.nextInt(4); kills > 0; kills--) {
            from = killed(engine(source, sink, random, from, checkpoint -> {}), random);
            assertThat(from.counts().unaccounted()).as("all that is counted is settled").isZero();
          }
          Outcome outcome = EngineRuns.run(engine(source, sink, random, from, checkpoint -> {}));
          assertThat(outcome.complete()).isTrue();
          assertThat(sink.written)
              .isEqualTo(
                  source.things.stream()
                      .filter(thing -> thing.fate() == Thing.Fate.WRITTEN)
                      .map(Thing::id)
                      .collect(Collectors.toSet()));
          Counts counts = outcome.counts();
          assertThat(counts.read()).isEqualTo(source.read);
          assertThat(counts.gone()).isEqualTo(source.gone);
          assertThat(counts.filtered())
              .isEqualTo(source.filtered + source.number(Thing.Fate.FILTERED));
          assertThat(counts.written()).isEqualTo(source.number(Thing.Fate.WRITTEN));
          assertThat(counts.deadLettered()).isEqualTo(source.number(Thing.Fate.BROKEN));
          assertThat(counts.conflicts()).isEqualTo(source.number(Thing.Fate.CONFLICT));
          assertThat(counts.spared()).isEqualTo(source.number(Thing.Fate.SPARED));
        });
  }

  @Test
  void aLimitCountsWhatWasSettledOfHalfPagesToo() throws Exception {
    Cases.forAllAtOnce(
        30,
        random -> {
          MemorySource source = new MemorySource(random, FATES, random.nextBoolean());
          SlowSink sink = new SlowSink(random);
          long there = source.number(Thing.Fate.values()) - source.number(Thing.Fate.FILTERED);
          OptionalLong limit = OptionalLong.of(1 + random.nextInt((int) there + 10));
          Checkpoint from = Checkpoint.START;
          for (int kills = random.nextInt(4); kills > 0; kills--) {
            from = killed(engine(source, sink, random, limit, from, checkpoint -> {}), random);
            from = random.nextBoolean() ? from : changed(from, random);
            assertThat(from.settled().passed()).isLessThanOrEqualTo(limit.getAsLong());
          }
          Outcome outcome =
              EngineRuns.run(engine(source, sink, random, limit, from, checkpoint -> {}));
          Counts counts = outcome.counts();
          assertThat(outcome.complete()).isTrue();
          assertThat(counts.unaccounted()).isZero();
          assertThat(counts.passed()).isEqualTo(Math.min(limit.getAsLong(), there));
        });
  }

  @Test
  void pagesThatHaveChangedAreCopiedWholeAndCountOnce() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          MemorySource source = new MemorySource(random, FATES, random.nextBoolean());
          SlowSink sink = new SlowSink(random);
          Checkpoint from =
              killed(engine(source, sink, random, Checkpoint.START, checkpoint -> {}), random);
          sink.written.clear();
          Outcome outcome =
              EngineRuns.run(engine(source, sink, random, changed(from, random), c -> {}));
          assertThat(outcome.complete()).isTrue();
          assertThat(outcome.counts().read()).isEqualTo(source.read);
          assertThat(outcome.counts().written()).isEqualTo(source.number(Thing.Fate.WRITTEN));
          // What is counted from before is what was settled before the positions, and no half page.
          long before = from.counts().written();
          assertThat(sink.written.size())
              .isLessThanOrEqualTo((int) (source.number(Thing.Fate.WRITTEN) - before));
        });
  }

  /** Returns the same checkpoint of a source in which some pages are others. */
  static Checkpoint changed(Checkpoint from, Random random) {
    List<Open> open =
        from.open().stream()
            .map(
                split ->
                    new Open(
                        split.split(),
                        split.part(),
                        split.after(),
                        split.partialPages().stream()
                            .map(half -> random.nextInt(3) == 0 ? half : changed(half))
                            .toList()))
            .toList();
    return new Checkpoint(from.unread(), open, from.counts());
  }

  private static PartialPage changed(PartialPage half) {
    return new PartialPage(
        half.after(),
        half.read(),
        half.digest() + 1,
        half.settled(),
        half.filtered(),
        half.deadLettered(),
        half.conflicts(),
        half.spared(),
        0);
  }

  /** Returns one of the checkpoints of a run, which then ends as if it had never gone on. */
  static Checkpoint killed(Engine engine, Random random) throws Exception {
    CompletableFuture<Outcome> running = EngineRuns.start(engine);
    List<Checkpoint> seen = new ArrayList<>();
    for (int looks = 1 + random.nextInt(40); looks > 0; looks--) {
      seen.add(engine.checkpoint());
      Thread.sleep(0, 1 + random.nextInt(900_000));
    }
    engine.stop();
    running.get();
    seen.add(engine.checkpoint());
    return seen.get(random.nextInt(seen.size()));
  }

  /** What passed the limit is on the disk before it is written: the next run passes the same. */
  @Test
  void limitIsExactHoweverOftenKilled() {
    Cases.forAll(
        60,
        random -> {
          List<Thing.Fate> fates = List.of(Thing.Fate.FILTERED, Thing.Fate.BROKEN);
          MemorySource source = new MemorySource(random, fates, false);
          SlowSink sink = new SlowSink(random);
          long all = source.number(Thing.Fate.WRITTEN, Thing.Fate.BROKEN);
          OptionalLong limit = OptionalLong.of(1 + random.nextInt(150));
          List<Checkpoint> kept = new ArrayList<>(List.of(Checkpoint.START));
          for (int kill = random.nextInt(4); kill > 0; kill--) {
            AtomicInteger left = new AtomicInteger(random.nextInt(6));
            CheckpointStore killing =
                now -> {
                  if (left.getAndDecrement() <= 0) {
                    throw new IOException("killed");
                  }
                  kept.add(now);
                };
            EngineRuns.run(engine(source, sink, random, limit, kept.get(kept.size() - 1), killing));
          }
          Checkpoint last = kept.get(kept.size() - 1);
          Outcome outcome = EngineRuns.run(engine(source, sink, random, limit, last, now -> {}));
          assertThat(outcome.failure()).isEmpty();
          assertThat(outcome.counts().unaccounted()).isZero();
          assertThat(outcome.counts().written() + outcome.counts().deadLettered())
              .isEqualTo(Math.min(limit.getAsLong(), all));
          assertThat(sink.written).hasSize((int) outcome.counts().written());
        });
  }

  @Test
  void aRunThatEndedHasNothingLeft() throws Exception {
    Random random = new Random(3);
    List<Checkpoint> kept = new ArrayList<>();
    MemorySource source = new MemorySource(random, List.of(Thing.Fate.WRITTEN), false);
    SlowSink sink = new SlowSink(random);
    Outcome outcome = EngineRuns.run(engine(source, sink, random, Checkpoint.START, kept::add));
    Checkpoint last = kept.get(kept.size() - 1);
    assertThat(last.open()).isEmpty();
    assertThat(last.counts()).isEqualTo(outcome.counts());
    sink.written.clear();
    Outcome again = EngineRuns.run(engine(source, sink, random, last, checkpoint -> {}));
    assertThat(sink.written).isEmpty();
    assertThat(again.counts()).isEqualTo(outcome.counts());
  }

  @Test
  void aRunThatCannotKeepItsCheckpointEnds() throws Exception {
    Random random = new Random(3);
    MemorySource source = new MemorySource(random, List.of(Thing.Fate.WRITTEN), false);
    CheckpointStore full =
        checkpoint -> {
          throw new IOException("no space left on device");
        };
    Outcome outcome =
        EngineRuns.run(engine(source, new SlowSink(random), random, Checkpoint.START, full));
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.failure().orElseThrow())
        .hasMessage("cannot keep the checkpoint: no space left on device");
  }
}
