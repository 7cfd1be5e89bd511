package org.dynocopy.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(100, () -> 100);

  private CompletableFuture<Boolean> taking(long bytes) {
    return taking(budget, bytes);
  }

  private static CompletableFuture<Boolean> taking(ByteBudget budget, long bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return budget.take(bytes);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  private static void stillWaits(CompletableFuture<?> waiting) throws InterruptedException {
    Thread.sleep(50);
    assertThat(waiting).isNotDone();
  }

  @Test
  void whatIsTakenIsGoneUntilItIsGivenBack() throws Exception {
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.left()).isEqualTo(40);
    budget.give(60);
    assertThat(budget.left()).isEqualTo(100);
  }

  @Test
  void takerWaitsUntilThereIsEnough() throws Exception {
    budget.take(60);
    CompletableFuture<Boolean> second = taking(60);
    stillWaits(second);
    budget.give(10);
    stillWaits(second);
    budget.give(10);
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.left()).isZero();
  }

  @Test
  void moreThanEverythingIsTakenWhenEverythingIsThere() throws Exception {
    assertThat(budget.take(500)).isTrue();
    CompletableFuture<Boolean> second = taking(500);
    stillWaits(second);
    budget.give(499);
    stillWaits(second);
    budget.give(1);
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void pageLargerThanWasPaidForOverdrawsWithoutWaiting() throws Exception {
    budget.take(20);
    budget.give(20 - 300);
    assertThat(budget.left()).isEqualTo(-200);
    CompletableFuture<Boolean> next = taking(1);
    stillWaits(next);
    budget.give(300);
    assertThat(next.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatMayNotBeUsedYetIsWaitedFor() throws Exception {
    AtomicLong usable = new AtomicLong(50);
    ByteBudget budget = new ByteBudget(100, usable::get);
    budget.take(40);
    CompletableFuture<Boolean> second = taking(budget, 40);
    stillWaits(second);
    usable.set(80);
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Boolean> third = taking(budget, 40);
    usable.set(1_000);
    stillWaits(third);
    budget.give(20);
    assertThat(third.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachGivingWakesAsManyAsThereIsRoomFor() throws Exception {
    budget.take(100);
    CompletableFuture<Boolean> one = taking(50);
    CompletableFuture<Boolean> two = taking(50);
    stillWaits(one);
    budget.give(100);
    assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(two.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingWakesEveryoneWhoWaitsWithNothing() throws Exception {
    budget.take(100);
    CompletableFuture<Boolean> one = taking(1);
    CompletableFuture<Boolean> two = taking(50);
    stillWaits(one);
    budget.close();
    assertThat(one.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(two.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(budget.take(1)).isFalse();
  }
}
