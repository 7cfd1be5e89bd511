package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/** The laws of the accounts: each count for itself, and what they must add up to. */
class LedgerTest {

  /** Each count is a power of ten of its own: whatever is mixed up or left out shows. */
  private static final Counts EACH =
      new Counts(
          1,
          10,
          100,
          1_000,
          10_000,
          100_000,
          1_000_000,
          10_000_000,
          100_000_000,
          1_000_000_000,
          1e10,
          1e11);

  private static Counts settled(
      long read,
      long filtered,
      long gone,
      long written,
      long deadLettered,
      long conflicts,
      long spared) {
    return new Counts(
        read, filtered, gone, written, deadLettered, conflicts, spared, 0, 0, 0, 0, 0);
  }

  private static Counts random(Random random) {
    long[] all = random.longs(12, 0, 1_000).toArray();
    return new Counts(
        all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8], all[9], all[10],
        all[11]);
  }

  private static Page page(int items, long read, long gone) {
    List<Item> all = IntStream.range(0, items).mapToObj(i -> Item.of("{\"n\":{}}")).toList();
    return new Page(all, Optional.empty(), read, gone, 1_000, 2.5);
  }

  @Test
  void itemsThatAreReadAndNotSettledAreUnaccounted() {
    assertThat(settled(10, 1, 2, 3, 2, 1, 0).unaccounted()).isEqualTo(1);
    assertThat(settled(10, 0, 0, 0, 0, 0, 0).unaccounted()).isEqualTo(10);
    assertThat(settled(10, 1, 2, 3, 2, 1, 1).unaccounted()).isZero();
  }

  @Test
  void itemsThatAreSettledAndWereNotReadAreUnaccountedToo() {
    assertThat(settled(10, 1, 2, 3, 4, 5, 6).unaccounted()).isEqualTo(-11);
    assertThat(settled(0, 0, 0, 1, 0, 0, 0).unaccounted()).isEqualTo(-1);
  }

  @Test
  void eachWayToSettleAnItemAccountsForOne() {
    assertThat(settled(1, 1, 0, 0, 0, 0, 0).unaccounted()).isZero();
    assertThat(settled(1, 0, 1, 0, 0, 0, 0).unaccounted()).isZero();
    assertThat(settled(1, 0, 0, 1, 0, 0, 0).unaccounted()).isZero();
    assertThat(settled(1, 0, 0, 0, 1, 0, 0).unaccounted()).isZero();
    assertThat(settled(1, 0, 0, 0, 0, 1, 0).unaccounted()).isZero();
    assertThat(settled(1, 0, 0, 0, 0, 0, 1).unaccounted()).isZero();
  }

  @Test
  void whatCameAsFarAsToBeWrittenPassedTheLimit() {
    assertThat(EACH.passed()).isEqualTo(1_111_000);
  }

  @Test
  void twoLedgersAddUpCountByCount() {
    assertThat(EACH.plus(EACH))
        .isEqualTo(
            new Counts(
                2,
                20,
                200,
                2_000,
                20_000,
                200_000,
                2_000_000,
                20_000_000,
                200_000_000,
                2_000_000_000,
                2e10,
                2e11));
    Cases.forAll(
        50,
        random -> {
          Counts one = random(random);
          Counts other = random(random);
          assertThat(one.plus(other)).isEqualTo(other.plus(one));
          assertThat(one.plus(Counts.NONE)).isEqualTo(one);
          assertThat(one.plus(other).unaccounted())
              .isEqualTo(one.unaccounted() + other.unaccounted());
        });
  }

  @Test
  void effortIsTheOtherOnesAndItemsAreItsOwn() {
    assertThat(Counts.NONE.at(EACH))
        .isEqualTo(
            new Counts(0, 0, 0, 0, 0, 0, 0, 10_000_000, 100_000_000, 1_000_000_000, 1e10, 1e11));
    assertThat(EACH.at(Counts.NONE))
        .isEqualTo(settled(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000));
  }

  @Test
  void ledgerOfARunThatGoesOnBeginsWithWhatWasSettledBefore() {
    assertThat(new Ledger(EACH).counts()).isEqualTo(EACH);
  }

  @Test
  void pageCountsWhatTheStoreLookedAtAndNotWhatItHandedOver() {
    Ledger ledger = new Ledger(Counts.NONE);
    ledger.read(page(3, 10, 2));
    Counts counts = ledger.counts();
    assertThat(counts).isEqualTo(new Counts(10, 5, 2, 0, 0, 0, 0, 0, 24, 0, 2.5, 0));
    assertThat(counts.unaccounted()).isEqualTo(3);
  }

  @Test
  void moreItemsThanTheStoreLookedAtAreUnaccounted() {
    Ledger ledger = new Ledger(Counts.NONE);
    ledger.read(page(11, 10, 0));
    ledger.written(11, 0);
    assertThat(ledger.counts().filtered()).isZero();
    assertThat(ledger.counts().unaccounted()).isEqualTo(-1);
  }

  /** The page is read again, and so is what was gone of it. */
  @Test
  void whatIsTakenOverOfAPageIsSettledAndNotReadAgain() {
    Ledger ledger = new Ledger(Counts.NONE);
    ledger.tookOver(EACH);
    assertThat(ledger.counts()).isEqualTo(settled(0, 10, 0, 1_000, 10_000, 100_000, 1_000_000));
  }

  @Test
  void everyWayInWhichAnItemIsSettledHasACountOfItsOwn() {
    Ledger ledger = new Ledger(EACH);
    ledger.filtered();
    ledger.written(2, 30);
    ledger.deadLettered();
    ledger.deadLettered();
    ledger.deadLettered();
    ledger.conflict();
    for (int i = 0; i < 6; i++) {
      ledger.spared();
    }
    ledger.retried(4);
    ledger.consumed(5);
    Counts added = new Counts(0, 1, 0, 2, 3, 1, 6, 4, 0, 30, 0, 5);
    assertThat(ledger.counts()).isEqualTo(EACH.plus(added));
  }

  @Test
  void manyThreadsLoseNoCount() throws Exception {
    Ledger ledger = new Ledger(Counts.NONE);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  ledger.filtered();
                  ledger.written(1, 1);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ledger.counts().filtered()).isEqualTo(40_000);
    assertThat(ledger.counts().written()).isEqualTo(40_000);
  }
}
