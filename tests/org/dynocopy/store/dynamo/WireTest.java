package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.dynamo.FakeService.Answering;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.junit.jupiter.api.Test;

class WireTest {

  private static final RequestBody BODY = new RequestBody().add("{\"TableName\":").add("\"t\"}");

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

  @Test
  void answerThatEndsTooSoonIsTriedAgain() {
    StoreException e = failure((o, b) -> Reply.of("{\"Count\":0}").with("Content-Length", "12"));
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
}
