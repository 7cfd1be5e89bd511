package org.dynocopy.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CpuEstimatorTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicLong computed = new AtomicLong(700 * MILLI);
  private final CpuEstimator processors = new CpuEstimator(4, computed::get);
  private long now = 1;

  /** Answers requests for a second, one every ten milliseconds. */
  private double after(long leastMillis, long computingMillis) {
    return after(processors, leastMillis, computingMillis);
  }

  private double after(CpuEstimator processors, long leastMillis, long computingMillis) {
    double useful = 0;
    for (int i = 0; i < 100; i++) {
      now += 10 * MILLI;
      computed.addAndGet(computingMillis * MILLI);
      useful = processors.answered((leastMillis + i % 7) * MILLI, now);
    }
    return useful;
  }

  @Test
  void isNotKnownAtFirst() {
    assertThat(processors.answered(MILLI, now)).isZero();
  }

  @Test
  void whatWaitsForTheServerLeavesRoomForOthers() {
    // Each of the four processors is taken for 2 ms, ten times in the 20 ms of an answer.
    assertThat(after(20, 2)).isEqualTo(1.25 * 4 * (1 + 10));
  }

  /** The other part takes half of what was computed. */
  @Test
  void partOfTheProcessorsIsKeptBusyByItsPartOfTheRequests() {
    CpuEstimator half = new CpuEstimator(2, 4, computed::get);
    assertThat(after(half, 20, 4)).isEqualTo(1.25 * 4 * (1 + 10) / 2);
  }

  @Test
  void whatComputesAllTheTimeLeavesNone() {
    assertThat(after(0, 2)).isEqualTo(1.25 * 4);
  }

  @Test
  void followsWhatIsMeasured() {
    after(2, 2);
    assertThat(after(30, 1)).isEqualTo(1.25 * 4 * (1 + 30));
  }

  @Test
  void thereIsNoBoundWhereNothingIsKnownOfTheProcessors() {
    assertThat(after(20, 0)).isInfinite();
  }
}
