package org.dynocopy.spec.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  @Test
  void isReadAsItIsSaid() {
    assertThat(RetryPolicy.of("attempts=8,base=50ms,cap=20s,giveUpAfter=15m"))
        .isEqualTo(
            new RetryPolicy(
                OptionalInt.of(8),
                Optional.of(Duration.ofMillis(50)),
                Optional.of(Duration.ofSeconds(20)),
                Optional.of(Duration.ofMinutes(15))));
    assertThat(RetryPolicy.of(" attempts = 3 , base = 7ms "))
        .isEqualTo(RetryPolicy.USUAL.withAttempts(3).withBase(Duration.ofMillis(7)));
    assertThat(RetryPolicy.duration("retry cap", " 9m ")).isEqualTo(Duration.ofMinutes(9));
    assertThatThrownBy(() -> RetryPolicy.duration("retry cap", 5)).hasMessageEndingWith(", not 5");
    assertThat(RetryPolicy.of(" cap = 2h "))
        .isEqualTo(RetryPolicy.USUAL.withCap(Duration.ofHours(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attempts=many | `retry attempts` takes a whole number, as in `attempts=8`, not `many`",
        "attempts=-1 | `retry attempts` takes a whole number, as in `attempts=8`, not `-1`",
        "base=5 | `retry base` takes a time above 0, as in `\"50ms\"`, `\"20s\"` or `\"15m\"`, not"
            + " `5`",
        "cap=0s | `retry cap` takes a time above 0, as in `\"50ms\"`, `\"20s\"` or `\"15m\"`, not"
            + " `0s`",
        "cap=1s,often=7 | `retry` takes `attempts`, `base`, `cap` and `giveUpAfter`, as in"
            + " `attempts=8,cap=20s`, not `often=7`",
        "8 | `retry` takes `attempts`, `base`, `cap` and `giveUpAfter`, as in `attempts=8,cap=20s`,"
            + " not `8`",
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatThrownBy(() -> RetryPolicy.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
