package org.dynocopy.store.dynamo.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class RefreshedCredentialsTest {

  private Instant now = Instant.parse("2026-11-30T12:00:00Z");
  private Duration life = Duration.ofHours(1);
  private boolean failing;
  private int had;
  private final RefreshedCredentials credentials = new RefreshedCredentials(this::session, clock());

  private AwsCredentials session() {
    if (failing) {
      throw new IllegalStateException("no more");
    }
    return AwsSessionCredentials.builder()
        .accessKeyId("key " + ++had)
        .secretAccessKey("s")
        .sessionToken("t")
        .expirationTime(life == null ? null : now.plus(life))
        .build();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private String after(Duration time) {
    now = now.plus(time);
    return credentials.resolveCredentials().accessKeyId();
  }

  /** Five minutes before its end, or at half its time if that is later. */
  @ParameterizedTest
  @CsvSource({
    "PT1H, PT54M59S, PT2S",
    "PT15M, PT9M59S, PT2S",
    "PT8M, PT3M59S, PT2S",
    "PT2S, PT0.9S, PT0.2S",
  })
  void sessionIsRenewedBeforeItsEndAndNoSooner(Duration life, Duration kept, Duration more) {
    this.life = life;
    assertThat(after(Duration.ZERO)).isEqualTo("key 1");
    assertThat(after(kept)).isEqualTo("key 1");
    assertThat(after(more)).isEqualTo("key 2");
  }

  @Test
  void keysWithoutAnEndAreKept() {
    life = null;
    assertThat(after(Duration.ZERO)).isEqualTo("key 1");
    assertThat(after(Duration.ofDays(9))).isEqualTo("key 1");
  }

  @Test
  void renewalThatFailsKeepsWhatIsStillGood() {
    assertThat(after(Duration.ZERO)).isEqualTo("key 1");
    failing = true;
    assertThat(after(Duration.ofMinutes(56))).isEqualTo("key 1");
    failing = false;
    assertThat(after(Duration.ofSeconds(1))).as("half of what is left").isEqualTo("key 1");
    assertThat(after(Duration.ofMinutes(2))).isEqualTo("key 2");
    failing = true;
    now = now.plus(Duration.ofHours(1));
    assertThatThrownBy(credentials::resolveCredentials).hasMessage("no more");
  }

  /** A clock that is ahead: the service decides, and is not asked for others all the time. */
  @Test
  void sessionThatSeemsToHaveEndedIsUsed() {
    life = Duration.ofMinutes(-5);
    assertThat(after(Duration.ZERO)).isEqualTo("key 1");
    assertThat(after(Duration.ofMillis(900))).isEqualTo("key 1");
    assertThat(after(Duration.ofMillis(200))).isEqualTo("key 2");
  }

  @Test
  void oneThreadRenewsWhileTheOthersGoOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RefreshedCredentials slow =
        new RefreshedCredentials(
            () -> {
              if (had > 0) {
                begun.countDown();
                await(go);
              }
              return session();
            },
            clock());
    assertThat(slow.resolveCredentials().accessKeyId()).isEqualTo("key 1");
    now = now.plus(Duration.ofMinutes(56));
    CompletableFuture<AwsCredentials> renewal =
        CompletableFuture.supplyAsync(slow::resolveCredentials);
    begun.await();
    assertThat(slow.resolveCredentials().accessKeyId()).isEqualTo("key 1");
    go.countDown();
    assertThat(renewal.join().accessKeyId()).isEqualTo("key 2");
    assertThat(slow.resolveCredentials().accessKeyId()).isEqualTo("key 2");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
