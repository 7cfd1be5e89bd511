package org.dynocopy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run may call complete, and without loss. */
class OutcomeTest {

  private static Outcome outcome(long read, long deadLettered, boolean fails, boolean stopped) {
    Counts counts = Counts.settled(read, 0, 0, 10 - deadLettered, deadLettered, 0, 0);
    Optional<Exception> failure = fails ? Optional.of(new Exception()) : Optional.empty();
    return new Outcome(
        counts, Duration.ZERO, Optional.empty(), Optional.empty(), failure, stopped, Map.of());
  }

  @Test
  void completeIsWhatEndedAndAddsUp() {
    assertThat(outcome(10, 0, false, false).complete()).isTrue();
    assertThat(outcome(10, 0, true, false).complete()).isFalse();
    assertThat(outcome(10, 0, false, true).complete()).isFalse();
    assertThat(outcome(11, 0, false, false).complete()).isFalse();
    assertThat(outcome(9, 0, false, false).complete()).isFalse();
    assertThat(Outcome.NOTHING.complete()).isTrue();
  }

  @Test
  void withoutLossIsWhatIsCompleteAndHasNoDeadLetters() {
    assertThat(outcome(10, 0, false, false).withoutLoss()).isTrue();
    assertThat(outcome(10, 1, false, false).complete()).isTrue();
    assertThat(outcome(10, 1, false, false).withoutLoss()).isFalse();
    assertThat(outcome(11, 0, false, false).withoutLoss()).isFalse();
  }
}
