package org.dynocopy.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.limits.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RetryTest {

  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(60));

  private final RunState state = new RunState();
  private final List<Integer> heard = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void retrying(int attempt, StoreException reason) {
          heard.add(attempt);
        }
      };

  private Retry retry(Backoff backoff) {
    return new Retry(backoff, new ConcurrencyLimiter(1), state, listener);
  }

  private static StoreException failed(Kind kind) {
    return new StoreException(kind, kind + " it is");
  }

  /** Fails with these kinds one after the other, then answers. */
  private static RequestSender.Request<String> failing(Kind... kinds) {
    Deque<Kind> left = new ArrayDeque<>(Arrays.asList(kinds));
    return () -> {
      if (!left.isEmpty()) {
        throw failed(left.poll());
      }
      return "done";
    };
  }

  @Test
  void hotRangeOfKeysSlowsNoOtherAndAllReasonsAreCounted() throws Exception {
    ConcurrencyLimiter limiter = new ConcurrencyLimiter(4);
    Retry retry = new Retry(QUICK, limiter, state, listener);
    StoreException range = StoreException.throttled("slow", "table users, key range", true);
    StoreException table = StoreException.throttled("slow", "table users, account limit", false);
    StoreException unsaid = StoreException.throttled("slow", "", false);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> retry.send(throwing(range))).isSameAs(range);
    }
    assertThat(limiter.limit()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> retry.send(throwing(table))).isSameAs(table);
    }
    assertThat(limiter.limit()).isLessThan(4);
    assertThatThrownBy(() -> retry.send(throwing(unsaid))).isSameAs(unsaid);
    assertThat(state.throttled())
        .isEqualTo(Map.of("table users, key range", 4L, "table users, account limit", 4L));
  }

  private static RequestSender.Request<String> throwing(StoreException e) {
    return () -> {
      throw e;
    };
  }

  @Test
  void waitsUseFullJitterBelowADoublingBoundUpToTheCap() {
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ZERO);
    for (int attempt : new int[] {1, 2, 3, 8, 9, 10, 31, 32, 64, 1_000, Integer.MAX_VALUE}) {
      long bound = attempt > 9 ? 20_000 : 50L << (attempt - 1);
      long least = Long.MAX_VALUE;
      long most = 0;
      for (int i = 0; i < 2_000; i++) {
        long wait = backoff.wait(attempt).toMillis();
        least = Math.min(least, wait);
        most = Math.max(most, wait);
      }
      assertThat(most).as("the longest at %d", attempt).isBetween(bound * 9 / 10, bound);
      assertThat(least).as("the shortest at %d", attempt).isBetween(0L, bound / 10);
    }
  }

  @Test
  void answersAsSoonAsTheRequestSucceeds() throws Exception {
    RequestSender.Request<String> request =
        failing(Kind.THROTTLED, Kind.UNAVAILABLE, Kind.EXPIRED, Kind.THROTTLED);
    assertThat(retry(QUICK).call(request)).isEqualTo("done");
    assertThat(heard).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "REFUSED"})
  void whatCannotSucceedIsNotTriedAgain(Kind kind) {
    assertThatThrownBy(() -> retry(QUICK).call(failing(kind))).hasMessage(kind + " it is");
    assertThat(heard).isEmpty();
  }

  @Test
  void expiredCredentialsAreTriedForAWhileOnly() {
    Kind[] always = new Kind[100_000];
    Arrays.fill(always, Kind.EXPIRED);
    long start = System.nanoTime();
    StoreException e =
        catchThrowableOfType(
            StoreException.class, () -> retry(QUICK).call(takingAMillisecond(failing(always))));
    assertThat(e.kind()).isEqualTo(Kind.EXPIRED);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(5));
    assertThat(heard).as("with longer and longer pauses").hasSizeBetween(1, 60);
  }

  /** What an answer takes is the measure of the pauses. */
  private static <T> RequestSender.Request<T> takingAMillisecond(Retry.Request<T> request) {
    return () -> {
      Thread.sleep(1);
      return request.send();
    };
  }

  /** Who is throttled for long may see the end of the credentials. */
  @Test
  void credentialsThatExpireAfterOtherFailuresAreTriedToo() throws Exception {
    Kind[] kinds = new Kind[10];
    Arrays.fill(kinds, Kind.THROTTLED);
    kinds[9] = Kind.EXPIRED;
    assertThat(retry(QUICK).call(failing(kinds))).isEqualTo("done");
  }

  @Test
  void givesUpWhenNothingInTheRunHasGoneForwardForTooLong() {
    Backoff impatient =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(150));
    Kind[] always = new Kind[100_000];
    Arrays.fill(always, Kind.UNAVAILABLE);
    long start = System.nanoTime();
    state.progress();
    assertThatThrownBy(() -> retry(impatient).call(failing(always)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("gave up after")
        .hasMessageContaining("UNAVAILABLE it is")
        .hasCauseInstanceOf(StoreException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void goesOnForAsLongAsSomethingElseInTheRunGoesForward() throws Exception {
    Backoff impatient =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(500));
    long end = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
    AtomicLong forward = new AtomicLong();
    RequestSender.Request<String> request =
        () -> {
          forward.set(System.nanoTime());
          state.progress();
          if (System.nanoTime() < end) {
            throw failed(Kind.THROTTLED);
          }
          return "done";
        };
    try {
      assertThat(retry(impatient).call(request)).isEqualTo("done");
    } catch (StoreException e) {
      // It may, if this thread was held up for as long.
      assertThat(System.nanoTime() - forward.get())
          .as(e.getMessage())
          .isGreaterThan(impatient.giveUpAfter().toNanos());
    }
  }

  @Test
  void anAnswerAloneIsNoProgressButAPartOfTheWorkIs() throws Exception {
    Thread.sleep(300);
    retry(QUICK).call(() -> "every key of the batch is unprocessed");
    assertThat(state.idle()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    long start = System.nanoTime();
    retry(QUICK).attempts().progressed();
    Duration idle = state.idle();
    assertThat(idle).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));
  }

  /** However low a rate is, it is not given up for it. */
  @Test
  void waitingForARateIsNoStandstill() throws Exception {
    Thread.sleep(50);
    long start = System.nanoTime();
    AtomicInteger waits = new AtomicInteger(1);
    RequestSender.Request<Duration> request =
        new RequestSender.Request<>() {
          @Override
          public Duration send() {
            return state.idle();
          }

          @Override
          public Duration delay() {
            return waits.getAndDecrement() > 0 ? Duration.ofMillis(1) : Duration.ZERO;
          }
        };
    Duration idle = retry(QUICK).send(request);
    assertThat(idle).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - start));
  }

  @Test
  void stoppingWakesWhoeverWaitsForTheNextAttempt() throws Exception {
    Backoff slow = new Backoff(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                retry(slow).call(failing(Kind.THROTTLED, Kind.THROTTLED, Kind.THROTTLED));
                end.complete(null);
              } catch (Throwable e) {
                end.complete(e);
              }
            });
    waiting.start();
    state.stop();
    assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void oneRequestFailsNoMoreOftenThanItMayAndThrottlingDoesNotCount() {
    Backoff two = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60), 2);
    Retry retry = new Retry(two, new ConcurrencyLimiter(1), new RunState(), RunListener.NONE);
    AtomicInteger sent = new AtomicInteger();
    assertThatThrownBy(
            () ->
                retry.call(
                    () -> {
                      sent.incrementAndGet();
                      throw new StoreException(Kind.UNAVAILABLE, "not well");
                    }))
        .hasMessage("gave up after 2 attempts: not well");
    assertThat(sent).hasValue(2);
    assertThatCode(() -> retry.pause(5, new StoreException(Kind.THROTTLED, "slowly")))
        .doesNotThrowAnyException();
  }

  @Test
  void whatAJobSaysOfItsPatienceHoldsAndTheRestIsAsUsual() {
    RetryPolicy some =
        new RetryPolicy(
            OptionalInt.of(3),
            Optional.of(Duration.ofSeconds(30)),
            Optional.empty(),
            Optional.empty());
    assertThat(Backoff.DEFAULT.with(some))
        .isEqualTo(
            new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(15), 3));
    assertThat(Backoff.DEFAULT.with(RetryPolicy.USUAL)).isEqualTo(Backoff.DEFAULT);
  }
}
