package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.junit.jupiter.api.Test;

/** A checkpoint that is taken while items are settled. */
class SnapshotOrderTest {

  private static final int PAGES = 40;
  private static final int ITEMS = 500;

  private record Silent() implements Source.Split {
    @Override
    public String name() {
      return "split";
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      throw new AssertionError("not read here");
    }
  }

  /** What is settled after another item, as it has the same key, is not in a checkpoint alone. */
  @Test
  void hasNoItemWithoutThoseThatWereSettledBefore() throws Exception {
    SplitQueue splits = new SplitQueue(List.of(new Silent()), 1);
    SplitProgress line = splits.next().orElseThrow().line();
    List<InFlightPage> pages = new ArrayList<>();
    List<Item> items = IntStream.range(0, ITEMS).mapToObj(i -> Item.of("{}")).toList();
    for (int i = 0; i < PAGES; i++) {
      Optional<Position> after =
          i == 0 ? Optional.empty() : Optional.of(new Position(new byte[] {(byte) i}));
      Position next = new Position(new byte[] {(byte) (i + 1)});
      Page page = new Page(items, Optional.of(next), ITEMS, 0, 1_000, 1);
      pages.add(new InFlightPage(page, after, true, () -> {}));
      splits.read(line, after, pages.get(i));
    }
    Thread settling = new Thread(() -> pages.forEach(SnapshotOrderTest::settle));
    settling.start();
    while (settling.isAlive()) {
      BitSet settled = new BitSet();
      int page = 0;
      for (PartialPage half : splits.checkpoint(Counts.NONE).open().get(0).partialPages()) {
        int first = ITEMS * page++;
        half.settled().stream().forEach(place -> settled.set(first + place));
      }
      assertThat(settled.nextClearBit(0)).isEqualTo(settled.length());
    }
  }

  private static void settle(InFlightPage page) {
    for (int place = 0; place < ITEMS; place++) {
      page.settle(place);
    }
  }
}
