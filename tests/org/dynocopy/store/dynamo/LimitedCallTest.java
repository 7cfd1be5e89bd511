package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimitedCallTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final IllegalStateException LATE = new IllegalStateException("late");

  @Test
  void returnsAndThrowsWhatTheCallDoes() {
    assertThat(LimitedCall.within(LONG, () -> "done", () -> LATE)).isEqualTo("done");
    IllegalArgumentException failure = new IllegalArgumentException("no");
    assertThatThrownBy(() -> LimitedCall.within(LONG, () -> fail(failure), () -> LATE))
        .isSameAs(failure);
    AssertionError error = new AssertionError();
    assertThatThrownBy(() -> LimitedCall.within(LONG, () -> fail(error), () -> LATE))
        .isSameAs(error);
  }

  @Test
  void callThatDoesNotReturnIsInterrupted() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertThatThrownBy(
            () -> LimitedCall.within(Duration.ofMillis(50), () -> wait(interrupted), () -> LATE))
        .isSameAs(LATE);
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static String wait(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return "";
  }

  private static String fail(RuntimeException failure) {
    throw failure;
  }

  private static String fail(Error failure) {
    throw failure;
  }
}
