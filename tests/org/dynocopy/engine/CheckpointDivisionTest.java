package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.UnreadSplits;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run's tasks are its checkpoint, divided; together they are the same again at any time. */
@Execution(ExecutionMode.CONCURRENT)
class CheckpointDivisionTest {

  /** Numbers of splits are compared up to here. */
  private static final int SOME = 500;

  private static Set<Long> splits(UnreadSplits unread) {
    Set<Long> numbers = new TreeSet<>();
    LongStream.range(0, SOME).filter(unread::contains).forEach(numbers::add);
    return numbers;
  }

  private static UnreadSplits unread(Random random) {
    if (random.nextInt(4) == 0) {
      return random.nextBoolean() ? UnreadSplits.NONE : UnreadSplits.from(random.nextInt(50));
    }
    List<Long> firsts = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      firsts.add((long) random.nextInt(60));
    }
    return new UnreadSplits(1 + random.nextInt(8), firsts);
  }

  private static Optional<byte[]> bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(4)];
    random.nextBytes(bytes);
    return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
  }

  private static BitSet places(Random random) {
    return BitSet.valueOf(random.longs(random.nextInt(3)).toArray());
  }

  private static PartialPage page(Random random) {
    return new PartialPage(
        bytes(random).map(Position::new),
        random.nextInt(1_000),
        random.nextLong(),
        places(random),
        places(random),
        places(random),
        places(random),
        places(random),
        random.nextInt(3));
  }

  static Checkpoint checkpoint(Random random) {
    List<Open> open = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      List<PartialPage> pages = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        pages.add(page(random));
      }
      Optional<byte[]> part = Optional.of(new byte[] {(byte) i});
      Optional<Position> after = bytes(random).map(Position::new);
      open.add(new Open(random.nextInt(20), part, after, pages));
    }
    long[] n = random.longs(10, 0, 1L << 50).toArray();
    double units = random.nextInt(1 << 20) / 2.0;
    Counts counts =
        new Counts(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], units, units / 2);
    return new Checkpoint(unread(random), open, counts);
  }

  @Test
  void mergedPartsAreTheWhole() {
    Cases.forAll(
        500,
        random -> {
          Checkpoint whole = checkpoint(random);
          List<Checkpoint> tasks = new ArrayList<>(whole.divide(1 + random.nextInt(12)));
          Collections.shuffle(tasks, random);
          assertThat(Checkpoint.merge(tasks)).isEqualTo(whole);
          assertThat(Checkpoint.merge(tasks).settled()).isEqualTo(whole.settled());
        });
  }

  /** No two tasks have the same line or split, also when tasks are divided again as they are. */
  @Test
  void eachLineAndSplitIsInOneTask() {
    Cases.forAll(
        100,
        random -> {
          Checkpoint whole = checkpoint(random);
          List<Checkpoint> tasks = new ArrayList<>();
          for (Checkpoint task : whole.divide(1 + random.nextInt(6))) {
            tasks.addAll(task.divide(1 + random.nextInt(6)));
          }
          List<Open> lines = tasks.stream().flatMap(task -> task.open().stream()).toList();
          assertThat(lines).containsExactlyInAnyOrderElementsOf(whole.open());
          List<Long> all = new ArrayList<>();
          tasks.forEach(task -> all.addAll(splits(task.unread())));
          assertThat(all).doesNotHaveDuplicates();
          assertThat(new HashSet<>(all)).isEqualTo(splits(whole.unread()));
        });
  }

  /** Splits that follow each other are far apart in a table, and read at the same time. */
  @Test
  void splitsThatFollowEachOtherAreInDifferentTasks() {
    List<Checkpoint> tasks = Checkpoint.START.divide(12);
    for (int split = 0; split < SOME; split++) {
      assertThat(tasks.get(split % 12).unread().contains(split)).isTrue();
    }
  }

  @Test
  void splitsThatWereNotBegunTakeNoRoom() {
    Checkpoint merged = Checkpoint.merge(Checkpoint.START.divide(1_000));
    assertThat(merged.unread().firsts()).hasSize(1);
    assertThat(merged.open()).isEmpty();
    Checkpoint task = Checkpoint.START.divide(1_000).get(7);
    assertThat(task.unread()).isEqualTo(new UnreadSplits(1_000, List.of(7L)));
  }

  /** Tasks go forward at different speeds; what is left is shared among other tasks. */
  @Test
  void tasksThatHaveGoneForwardMergeToWhatIsLeft() {
    Cases.forAll(
        100,
        random -> {
          List<Checkpoint> tasks = checkpoint(random).divide(1 + random.nextInt(7));
          Set<Long> left = new TreeSet<>();
          List<Checkpoint> now = new ArrayList<>();
          for (Checkpoint task : tasks) {
            SplitFeed feed = new SplitFeed(numbered(SOME), task.unread());
            Set<Long> own = splits(task.unread());
            for (int n = random.nextInt(20); n > 0 && feed.hasNext(); n--) {
              assertThat(own.remove(feed.next().number())).isTrue();
            }
            assertThat(splits(feed.unread())).isEqualTo(own);
            left.addAll(own);
            now.add(new Checkpoint(feed.unread(), task.open(), task.counts()));
          }
          Checkpoint merged = Checkpoint.merge(now);
          assertThat(splits(merged.unread())).isEqualTo(left);
          assertThat(Checkpoint.merge(merged.divide(5))).isEqualTo(merged);
        });
  }

  private static List<Source.Split> numbered(int splits) {
    return LongStream.range(0, splits)
        .<Source.Split>mapToObj(
            number ->
                new Source.Split() {
                  @Override
                  public String name() {
                    return "split " + number;
                  }

                  @Override
                  public Page read(Optional<Position> after, RequestSender requests) {
                    throw new AssertionError("not read here");
                  }
                })
        .toList();
  }
}
