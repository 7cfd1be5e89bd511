package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.NoDeadLetters;
import org.junit.jupiter.api.Test;

/** Pages are as large as the moment wants them, but for those that a run before has begun. */
class RereadPagesTest {

  private static final int ITEMS = 400;

  /** Numbers, in pages of any size. */
  private record Numbers(Random random) implements Source, Source.Split {
    @Override
    public Iterable<Split> splits() {
      return List.of(this);
    }

    @Override
    public boolean resumable() {
      return true;
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      return page(after, 1 + random.nextInt(60));
    }

    @Override
    public Page again(Optional<Position> after, long items, RequestSender requests) {
      return page(after, items == 0 ? ITEMS : items);
    }

    private static Page page(Optional<Position> after, long most) {
      int from = after.map(position -> Integer.parseInt(new String(position.token()))).orElse(0);
      List<Item> items = new ArrayList<>();
      for (int i = from; i < ITEMS && i < from + most; i++) {
        items.add(Item.of("" + i));
      }
      int to = from + items.size();
      // As DynamoDB does it: a page with as many items as were asked for may be followed by more.
      boolean last = to - from < most;
      Optional<Position> next =
          last ? Optional.empty() : Optional.of(new Position(("" + to).getBytes()));
      return new Page(items, next, items.size(), 0, 8L * items.size(), 1);
    }
  }

  /** Notes what it takes, after having said so. */
  private record Noting(Set<String> written, Consumer<Integer> before) implements Sink {
    @Override
    public int maxItems() {
      return 7;
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
    public Written write(List<Item> batch) {
      before.accept(written.size());
      batch.forEach(item -> written.add(item.toString()));
      return new Written(new BitSet(), 1);
    }
  }

  private static Engine engine(Source source, Sink sink, Checkpoint from) throws IOException {
    return new Engine(
        source,
        Optional::of,
        sink,
        new BoundedDeadLetters(new NoDeadLetters(), 0),
        new RunSettings(1, 1, 4 << 20, OptionalLong.empty(), false, EngineRuns.AT_ONCE),
        RunListener.NONE,
        from,
        CheckpointStore.NONE);
  }

  @Test
  void nothingThatIsSettledInHalfAPageIsWrittenAgain() {
    Cases.forAll(
        100,
        random -> {
          int most = random.nextInt(ITEMS);
          Engine[] first = new Engine[1];
          List<Checkpoint> seen = new ArrayList<>();
          Set<String> settled = new HashSet<>();
          Set<String> written = new HashSet<>();
          first[0] =
              engine(
                  new Numbers(random),
                  new Noting(
                      written,
                      number -> {
                        if (number >= most && seen.isEmpty()) {
                          seen.add(first[0].checkpoint());
                          settled.addAll(written);
                        }
                      }),
                  Checkpoint.START);
          first[0].run();
          Checkpoint from = seen.isEmpty() ? first[0].checkpoint() : seen.get(0);
          Set<String> again = new HashSet<>();
          Outcome outcome =
              engine(new Numbers(random), new Noting(again, number -> {}), from).run();
          assertThat(outcome.counts().written()).isEqualTo(ITEMS);
          assertThat(settled).noneMatch(again::contains);
          assertThat(again.size() + settled.size()).isGreaterThanOrEqualTo(ITEMS);
        });
  }
}
