package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.engine.Thing.Fate;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The laws of a run, over random sources, random faults and random settings. */
@Execution(ExecutionMode.CONCURRENT)
class EngineLawsTest {

  private static final long USUAL_PAGE = 2 << 20;

  @TempDir Path folder;

  /** One random run and all that was seen of it. */
  private final class Case {
    final Random random;
    final MemorySource source;
    final MemorySink sink;
    final int readers;
    final long memory;
    final Path file;
    Outcome outcome;

    Case(Random random, List<Fate> fates, boolean repeats) {
      this.random = random;
      source = new MemorySource(random, fates, repeats);
      sink = new MemorySink(random, source::settled);
      readers = 1 + random.nextInt(6);
      memory = 1L << (19 + random.nextInt(5));
      file = folder.resolve("dead-" + random.nextLong() + ".jsonl");
    }

    Case run(OptionalLong limit) throws Exception {
      int writers = 1 + random.nextInt(6);
      DeadLetters letters =
          new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 1_000_000);
      Backoff backoff = random.nextInt(4) == 0 ? EngineRuns.QUICK : EngineRuns.AT_ONCE;
      RunSettings settings = new RunSettings(readers, writers, memory, limit, false, backoff);
      Engine engine = new Engine(source, this::shape, sink, letters, settings, RunListener.NONE);
      outcome = EngineRuns.run(engine);
      assertThat(sink.violations).isEmpty();
      outcome.failure().ifPresent(e -> fail("the run failed", e));
      return this;
    }

    private Optional<Item> shape(Item item) {
      Thing thing = Thing.of(item);
      switch (thing.fate()) {
        case FILTERED -> {
          source.settled(thing);
          return Optional.empty();
        }
        case BROKEN -> {
          source.settled(thing);
          throw new IllegalStateException(random.nextBoolean() ? null : "it is broken");
        }
        default -> {
          boolean same = random.nextBoolean();
          return Optional.of(same ? item : Item.of(item.toString().replace("x", "yy")));
        }
      }
    }
  }

  @Test
  void everyItemIsSettledExactlyOnceAndTheLedgerAddsUp() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          Case it = new Case(random, List.of(Fate.values()), random.nextBoolean());
          it.run(OptionalLong.empty());
          Counts counts = it.outcome.counts();
          MemorySource source = it.source;

          assertThat(it.sink.acknowledged).isEqualTo(ids(source, Fate.WRITTEN));
          assertThat(counts.written()).isEqualTo(it.sink.acknowledged.size());
          assertThat(counts.read()).isEqualTo(source.read);
          assertThat(counts.gone()).isEqualTo(source.gone);
          assertThat(counts.filtered()).isEqualTo(source.filtered + source.number(Fate.FILTERED));
          assertThat(counts.deadLettered()).isEqualTo(source.number(Fate.BROKEN, Fate.POISON));
          assertThat(counts.conflicts()).isEqualTo(source.number(Fate.CONFLICT));
          assertThat(counts.spared()).isEqualTo(source.number(Fate.SPARED));
          assertThat(counts.unaccounted()).isZero();
          assertThat(it.outcome.complete()).isTrue();

          assertThat(counts.bytesWritten()).isEqualTo(it.sink.bytes.get());
          assertThat(counts.bytesRead())
              .isEqualTo(source.things.stream().mapToLong(t -> t.item().length()).sum());
          assertThat(counts.readUnits()).isEqualTo(source.units);
          assertThat(counts.writeUnits()).isEqualTo(it.sink.units.sum());
        });
  }

  @Test
  void everyItemThatCannotBeWrittenIsInTheDeadLettersOnceAndWhole() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          Case it = new Case(random, List.of(Fate.BROKEN, Fate.POISON), random.nextBoolean());
          it.run(OptionalLong.empty());
          Path file = it.file;
          List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
          List<String> found = new ArrayList<>();
          for (String line : lines) {
            String item = line.substring(line.indexOf("\"item\":") + 7, line.length() - 1);
            Thing thing = Thing.of(Item.of(item));
            found.add(thing.id());
            String reason =
                thing.fate() == Fate.BROKEN ? "(it is broken|.*Exception)" : "poisonous";
            assertThat(line).matches("\\{\"reason\":\"" + reason + "\",\"item\":.*");
          }
          assertThat(new TreeSet<>(found)).isEqualTo(ids(it.source, Fate.BROKEN, Fate.POISON));
          assertThat(found).doesNotHaveDuplicates();
          assertThat(it.outcome.deadLetters())
              .isEqualTo(found.isEmpty() ? Optional.empty() : Optional.of(file.toString()));
        });
  }

  /** That they are never in flight together is watched by the sink, in every run here. */
  @Test
  void ofTheItemsWithOneKeyTheLastOneWins() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          Case it = new Case(random, List.of(Fate.values()), true);
          it.run(OptionalLong.empty());
          Map<String, Integer> last = new HashMap<>();
          it.source.things.stream()
              .filter(thing -> thing.fate() == Fate.WRITTEN)
              .forEach(t -> last.merge(t.key() + " in " + t.split(), t.number(), Math::max));
          assertThat(it.sink.last()).isEqualTo(last);
        });
  }

  @Test
  void pagesInFlightAreBoundedByTheBudgetAndOneOverdrawAReader() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          Case it = new Case(random, List.of(Fate.WRITTEN, Fate.FILTERED), random.nextBoolean());
          it.run(OptionalLong.empty());
          long largest = it.source.largestPage;
          long budget = Math.max(it.memory, Math.min(largest, USUAL_PAGE));
          long overdraw = it.readers * Math.max(0, largest - USUAL_PAGE);
          assertThat(it.source.mostLive.get()).isLessThanOrEqualTo(budget + overdraw);
        });
  }

  @Test
  void limitLetsExactlySoManyItemsPass() throws Exception {
    Cases.forAllAtOnce(
        20,
        random -> {
          Case it = new Case(random, List.of(Fate.values()), random.nextBoolean());
          long filtered = it.source.number(Fate.FILTERED);
          long there = it.source.things.size() - filtered;
          long limit = 1 + random.nextInt((int) there + 10);
          it.run(OptionalLong.of(limit));
          Counts counts = it.outcome.counts();
          assertThat(counts.passed()).isEqualTo(Math.min(limit, there));
          assertThat(it.outcome.counts().unaccounted()).isZero();
          assertThat(it.outcome.complete()).isTrue();
        });
  }

  private static TreeSet<String> ids(MemorySource source, Fate... fates) {
    return source.things.stream()
        .filter(thing -> List.of(fates).contains(thing.fate()))
        .map(Thing::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
