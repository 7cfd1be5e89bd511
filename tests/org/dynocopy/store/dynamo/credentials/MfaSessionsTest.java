package org.dynocopy.store.dynamo.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dynocopy.store.dynamo.wire.SignInException;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

class MfaSessionsTest {

  private static final String DEVICE = "arn:aws:iam::111111111111:mfa/ann";

  private volatile Duration life = Duration.ofHours(1);

  /** The service that takes the code 222222. */
  private final ScriptedServer server =
      new ScriptedServer(
          with -> {
            while (true) {
              boolean right = with.hear().text().contains("TokenCode=222222");
              String body = right ? session() : REFUSED;
              with.say(
                  "HTTP/1.1 %d It is so\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s"
                      .formatted(right ? 200 : 403, body.length(), body));
            }
          });

  private static final String REFUSED =
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
      <Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time
      pass code.</Message></Error></ErrorResponse>
      """;

  private final StsClient sts =
      StsClient.builder()
          .region(Region.EU_WEST_1)
          .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "s")))
          .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(TestServers.DIRECT))
          .build();

  private final Deque<String> codes = new ArrayDeque<>();
  private final List<String> said = new ArrayList<>();
  private int asked;
  private final MfaSessions sessions =
      new MfaSessions(
          (profile, device, before) -> {
            asked++;
            said.add(before);
            return Optional.ofNullable(codes.poll());
          });

  private String session() {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/r/s</Arn></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
    <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>
    """
        .formatted(Instant.now().plus(life));
  }

  @AfterEach
  void close() {
    sts.close();
    server.close();
  }

  private AwsCredentialsProvider of(String profile) {
    return sessions.of(
        profile,
        DEVICE,
        sts,
        AssumeRoleRequest.builder()
            .roleArn("arn:aws:iam::111111111111:role/r")
            .roleSessionName("s")
            .serialNumber(DEVICE));
  }

  @Test
  void codeIsAskedOncePerProfile() {
    codes.addAll(List.of("111111", "222222", "222222"));
    assertThat(of("ann").resolveCredentials().accessKeyId()).isEqualTo("ASIA");
    assertThat(of("ann").resolveCredentials().accessKeyId()).isEqualTo("ASIA");
    assertThat(asked).isEqualTo(2);
    of("bob").resolveCredentials();
    assertThat(asked).isEqualTo(3);
  }

  /** More could lock the device. */
  @Test
  void threeWrongCodesAreEnough() {
    codes.addAll(List.of("000000", "111111", "333333", "222222"));
    assertThatThrownBy(of("ann")::resolveCredentials)
        .isInstanceOf(SignInException.class)
        .hasMessage(
            "the role of the AWS profile `ann` cannot be assumed: AccessDenied:"
                + " MultiFactorAuthentication failed with invalid MFA one time pass code");
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void codeThatIsNoNumberIsAskedForAgain() {
    codes.addAll(List.of("", "nonsense", "12345", "", " 222222 "));
    assertThat(of("ann").resolveCredentials().accessKeyId()).isEqualTo("ASIA");
    assertThat(said).startsWith("").hasSize(5).endsWith("a code has 6 digits");
  }

  @Test
  void refusedCodeIsToldWithWhyAndHowOften() {
    codes.addAll(List.of("111111", "", "111111", "222222"));
    assertThat(of("ann").resolveCredentials().accessKeyId()).isEqualTo("ASIA");
    String refused =
        "the code was refused: AccessDenied: MultiFactorAuthentication failed with invalid MFA one"
            + " time pass code; try again (%d of 3)";
    assertThat(said)
        .containsExactly("", refused.formatted(2), "a code has 6 digits", refused.formatted(3));
  }

  /** Nobody may be there to be asked, hours later. */
  @Test
  void endOfTheSessionIsToldAndNoCodeIsAskedForThen() {
    life = Duration.ofMinutes(-1);
    codes.addAll(List.of("222222", "222222"));
    AwsCredentialsProvider ann = of("ann");
    ann.resolveCredentials();
    assertThatThrownBy(ann::resolveCredentials)
        .isInstanceOf(SignInException.class)
        .hasMessageStartingWith(
            "the session of the AWS profile `ann`, for which a code was given, has")
        .hasMessageContaining("Start again with a new code");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void withoutATerminalItIsToldWhatToDo() {
    assertThatThrownBy(of("ann")::resolveCredentials)
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("wants a code of the MFA device " + DEVICE)
        .hasMessageContaining("`aws configure export-credentials --profile ann >session.json`")
        .hasMessageContaining(
            "in place of `ann` an AWS profile with a region and `credential_proc");
  }
}
