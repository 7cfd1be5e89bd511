package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.junit.jupiter.api.Test;

/** What a page knows of its items, and what it takes over of another run's. */
class InFlightPageTest {

  private static final Position NEXT = new Position(new byte[] {7});

  private int settled;

  private InFlightPage open(Position next, String... items) {
    List<Item> all = Stream.of(items).map(Item::of).toList();
    // Six more were filtered by the service, and one was gone.
    Page page = new Page(all, Optional.ofNullable(next), items.length + 7, 1, 1_000, 1);
    return new InFlightPage(page, Optional.empty(), true, () -> settled++);
  }

  /** Of six items the first five are settled, each in another way. */
  private PartialPage half() {
    InFlightPage page = open(NEXT, "{1}", "{2}", "{3}", "{4}", "{5}", "{6}");
    page.filtered(1);
    page.deadLettered(2);
    page.conflict(3);
    page.spared(4);
    for (int place = 0; place < 5; place++) {
      page.settle(place);
    }
    // What is about to be settled is not.
    page.filtered(5);
    return page.half();
  }

  @Test
  void aHalfTellsWhatBecameOfTheSettledItemsAlone() {
    assertThat(half().counts()).isEqualTo(Counts.settled(5, 1, 0, 1, 1, 1, 1));
  }

  /** A last page may have more by then: it is not read again as one of so many items. */
  @Test
  void onlyAPageWithOthersAfterItTellsHowManyWereRead() {
    assertThat(open(NEXT, "{1}").half().read()).isEqualTo(8);
    assertThat(open(null, "{1}").half().read()).isZero();
  }

  @Test
  void theSamePageTakesItOverAndEndsWithTheCountsOfBoth() {
    InFlightPage page = open(NEXT, "{1}", "{2}", "{3}", "{4}", "{5}", "{6}");
    assertThat(page.takeOver(half())).isTrue();
    assertThat(Stream.of(0, 1, 2, 3, 4, 5).map(page::isSettled))
        .containsExactly(true, true, true, true, true, false);
    assertThat(page.half()).isEqualTo(half());
    assertThat(settled).isZero();
    page.settle(5);
    assertThat(settled).isEqualTo(1);
    assertThat(page.isSettled()).isTrue();
    assertThat(page.counts()).isEqualTo(Counts.settled(13, 7, 1, 2, 1, 1, 1));
  }

  @Test
  void whoeverHasOtherItemsTakesNothingOver() {
    List.of(
            open(NEXT, "{1}", "{2}", "{3}", "{4}", "{5}", "{7}"),
            open(NEXT, "{2}", "{1}", "{3}", "{4}", "{5}", "{6}"),
            open(NEXT, "{1}", "{2}", "{3}", "{4}", "{5}"),
            open(NEXT, "{1}", "{2}", "{3}", "{4}", "{5}", "{6}", "{7}"),
            open(NEXT, "{1}{2}", "{3}", "{4}", "{5}", "{6}"),
            open(NEXT),
            open(new Position(new byte[] {8}), "{1}", "{2}", "{3}", "{4}", "{5}", "{6}"),
            open(null, "{1}", "{2}", "{3}", "{4}", "{5}", "{6}"))
        .forEach(
            page -> {
              PartialPage before = page.half();
              assertThat(page.takeOver(half())).isFalse();
              assertThat(page.half()).isEqualTo(before);
              assertThat(before.settled().isEmpty()).isTrue();
            });
  }

  @Test
  void aPageIsTheSameWhereverItsBytesStand() {
    byte[] answer = "[{1},{2},{3},{4},{5}]".getBytes();
    byte[] later = "   [{1},{2},{3},{4},{5}]".getBytes();
    assertThat(inOneAnswer(answer, 1).half().digest())
        .isEqualTo(inOneAnswer(later, 4).half().digest());
  }

  private static InFlightPage inOneAnswer(byte[] answer, int first) {
    List<Item> items =
        Stream.of(0, 1, 2, 3, 4).map(i -> new Item(answer, first + 4 * i, 3)).toList();
    Page page = new Page(items, Optional.of(NEXT), 5, 0, 1_000, 1);
    return new InFlightPage(page, Optional.empty(), true, () -> {});
  }
}
