package org.dynocopy.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.dynocopy.engine.flow.ConcurrencyLimiter.Permit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyLimiterTest {

  private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(4);

  /** Returns a limiter of which the server alone decides. */
  private static ConcurrencyLimiter limiter(int most) {
    return new ConcurrencyLimiter(
        most,
        new CpuEstimator() {
          @Override
          double answered(long nanos, long now) {
            return Double.POSITIVE_INFINITY;
          }
        });
  }

  /** Keeps as many requests in flight as may be, and answers them one after the other. */
  private static ConcurrencyLimiter after(
      ConcurrencyLimiter limiter, int answers, long nanos, IntToDoubleFunction refused)
      throws InterruptedException {
    Deque<Permit> inFlight = new ArrayDeque<>();
    for (int i = 0; i < answers; i++) {
      while (inFlight.size() < limiter.limit()) {
        inFlight.add(limiter.enter());
      }
      limiter.learn(nanos, refused.applyAsDouble(inFlight.size()));
      inFlight.poll().close();
    }
    inFlight.forEach(Permit::close);
    return limiter;
  }

  @Test
  void beginsWithAFewAndReachesTheMostIfTheServerTakesAll() throws Exception {
    assertThat(limiter(64).limit()).isEqualTo(4);
    assertThat(new ConcurrencyLimiter(3).limit()).isEqualTo(3);
    assertThat(after(limiter(64), 1_000, USUAL, inFlight -> 0).limit()).isEqualTo(64);
  }

  @Test
  void settlesNearWhatTheServerTakes() throws Exception {
    // A server that takes ten at once refuses its part of every request.
    ConcurrencyLimiter limiter =
        after(limiter(64), 5_000, USUAL, inFlight -> Math.max(0, 1 - 10.0 / inFlight));
    assertThat(limiter.limit()).isBetween(9, 15);
  }

  /** Of one request in six the answer is another one. */
  private static ConcurrencyLimiter oneInSix(ConcurrencyLimiter limiter, Consumer<Permit> refused)
      throws Exception {
    Deque<Permit> inFlight = new ArrayDeque<>();
    for (int i = 0; i < 4_000; i++) {
      while (inFlight.size() < limiter.limit()) {
        inFlight.add(limiter.enter());
      }
      try (Permit one = inFlight.poll()) {
        if (i % 6 == 0) {
          refused.accept(one);
        } else {
          limiter.learn(USUAL, 0);
        }
      }
    }
    inFlight.forEach(Permit::close);
    return limiter;
  }

  @Test
  void aFewHotRangesOfKeysTakeNothingFromTheOthers() throws Exception {
    ConcurrencyLimiter limiter = limiter(150);
    assertThat(oneInSix(limiter, one -> limiter.learnHot(USUAL)).limit()).isEqualTo(150);
    ConcurrencyLimiter table = limiter(150);
    assertThat(oneInSix(table, one -> table.learn(USUAL, 1)).limit()).isLessThan(130);
  }

  @Test
  void whereAllRangesAreHotFewAreSent() throws Exception {
    ConcurrencyLimiter limiter = after(limiter(64), 1_000, USUAL, inFlight -> 0);
    for (int i = 0; i < 400; i++) {
      limiter.learnHot(USUAL);
    }
    assertThat(limiter.limit()).isEqualTo(1);
    // But there is no pause: the next range may be a cool one.
    enterAtOnce(limiter);
    assertThat(after(limiter, 1_000, USUAL, inFlight -> 0).limit()).isEqualTo(64);
  }

  @Test
  void pausesWhereEverythingIsRefusedAndRecovers() throws Exception {
    ConcurrencyLimiter limiter = limiter(64);
    long start = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      limiter.learn(USUAL, 1);
    }
    assertThat(limiter.limit()).isEqualTo(1);
    Permit one = limiter.enter();
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    for (int i = 0; i < 40; i++) {
      limiter.learn(USUAL, 0);
    }
    one.close();
    enterAtOnce(limiter);
  }

  /** A thread that would have to wait is interrupted. */
  private static void enterAtOnce(ConcurrencyLimiter limiter) throws InterruptedException {
    Thread.currentThread().interrupt();
    limiter.enter().close();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotGrowWhileItIsNotNeeded() throws Exception {
    ConcurrencyLimiter limiter = limiter(64);
    for (int i = 0; i < 1_000; i++) {
      try (Permit one = limiter.enter()) {
        one.answered(0);
      }
    }
    assertThat(limiter.limit()).isEqualTo(4);
  }

  @Test
  void slowAnswersBringFewerRequests() throws Exception {
    ConcurrencyLimiter limiter = after(limiter(64), 1_000, USUAL, inFlight -> 0);
    assertThat(after(limiter, 50, 3 * USUAL, inFlight -> 0).limit()).isLessThan(60);
    assertThat(after(limiter, 1_000, USUAL, inFlight -> 0).limit()).isEqualTo(64);
  }

  @Test
  void whatWasNotAnsweredFreesItsPlaceAndTeachesNothing() throws Exception {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(2);
    limiter.enter();
    Permit second = limiter.enter();
    CompletableFuture<Void> third = entering(limiter);
    Thread.sleep(30);
    assertThat(third).isNotDone();
    second.close();
    third.get(30, TimeUnit.SECONDS);
    assertThat(limiter.limit()).isEqualTo(2);
  }

  @Test
  void placesThatWereAddedAreTakenByThoseWhoWait() throws Exception {
    ConcurrencyLimiter limiter = limiter(64);
    Deque<Permit> inFlight = new ArrayDeque<>();
    while (inFlight.size() < limiter.limit()) {
      inFlight.add(limiter.enter());
    }
    List<CompletableFuture<Void>> waiting = List.of(entering(limiter), entering(limiter));
    Thread.sleep(30);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    while (limiter.limit() < inFlight.size() + 2) {
      limiter.learn(USUAL, 0);
    }
    inFlight.poll().close();
    for (CompletableFuture<Void> one : waiting) {
      one.get(30, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> entering(ConcurrencyLimiter limiter) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            limiter.enter();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void closeWakesWhoWaits() throws Exception {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(1);
    limiter.enter();
    limiter.close();
    assertThatThrownBy(limiter::enter).isInstanceOf(InterruptedException.class);
  }
}
