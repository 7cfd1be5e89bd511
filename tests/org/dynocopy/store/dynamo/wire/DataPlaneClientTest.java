package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Answering;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.testing.servers.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class DataPlaneClientTest {

  private static final RequestBody BODY = new RequestBody().add("{\"TableName\":").add("\"t\"}");

  private static final AwsCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "s3cr3t"));

  private static byte[] call(Answering answering) throws StoreException {
    return new FakeService(answering).wire().call("Scan", BODY);
  }

  private static StoreException failure(Answering answering) {
    StoreException e = catchThrowableOfType(StoreException.class, () -> call(answering));
    assertThat(e).as("it fails").isNotNull();
    return e;
  }

  private static String crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.valueOf(crc.getValue());
  }

  @Test
  void bodyAndOperationArriveAndTheAnswerComesBack() throws Exception {
    FakeService service = new FakeService((operation, body) -> Reply.of(operation + " " + body));
    assertThat(service.wire().call("Scan", BODY))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("Scan {\"TableName\":\"t\"}");
  }

  @Test
  void answerWithTheRightChecksumPassesAndWithAnotherIsDamaged() throws Exception {
    Reply reply = Reply.of("{\"Count\":0}");
    call((o, b) -> reply.with("x-amz-crc32", crc("{\"Count\":0}")));
    StoreException e = failure((o, b) -> reply.with("x-amz-crc32", crc("{\"Count\":1}")));
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "12", "x", "-1"})
  void answerOfAnotherLengthThanItSaysIsTriedAgain(String length) {
    StoreException e = failure((o, b) -> Reply.of("{\"Count\":0}").with("Content-Length", length));
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void brokenConnectionIsTriedAgain() {
    StoreException e =
        failure(
            (o, b) -> {
              throw new IOException("Connection reset");
            });
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessage("prod: http://127.0.0.1:1 does not answer (Connection reset)");
  }

  @Test
  void everyOtherStatusIsAFailure() {
    assertThat(failure((o, b) -> Reply.of(500, "")).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure((o, b) -> Reply.of(204, "")).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure((o, b) -> Reply.of(302, "")).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void secretsAreInNoMessage() {
    StoreException e = failure((o, b) -> Reply.of(403, "{\"__type\":\"x#AccessDeniedException\"}"));
    assertThat(e.toString()).doesNotContain("s3cr3t").doesNotContain("AKIA1");
  }

  /** What comes from a real connection, by each of the transports. */
  @ParameterizedTest
  @EnumSource
  void damagedAndBrokenAnswersAreTriedAgainAndWholeOnesPass(Transports by) throws Exception {
    String body = "{\"Count\":0}";
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nx-amz-crc32: ";
    List<String> damaged =
        List.of(
            head + crc("{\"Count\":1}") + "\r\n\r\n" + body,
            head + crc(body) + "\r\n\r\n{\"Count\"",
            head.replace("11", "9") + crc(body) + "\r\n\r\n{\"Count\":",
            "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
            "");
    for (String answer : damaged) {
      assertThatThrownBy(() -> call(by, answer))
          .as(answer)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
    assertThat(call(by, head + crc(body) + "\r\n\r\n" + body)).asString().isEqualTo(body);
  }

  private static byte[] call(Transports by, String answer) throws StoreException {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.hear();
                  with.say(answer);
                });
        Transport transport = by.open(TrustStore.OF_JAVA)) {
      URI endpoint = URI.create("http://127.0.0.1:" + server.port());
      return new DataPlaneClient(
              "prod",
              endpoint,
              "eu-west-1",
              KEYS,
              transport,
              new ServerOmissions("prod"),
              DataPlaneClient.SignerCheck.NONE)
          .call("Scan", BODY);
    }
  }

  /** Expired credentials are not signed with again, if their provider has newer ones. */
  @Test
  void eachAttemptAfterAFailureAsksWhoSigns() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FakeService service =
        new FakeService(
            (o, b) ->
                asked.get() == 1 ? Reply.of(400, "{\"__type\":\"ExpiredToken\"}") : Reply.of("{}"));
    DataPlaneClient wire =
        new DataPlaneClient(
            "prod",
            URI.create("http://127.0.0.1:1"),
            "eu-west-1",
            (AwsCredentialsProvider)
                () -> AwsBasicCredentials.create("AKIA" + asked.incrementAndGet(), "s3cr3t"),
            Transport.by(service),
            new ServerOmissions("prod"),
            DataPlaneClient.SignerCheck.NONE);
    assertThatThrownBy(() -> wire.call("Scan", BODY)).isInstanceOf(StoreException.class);
    wire.call("Scan", BODY);
    wire.call("Scan", BODY);
    assertThat(asked).hasValueBetween(2, 3);
  }

  /** Else it would count for a budget, and its item might be taken for one that was written. */
  @Test
  void requestThatNobodySignsWasNotSent() throws Exception {
    StoreException unavailable = new StoreException(Kind.UNAVAILABLE, "no answer about the table");
    List<DataPlaneClient> wires =
        List.of(
            wire(
                KEYS,
                identity -> {
                  throw unavailable;
                }),
            wire(
                () -> {
                  throw new SignInException(Kind.UNAVAILABLE, "no answer about the role", null);
                },
                DataPlaneClient.SignerCheck.NONE));
    for (DataPlaneClient wire : wires) {
      StoreException e = catchThrowableOfType(StoreException.class, () -> wire.call("Scan", BODY));
      assertThat(e.retryable()).isTrue();
      assertThat(e.mayBeDone()).isFalse();
      assertThat(e).hasMessageStartingWith("no answer about the ");
    }
  }

  private static DataPlaneClient wire(
      AwsCredentialsProvider signer, DataPlaneClient.SignerCheck check) {
    return new DataPlaneClient(
        "prod",
        URI.create("http://127.0.0.1:1"),
        "eu-west-1",
        signer,
        Transport.by(new FakeService((o, b) -> Reply.of("{}"))),
        new ServerOmissions("prod"),
        check);
  }

  /** What is signed at the end of a session may come too late. */
  @Test
  void sessionThatIsNearItsEndIsNotKept() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AwsCredentialsProvider ended =
        () -> {
          asked.incrementAndGet();
          return AwsSessionCredentials.builder()
              .accessKeyId("ASIA")
              .secretAccessKey("s3cr3t")
              .sessionToken("t")
              .expirationTime(Instant.now())
              .build();
        };
    DataPlaneClient wire =
        new DataPlaneClient(
            "prod",
            URI.create("http://127.0.0.1:1"),
            "eu-west-1",
            ended,
            Transport.by(new FakeService((o, b) -> Reply.of("{}"))),
            new ServerOmissions("prod"),
            DataPlaneClient.SignerCheck.NONE);
    wire.call("Scan", BODY);
    wire.call("Scan", BODY);
    assertThat(asked).hasValue(2);
  }
}
