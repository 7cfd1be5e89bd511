package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.dynocopy.core.Checkpoint;
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
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.state.CheckpointFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However small pages are and however many: what is read ahead, and its checkpoint, are bounded.
 */
@Execution(ExecutionMode.CONCURRENT)
class TinyPagesTest {

  private static final int MOST_OPEN = 600;
  private static final int MOST_CHECKPOINT = 100_000;

  @TempDir private Path folder;

  /** Splits of some pages of some items each, all of the same size. */
  private record Tiny(int number, int pages, int items) implements Source {

    @Override
    public List<Split> splits() {
      return IntStream.range(0, number).<Split>mapToObj(this::split).toList();
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    private Split split(int split) {
      return new Split() {
        @Override
        public String name() {
          return "key " + split;
        }

        @Override
        public Page read(Optional<Position> after, RequestSender requests) {
          int page = after.map(p -> Integer.parseInt(new String(p.token(), UTF_8))).orElse(0);
          List<Item> some =
              IntStream.range(0, items)
                  .mapToObj(
                      i -> Item.of("{\"id\":{\"S\":\"" + split + "-" + page + "-" + i + "\"}}"))
                  .toList();
          Optional<Position> next =
              page + 1 == pages
                  ? Optional.empty()
                  : Optional.of(new Position(Integer.toString(page + 1).getBytes(UTF_8)));
          return new Page(some, next, items, 0, 30L * items, 0.5);
        }
      };
    }
  }

  /** Looks at the checkpoint between writes, as a slow target gives time to. */
  private final class Watching implements Sink {
    private final AtomicReference<Engine> engine = new AtomicReference<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicLong mostOpen = new AtomicLong();
    private final AtomicLong mostBytes = new AtomicLong();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Optional<String> refused;

    Watching(Optional<String> refused) {
      this.refused = refused;
    }

    @Override
    public int maxItems() {
      return 25;
    }

    @Override
    public long maxBytes() {
      return 1 << 20;
    }

    @Override
    public Object key(Item item) {
      return item.toString();
    }

    @Override
    public synchronized Written write(List<Item> items) {
      if (writes.incrementAndGet() % 10 == 0) {
        look();
      }
      BitSet unprocessed = new BitSet();
      for (int i = 0; i < items.size(); i++) {
        String item = items.get(i).toString();
        if (refused.filter(item::contains).isPresent() && written.size() < 400) {
          unprocessed.set(i);
        } else {
          written.add(item);
        }
      }
      return new Written(unprocessed, items.size());
    }

    private void look() {
      Checkpoint now = engine.get().checkpoint();
      long open = now.open().stream().mapToLong(o -> Math.max(1, o.partialPages().size())).sum();
      mostOpen.accumulateAndGet(open, Math::max);
      Path file = folder.resolve("checkpoint");
      try {
        List<Item> some = written.stream().limit(64).map(Item::of).toList();
        CheckpointFile.Sample sample = new CheckpointFile.Sample(0.5, some);
        new CheckpointFile(Map.of("from", "here"), 1, Path.of("letters"), now, sample).write(file);
        mostBytes.accumulateAndGet(Files.size(file), Math::max);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Watching copy(Tiny source, Optional<String> refused) throws Exception {
    Watching sink = new Watching(refused);
    Engine engine =
        new Engine(
            source,
            Shaper.NONE,
            sink,
            new BoundedDeadLetters(new DeadLetterFile(Optional.of(folder.resolve("letters"))), 1),
            RunSettings.of(4, 4),
            RunListener.NONE,
            Checkpoint.START,
            checkpoint -> {});
    sink.engine.set(engine);
    Outcome outcome = engine.run();
    assertThat(outcome.complete()).isTrue();
    Set<String> all = new HashSet<>(sink.written);
    assertThat(all).hasSize(source.number() * source.pages() * source.items());
    return sink;
  }

  @ParameterizedTest
  @CsvSource({"20000, 1, 1", "8000, 1, 3", "4000, 5, 1", "4, 5000, 1"})
  void manyTinyPagesAreBoundedInNumberAndCheckpoint(int splits, int pages, int items)
      throws Exception {
    Watching sink = copy(new Tiny(splits, pages, items), Optional.empty());
    assertThat(sink.mostOpen.get()).isBetween(1L, (long) MOST_OPEN);
    assertThat(sink.mostBytes.get()).isLessThan(MOST_CHECKPOINT);
  }

  @Test
  void pagesBehindARefusedItemAreBoundedToo() throws Exception {
    Watching sink = copy(new Tiny(1, 3_000, 1), Optional.of("\"0-0-0\""));
    assertThat(sink.mostOpen.get()).isLessThan(MOST_OPEN);
    assertThat(sink.mostBytes.get()).isLessThan(MOST_CHECKPOINT);
  }
}
