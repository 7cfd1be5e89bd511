package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class InterleaverTest {

  private final Interleaver mixer = new Interleaver(false, Duration.ofMillis(20));
  private final BlockingQueue<List<PendingItem>> taken = new LinkedBlockingQueue<>();
  private final List<Thread> takers = new ArrayList<>();

  private static List<PendingItem> page(String name, int items, Object key) {
    List<Item> all =
        IntStream.range(0, items)
            .mapToObj(i -> Item.of("{\"id\":{\"S\":\"" + name + i + "\"}}"))
            .toList();
    InFlightPage page = open(new Page(all, Optional.empty(), items, 0, 0, 0), () -> {});
    return IntStream.range(0, items)
        .mapToObj(place -> new PendingItem(all.get(place), page, place, key))
        .toList();
  }

  private static InFlightPage open(Page page, Runnable whenSettled) {
    return new InFlightPage(page, Optional.empty(), false, whenSettled);
  }

  private static String names(List<PendingItem> items) {
    return String.join(" ", items.stream().map(p -> p.item().toString().split("\"")[5]).toList());
  }

  private void startTaker(int most) {
    Thread taker =
        new Thread(
            () -> {
              try {
                taken.add(mixer.take(most, true));
              } catch (InterruptedException e) {
                // The test is over.
              }
            });
    takers.add(taker);
    taker.start();
  }

  @AfterEach
  void endTakers() {
    takers.forEach(Thread::interrupt);
  }

  @Test
  void batchTakesOneItemFromEachOpenPageInTurn() throws Exception {
    mixer.offer(page("a", 3, null));
    mixer.offer(page("b", 1, null));
    mixer.offer(page("c", 4, null));
    mixer.end();
    List<PendingItem> first = mixer.take(4, true);
    assertThat(names(first)).isEqualTo("a0 b0 c0 a1");
    List<PendingItem> second = mixer.take(25, true);
    assertThat(names(second)).isEqualTo("c1 a2 c2 c3");
    mixer.settled(first);
    mixer.settled(second);
    assertThat(mixer.take(25, true)).isEmpty();
  }

  @Test
  void takerWaitsAfterTheEndForItemsThatMayComeBack() throws Exception {
    mixer.offer(page("a", 2, null));
    mixer.end();
    List<PendingItem> sent = mixer.take(25, true);
    startTaker(25);
    mixer.settled(List.of(sent.get(0)));
    assertThat(taken.poll(50, TimeUnit.MILLISECONDS))
        .as("one is neither settled nor back")
        .isNull();
    mixer.later(sent.subList(1, 2), Duration.ZERO);
    assertThat(names(taken.poll(30, TimeUnit.SECONDS))).isEqualTo("a1");
    startTaker(25);
    mixer.settled(List.of(sent.get(1)));
    assertThat(taken.poll(30, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void itemsThatWereNotTakenComeAgainAfterTheirPauseAndBeforeOthers() throws Exception {
    mixer.offer(page("a", 1, null));
    List<PendingItem> refused = mixer.take(1, true);
    long start = System.nanoTime();
    mixer.later(refused, Duration.ofMillis(150));
    assertThat(names(mixer.take(1, true))).isEqualTo("a0");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(150).toNanos());
    mixer.offer(page("b", 1, null));
    mixer.later(refused, Duration.ZERO);
    assertThat(names(mixer.take(2, true))).isEqualTo("a0 b0");
    mixer.later(refused, Duration.ofHours(1));
    mixer.offer(page("c", 1, null));
    assertThat(names(mixer.take(1, true))).isEqualTo("c0");
  }

  @Test
  void fullBatchDoesNotWaitForMore() throws Exception {
    mixer.offer(page("a", 10, null));
    assertThat(mixer.take(10, false)).hasSize(10);
  }

  @Test
  void batchThatDoesNotFillUpWaitsOnlyALittle() throws Exception {
    mixer.offer(page("a", 3, null));
    long start = System.nanoTime();
    assertThat(mixer.take(25, true)).hasSize(3);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(15L, 30_000L);
  }

  @Test
  void blockingTakerWaitsForTheFirstItem() throws Exception {
    startTaker(25);
    assertThat(taken.poll(100, TimeUnit.MILLISECONDS)).isNull();
    mixer.offer(page("a", 1, null));
    assertThat(taken.poll(30, TimeUnit.SECONDS)).hasSize(1);
  }

  /** A writer that is given nothing takes it for the end of the run. */
  @Test
  void takersWhoseItemsOthersTookGoOnWaiting() throws Exception {
    for (int i = 0; i < 4; i++) {
      startTaker(25);
    }
    Thread.sleep(50);
    mixer.offer(page("a", 1, null));
    List<PendingItem> one = taken.poll(30, TimeUnit.SECONDS);
    assertThat(one).hasSize(1);
    assertThat(taken.poll(300, TimeUnit.MILLISECONDS)).as("given to another taker").isNull();
    mixer.settled(List.of(one.get(0)));
    mixer.end();
    for (int i = 0; i < 3; i++) {
      assertThat(taken.poll(30, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void endWakesTakersAndWhatIsThereCanStillBeTaken() throws Exception {
    startTaker(25);
    Thread.sleep(30);
    mixer.end();
    assertThat(taken.poll(30, TimeUnit.SECONDS)).isEmpty();
    mixer.offer(page("late", 1, null));
    assertThat(mixer.take(25, true)).hasSize(1);
  }

  @Test
  void abortWakesTakersAndLetsGoOfEverything() throws Exception {
    List<PendingItem> sameKey = page("k", 2, "key");
    mixer.offer(sameKey);
    List<PendingItem> first = mixer.take(1, true);
    startTaker(25);
    Thread.sleep(30);
    mixer.offer(page("a", 3, null));
    mixer.abort();
    assertThat(taken.poll(30, TimeUnit.SECONDS)).isNotNull();
    mixer.offer(page("b", 3, null));
    mixer.settled(List.of(first.get(0)));
    assertThat(mixer.take(25, true)).isEmpty();
  }

  @Test
  void itemsWithTheSameKeyAreNeverOutTogetherAndComeInTheirOrder() throws Exception {
    mixer.offer(page("a", 3, "key"));
    mixer.end();
    List<PendingItem> first = mixer.take(25, true);
    assertThat(names(first)).isEqualTo("a0");
    mixer.settled(List.of(first.get(0)));
    List<PendingItem> second = mixer.take(25, true);
    assertThat(names(second)).isEqualTo("a1");
    mixer.settled(List.of(second.get(0)));
    assertThat(names(mixer.take(25, true))).isEqualTo("a2");
  }

  @Test
  void itemThatMayStartWhenAnotherIsSettledWakesATaker() throws Exception {
    mixer.offer(page("a", 2, "key"));
    List<PendingItem> first = mixer.take(1, true);
    startTaker(1);
    assertThat(taken.poll(50, TimeUnit.MILLISECONDS)).isNull();
    mixer.settled(List.of(first.get(0)));
    assertThat(names(taken.poll(30, TimeUnit.SECONDS))).isEqualTo("a1");
  }

  @Test
  void pageIsSettledWithTheLastOfItsItems() {
    List<String> settled = new ArrayList<>();
    Page page = new Page(List.of(Item.of("{}"), Item.of("{}")), Optional.empty(), 2, 0, 9, 0);
    InFlightPage open = open(page, () -> settled.add("once"));
    mixer.settled(List.of(new PendingItem(page.items().get(0), open, 0, null)));
    assertThat(settled).isEmpty();
    mixer.settled(List.of(new PendingItem(page.items().get(1), open, 1, null)));
    assertThat(settled).containsExactly("once");
    open(new Page(List.of(), Optional.empty(), 0, 0, 9, 0), () -> settled.add("empty"))
        .settleIfEmpty();
    assertThat(settled).containsExactly("once", "empty");
  }
}
