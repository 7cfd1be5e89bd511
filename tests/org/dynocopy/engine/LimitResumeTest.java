package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Source;
import org.dynocopy.testing.NoDeadLetters;
import org.dynocopy.testing.TakingSink;
import org.junit.jupiter.api.Test;

/** A copy with a limit goes on, and its source has changed meanwhile. */
class LimitResumeTest {

  /** A split whose pages are those given; a position is the number of a page and a version. */
  private record Pages(int version, int... items) implements Source.Split {
    @Override
    public String name() {
      return "pages";
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      int number = after.map(at -> (int) at.token()[0]).orElse(0);
      List<Item> all =
          IntStream.range(0, items[number]).mapToObj(i -> Item.of("" + number + i)).toList();
      boolean last = number == items.length - 1;
      Optional<Position> next = last ? Optional.empty() : Optional.of(at(number + 1, version));
      return new Page(all, next, all.size(), 0, 1_000, 1);
    }
  }

  private record Splitted(List<Split> splits) implements Source {
    @Override
    public boolean resumable() {
      return true;
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }
  }

  private static Position at(int page, int version) {
    return new Position(new byte[] {(byte) page, (byte) version});
  }

  /** Half a page of another source, with three items that were written. */
  private static PartialPage half(Optional<Position> after) {
    BitSet none = new BitSet();
    return new PartialPage(after, 3, 77, BitSet.valueOf(new long[] {7}), none, none, none, none, 0);
  }

  private static Outcome run(
      int limit, CheckpointStore keeper, Checkpoint from, Source.Split... splits) throws Exception {
    return EngineRuns.run(
        new Engine(
            new Splitted(List.of(splits)),
            Optional::of,
            new TakingSink(),
            new BoundedDeadLetters(new NoDeadLetters(), 0),
            new RunSettings(1, 1, 4 << 20, OptionalLong.of(limit), false, EngineRuns.AT_ONCE),
            RunListener.NONE,
            from,
            keeper));
  }

  /** The limit was reached when the first split had its turn, and no more when the second had. */
  @Test
  void readsOnWhatItLeftWhenALaterPageHasFewerItems() throws Exception {
    Open untouched = new Open(0, Optional.empty(), Optional.empty(), List.of());
    Open begun = new Open(1, Optional.empty(), Optional.empty(), List.of(half(Optional.empty())));
    Checkpoint from = new Checkpoint(2, List.of(untouched, begun), Counts.NONE);
    Outcome outcome = run(3, kept -> {}, from, new Pages(0, 10), new Pages(0, 1));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.counts().written()).isEqualTo(3);
  }

  /** The second page began where no page begins any more. */
  @Test
  void itemsOfPagesThatAreNoMoreDoNotCountForTheLimit() throws Exception {
    List<PartialPage> partialPages = List.of(half(Optional.empty()), half(Optional.of(at(1, 0))));
    Open begun = new Open(0, Optional.empty(), Optional.empty(), partialPages);
    Checkpoint from = new Checkpoint(1, List.of(begun), Counts.NONE);
    Outcome outcome = run(6, kept -> {}, from, new Pages(1, 3, 5));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.counts().written()).isEqualTo(6);
  }

  /** The page that is read then waits for a checkpoint that is never kept. */
  @Test
  void endsWhenTheThreadThatKeepsCheckpointsIsInterrupted() throws Exception {
    AtomicReference<Thread> keeping = new AtomicReference<>();
    CheckpointStore noting = kept -> keeping.set(Thread.currentThread());
    Source.Split first = new Pages(0, 3);
    Source.Split second =
        new Source.Split() {
          @Override
          public String name() {
            return "interrupting";
          }

          @Override
          public Page read(Optional<Position> after, RequestSender requests)
              throws InterruptedException {
            keeping.get().interrupt();
            keeping.get().join();
            return new Pages(0, 3).read(after, requests);
          }
        };
    Outcome outcome = run(20, noting, Checkpoint.START, first, second);
    assertThat(outcome.failure().orElseThrow()).isInstanceOf(InterruptedException.class);
    assertThat(outcome.complete()).isFalse();
  }
}
