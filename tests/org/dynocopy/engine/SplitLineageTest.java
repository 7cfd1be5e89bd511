package org.dynocopy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.NoDeadLetters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Splits that come after others, as the shards of a stream do, over three generations. */
@Execution(ExecutionMode.CONCURRENT)
class SplitLineageTest {

  private static final int GENERATIONS = 3;

  /** A split is called as its parent, and one letter more; its items as it, and a number. */
  private static final class Family implements Source {
    private final int roots;
    private final long seed;
    private final boolean named;

    Family(Random random, boolean named) {
      this.roots = 1 + random.nextInt(3);
      this.seed = random.nextLong();
      this.named = named;
    }

    @Override
    public List<Split> splits() {
      return IntStream.range(0, roots).mapToObj(n -> split(letter(n))).toList();
    }

    private static String letter(int number) {
      return "" + (char) ('a' + number);
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    @Override
    public boolean resumable() {
      return true;
    }

    @Override
    public boolean hasSuccessors() {
      return true;
    }

    private int some(String name, int most) {
      return new Random(seed ^ name.hashCode()).nextInt(most + 1);
    }

    Set<String> items() {
      Set<String> all = new TreeSet<>();
      splits().forEach(split -> addItems(split, all));
      return all;
    }

    private void addItems(Split split, Set<String> all) {
      for (int page = 0; page <= some(split.name(), 3); page++) {
        page(split.name(), page).forEach(item -> all.add(item.toString()));
      }
      split.after().forEach(next -> addItems(next, all));
    }

    private List<Item> page(String split, int page) {
      return IntStream.range(0, some(split + page, 6))
          .mapToObj(place -> Item.of(split + " " + page + "." + place))
          .toList();
    }

    private Split split(String name) {
      return new Split() {
        @Override
        public String name() {
          return name;
        }

        @Override
        public Page read(Optional<Position> after, RequestSender requests) {
          int page = after.map(at -> at.token()[0] + 1).orElse(0);
          Position next = new Position(new byte[] {(byte) page});
          boolean last = page == some(name, 3);
          List<Item> items = page(name, page);
          Optional<Position> end = last ? Optional.empty() : Optional.of(next);
          return new Page(items, end, items.size(), 0, 100, 1);
        }

        @Override
        public List<Split> after() {
          int children = name.length() < GENERATIONS ? some(name + "!", 2) : 0;
          return IntStream.range(0, children).mapToObj(n -> split(name + letter(n))).toList();
        }

        @Override
        public Optional<byte[]> part() {
          return named && name.length() > 1 ? Optional.of(name.getBytes(UTF_8)) : Optional.empty();
        }

        @Override
        public Split part(byte[] part) {
          return split(new String(part, UTF_8));
        }
      };
    }
  }

  /** Knows what was acknowledged, and finds a child whose parent was not. */
  private static final class ParentsFirst implements Sink {
    private final Random random;
    private final Family family;
    final Set<String> written = ConcurrentHashMap.newKeySet();
    final Queue<String> tooEarly = new ConcurrentLinkedQueue<>();

    ParentsFirst(Random random, Family family) {
      this.random = random;
      this.family = family;
    }

    @Override
    public int maxItems() {
      return 3;
    }

    @Override
    public long maxBytes() {
      return 1_000;
    }

    @Override
    public Object key(Item item) {
      return item.toString();
    }

    @Override
    public Written write(List<Item> batch) throws InterruptedException {
      Thread.sleep(0, random.nextInt(500_000));
      BitSet unprocessed = new BitSet();
      for (int i = 0; i < batch.size(); i++) {
        String item = batch.get(i).toString();
        String split = item.substring(0, item.indexOf(' '));
        for (int length = 1; length < split.length(); length++) {
          String parent = split.substring(0, length) + " ";
          boolean missing =
              family.items().stream()
                  .anyMatch(one -> one.startsWith(parent) && !written.contains(one));
          if (missing) {
            tooEarly.add(item);
          }
        }
        unprocessed.set(i, random.nextInt(4) == 0);
      }
      for (int i = 0; i < batch.size(); i++) {
        if (!unprocessed.get(i)) {
          written.add(batch.get(i).toString());
        }
      }
      return new Written(unprocessed, 1);
    }
  }

  private static Engine engine(
      Family family, Sink sink, Random random, Checkpoint from, CheckpointStore store) {
    return new Engine(
        family,
        Shaper.NONE,
        sink,
        new BoundedDeadLetters(new NoDeadLetters(), 1),
        new RunSettings(
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            4 << 20,
            OptionalLong.empty(),
            false,
            EngineRuns.AT_ONCE),
        RunListener.NONE,
        from,
        store);
  }

  /** Runs an engine until it has kept some checkpoints, all of which are added. */
  private static void killed(
      Family family, Sink sink, Random random, Checkpoint from, List<Checkpoint> seen)
      throws Exception {
    Engine engine = engine(family, sink, random, from, now -> {});
    var running = EngineRuns.start(engine);
    for (int looks = 1 + random.nextInt(30); looks > 0; looks--) {
      seen.add(engine.checkpoint());
      Thread.sleep(0, 1 + random.nextInt(900_000));
    }
    engine.stop();
    running.get();
    seen.add(engine.checkpoint());
  }

  private static List<String> lines(Checkpoint checkpoint) {
    return checkpoint.open().stream()
        .map(open -> open.part().map(part -> new String(part, UTF_8)))
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void checkpointHasParentOrChildrenAtAnyMoment() throws Exception {
    Cases.forAllAtOnce(
        60,
        random -> {
          Family family = new Family(random, true);
          ParentsFirst sink = new ParentsFirst(random, family);
          List<Checkpoint> seen = new ArrayList<>(List.of(Checkpoint.START));
          for (int kills = random.nextInt(4); kills > 0; kills--) {
            Checkpoint from = seen.get(seen.size() - 1);
            killed(family, sink, random, from, seen);
          }
          for (Checkpoint checkpoint : seen) {
            List<String> lines = lines(checkpoint);
            for (String line : lines) {
              assertThat(lines).noneMatch(l -> l.length() < line.length() && line.startsWith(l));
            }
          }
          Checkpoint from = seen.get(seen.size() - 1);
          finish(family, sink, random, from);
          // From any other checkpoint on nothing is lost either.
          Checkpoint any = seen.get(random.nextInt(seen.size()));
          ParentsFirst others = new ParentsFirst(random, family);
          Outcome outcome = EngineRuns.run(engine(family, others, random, any, now -> {}));
          assertThat(outcome.complete()).isTrue();
          assertThat(outcome.counts().written()).isEqualTo(family.items().size());
        });
  }

  /** What cannot be named is read again with the split that it comes after. */
  @Test
  void childrenWithoutNamesAreReadAgainWithTheirParent() throws Exception {
    Cases.forAllAtOnce(
        40,
        random -> {
          Family family = new Family(random, false);
          ParentsFirst sink = new ParentsFirst(random, family);
          List<Checkpoint> seen = new ArrayList<>(List.of(Checkpoint.START));
          killed(family, sink, random, Checkpoint.START, seen);
          finish(family, sink, random, seen.get(seen.size() - 1));
        });
  }

  private static void finish(Family family, ParentsFirst sink, Random random, Checkpoint from)
      throws Exception {
    Outcome outcome = EngineRuns.run(engine(family, sink, random, from, now -> {}));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(sink.written).isEqualTo(family.items());
    assertThat(sink.tooEarly).isEmpty();
    assertThat(outcome.counts().written()).isEqualTo(family.items().size());
    assertThat(outcome.counts().unaccounted()).isZero();
  }
}
