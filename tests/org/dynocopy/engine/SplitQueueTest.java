package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source.Split;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SplitQueueTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private record Numbered(int number) implements Split {
    @Override
    public String name() {
      return "split " + number;
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      throw new AssertionError("not read here");
    }
  }

  private static List<Split> numbered(int from, int to) {
    return IntStream.range(from, to).<Split>mapToObj(Numbered::new).toList();
  }

  /** What a reader has left behind is not finished, though there is nothing more to hand out. */
  @Test
  void splitsThatWereBegunAndNotSettledAreNotFinished() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 2), 1);
    for (int i = 0; i < 2; i++) {
      assertThat(splits.finished()).isFalse();
      assertThat(splits.next()).isPresent();
      splits.done();
    }
    assertThat(splits.next()).isEmpty();
    assertThat(splits.finished()).isFalse();
  }

  /** A run that is killed again before it has read a half page must leave it to the next one. */
  @Test
  void halfPagesThatAreNotReadYetStayInTheCheckpoint() throws Exception {
    BitSet none = new BitSet();
    BitSet some = BitSet.valueOf(new long[] {5});
    PartialPage half = new PartialPage(Optional.empty(), 10, 77, some, none, some, none, none, 0);
    List<Open> open = List.of(new Open(0, Optional.empty(), Optional.empty(), List.of(half)));
    Checkpoint from = new Checkpoint(1, open, Counts.NONE);
    SplitQueue splits = new SplitQueue(numbered(0, 1), false, 1, from);
    assertThat(splits.checkpoint(Counts.NONE)).isEqualTo(from);
    assertThat(splits.next()).isPresent();
    assertThat(splits.checkpoint(Counts.NONE)).isEqualTo(from);
  }

  /** While a page that has changed is taken over, a checkpoint may be taken. */
  @Test
  void halfPageThatIsTakenOverStaysInTheCheckpoint() throws Exception {
    BitSet none = new BitSet();
    BitSet some = BitSet.valueOf(new long[] {5});
    Optional<Position> later = Optional.of(new Position(new byte[] {7}));
    PartialPage own = new PartialPage(Optional.empty(), 10, 77, some, none, some, none, none, 2);
    PartialPage lost = new PartialPage(later, 10, 78, some, none, none, none, none, 3);
    Open open = new Open(0, Optional.empty(), Optional.empty(), List.of(own, lost));
    Checkpoint from = new Checkpoint(1, List.of(open), Counts.NONE);
    SplitQueue splits = new SplitQueue(numbered(0, 1), false, 1, from);
    SplitProgress line = splits.next().orElseThrow().line();
    Optional<Position> elsewhere = Optional.of(new Position(new byte[] {9}));
    assertThat(splits.removeUnreachable(line, Optional.empty(), elsewhere)).containsExactly(lost);
    assertThat(splits.checkpoint(Counts.NONE).open())
        .containsExactly(new Open(0, Optional.empty(), Optional.empty(), List.of(own)));
  }

  /** What no checkpoint can name is read again with the split that it was cut from. */
  @Test
  void splitIsOpenUntilThePartsAreSettledThatNoCheckpointNames() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 1), 2);
    SplitProgress whole = splits.next().orElseThrow().line();
    splits.give(whole, numbered(1, 2));
    SplitProgress part = splits.next().orElseThrow().line();
    settleLastPage(splits, whole);
    assertThat(splits.checkpoint(Counts.NONE).open())
        .containsExactly(new Open(0, Optional.empty(), Optional.empty(), List.of()));
    assertThat(splits.finished()).isFalse();
    settleLastPage(splits, part);
    assertThat(splits.checkpoint(Counts.NONE).open()).isEmpty();
    assertThat(splits.finished()).isTrue();
  }

  private static void settleLastPage(SplitQueue splits, SplitProgress line) {
    Page page = new Page(List.of(), Optional.empty(), 0, 0, 0, 0);
    splits.read(line, Optional.empty(), new InFlightPage(page, Optional.empty(), false, () -> {}));
    assertThat(splits.settled(line)).isEqualTo(1);
  }

  @Test
  void everySplitIsReadOnceAndThenAllEnd() {
    Cases.forAll(
        300,
        random -> {
          int readers = 1 + random.nextInt(8);
          AtomicInteger made = new AtomicInteger(random.nextInt(6));
          int most = made.get() + random.nextInt(60);
          SplitQueue splits = new SplitQueue(numbered(0, made.get()), readers);
          Queue<Split> read = new ConcurrentLinkedQueue<>();
          List<Future<?>> ends = new ArrayList<>();
          for (int i = 0; i < readers; i++) {
            ends.add(
                threads.submit(
                    () -> {
                      for (var next = splits.next(); next.isPresent(); next = splits.next()) {
                        SplitSlice part = next.get();
                        read.add(part.line().split);
                        share(splits, part.line(), made, most);
                        splits.done();
                      }
                      return null;
                    }));
          }
          for (Future<?> end : ends) {
            end.get(30, TimeUnit.SECONDS);
          }
          assertThat(read).containsExactlyInAnyOrderElementsOf(numbered(0, made.get()));
        });
  }

  /** Gives as many new splits away as readers are idle, as long as there are any. */
  private static void share(SplitQueue splits, SplitProgress line, AtomicInteger made, int most) {
    for (int i = 0; i < 3; i++) {
      int idle = splits.idle(line);
      int from = made.getAndUpdate(n -> n < most ? n + idle : n);
      splits.give(line, from < most ? numbered(from, from + idle) : List.of());
      Thread.yield();
    }
  }

  @Test
  void readerIsIdleOnlyIfThereIsNothingToRead() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 2), 8);
    SplitProgress first = splits.next().orElseThrow().line();
    assertThat(splits.idle(first)).as("one is unread").isZero();
    SplitProgress line = splits.next().orElseThrow().line();
    assertThat(splits.idle(line)).isEqualTo(6);
    splits.give(line, numbered(2, 6));
    assertThat(splits.idle(line)).isEqualTo(2);
    splits.give(line, numbered(6, 20));
    assertThat(splits.idle(line)).isZero();
  }

  @Test
  void noPartIsGivenAwayBeforeWhatAnotherRunHadReadIsReadAgain() throws Exception {
    BitSet none = new BitSet();
    Optional<Position> after = Optional.of(new Position(new byte[] {7}));
    PartialPage half = new PartialPage(after, 5, 0, none, none, none, none, none, 0);
    Open open = new Open(0, Optional.empty(), Optional.empty(), List.of(half));
    Checkpoint from = new Checkpoint(1, List.of(open), Counts.NONE);
    SplitQueue splits = new SplitQueue(numbered(0, 1), false, 8, from);
    SplitProgress line = splits.next().orElseThrow().line();
    assertThat(splits.idle(line)).isZero();
    Page page = new Page(List.of(), Optional.empty(), 0, 0, 0, 0);
    splits.read(line, after, new InFlightPage(page, after, false, () -> {}));
    assertThat(splits.idle(line)).isEqualTo(7);
  }

  @Test
  void readersWaitWhileOneReadsAndEndWithIt() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 1), 2);
    splits.next();
    Future<Optional<SplitSlice>> waits = waiting(splits);
    splits.done();
    assertThat(waits.get(30, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void whatIsLeftOfASplitComesAgainWhenAllOthersHadTheirTurn() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 3), 1);
    SplitSlice first = splits.next().orElseThrow();
    assertThat(first.line().split).isEqualTo(new Numbered(0));
    assertThat(first.after()).isEmpty();
    SplitSlice rest = new SplitSlice(first.line(), Optional.of(new Position(new byte[] {7})));
    splits.giveBack(rest);
    splits.done();
    assertThat(splits.next().orElseThrow().line().split).isEqualTo(new Numbered(1));
    assertThat(splits.next().orElseThrow().line().split).isEqualTo(new Numbered(2));
    assertThat(splits.next()).contains(rest);
  }

  @Test
  void closeWakesWhoWaitsAndGivesNothingMore() throws Exception {
    SplitQueue splits = new SplitQueue(numbered(0, 1), 2);
    SplitProgress line = splits.next().orElseThrow().line();
    Future<Optional<SplitSlice>> waits = waiting(splits);
    splits.close();
    assertThat(waits.get(30, TimeUnit.SECONDS)).isEmpty();
    splits.give(line, numbered(1, 2));
    assertThat(splits.next()).isEmpty();
  }

  private Future<Optional<SplitSlice>> waiting(SplitQueue splits) throws InterruptedException {
    CountDownLatch asks = new CountDownLatch(1);
    Future<Optional<SplitSlice>> next =
        threads.submit(
            () -> {
              asks.countDown();
              return splits.next();
            });
    asks.await();
    Thread.sleep(20);
    assertThat(next).isNotDone();
    return next;
  }
}
