package org.dynocopy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunSettingsTest {

  @Test
  void partsHaveTheMemoryAndProcessorsOfTheWholeTogether() {
    RunSettings whole = RunSettings.of(8, 4).withLimit(OptionalLong.of(7)).withOrder(true);
    assertThat(whole.memory()).isEqualTo(RunSettings.defaultMemory());
    assertThat(whole.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
    RunSettings part = whole.divided(5);
    assertThat(5 * part.processors()).isCloseTo(whole.processors(), within(1e-9));
    assertThat(5 * part.memory()).isBetween(whole.memory() - 4, whole.memory());
    assertThat(part)
        .usingRecursiveComparison()
        .ignoringFields("memory", "processors")
        .isEqualTo(whole);
    assertThat(whole.divided(1)).isEqualTo(whole);
  }

  @Test
  void partIsKeptByAllThatIsSetLater() {
    RunSettings part = RunSettings.of(8, 4).divided(4);
    RunSettings later = part.withLimit(OptionalLong.of(7)).withOrder(true).withoutReadingAhead();
    assertThat(later.processors()).isEqualTo(part.processors());
    assertThat(later.memory()).isLessThanOrEqualTo(part.memory());
  }

  /** It can still read: a page is larger than what is left of a small memory. */
  @Test
  void partIsNeverWithoutMemory() {
    assertThat(RunSettings.of(1, 1).divided(Integer.MAX_VALUE).memory()).isPositive();
  }
}
