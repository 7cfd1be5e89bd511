package org.dynocopy.store.dynamo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.junit.jupiter.api.Test;

/** How long the service is asked whether it has done something. */
class PollerTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private int asked;

  private String wait(Duration unanswered, Duration limit, List<Kind> failures) throws Exception {
    Poller waiting = new Poller(new Poller.Pace(SHORT, SHORT, unanswered, limit), sentence -> {});
    List<Kind> left = new ArrayList<>(failures);
    asked = 0;
    return waiting.until(
        "it",
        () -> {
          asked++;
          if (!left.isEmpty()) {
            throw new StoreException(left.remove(0), "why");
          }
          return asked > failures.size() + 1 ? Optional.of("done") : Optional.empty();
        });
  }

  @Test
  void whatTheServiceMayGetOverIsAskedAgain() throws Exception {
    assertThat(wait(LONG, LONG, List.of())).isEqualTo("done");
    assertThat(asked).isEqualTo(2);
    assertThat(wait(LONG, LONG, List.of(Kind.UNAVAILABLE, Kind.THROTTLED))).isEqualTo("done");
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void whatIsRefusedIsToldAtOnce() {
    assertThatThrownBy(() -> wait(LONG, LONG, List.of(Kind.REFUSED)))
        .hasMessage("why; the service may go on with it");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void serviceThatDoesNotAnswerForTooLongIsAskedNoMore() {
    assertThatThrownBy(() -> wait(Duration.ZERO, LONG, List.of(Kind.UNAVAILABLE)))
        .hasMessage("why; the service may go on with it");
    assertThat(asked).isEqualTo(1);
    assertThatThrownBy(() -> wait(LONG, Duration.ZERO, List.of()))
        .hasMessage("not done after 0 h; the service may go on with it");
    assertThat(asked).isEqualTo(1);
  }
}
