package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.http.Transport.Response;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all transports have in common. */
class TransportsTest {

  private static Transport open(Transports kind) {
    return kind.open(ProxySettings.NONE, TrustStore.OF_JAVA);
  }

  private static Request request(String method, int port, String target, String body) {
    List<Header> headers =
        List.of(
            new Header("Host", "127.0.0.1:" + port),
            new Header("Content-Length", Integer.toString(body.length())),
            new Header("X-Amz-Target", "DynamoDB_20120810.Scan"));
    return new Request(
        new Origin(false, "127.0.0.1", port),
        method,
        target,
        headers,
        Body.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void nameChoosesAndWithoutOneItIsSockets() {
    assertThat(Transports.named(null)).isEqualTo(Transports.SOCKETS);
    assertThat(Transports.named(" ")).isEqualTo(Transports.SOCKETS);
    assertThat(Transports.named("sockets")).isEqualTo(Transports.SOCKETS);
    assertThat(Transports.named("apache")).isEqualTo(Transports.APACHE);
    assertThatThrownBy(() -> Transports.named("netty"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("DYNOCOPY_TRANSPORT")
        .hasMessageContaining("`netty`")
        .hasMessageContaining("`sockets` and `apache`");
  }

  @ParameterizedTest
  @EnumSource
  void requestAndAnswerPassAsTheyAre(Transports kind) throws Exception {
    try (ScriptedServer server = new ScriptedServer(Conversation::echo);
        Transport transport = open(kind)) {
      Response response = transport.send(request("POST", server.port(), "/", "{\"a\":1}"));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
      assertThat(response.header().apply("content-length")).contains("7");
      assertThat(server.received.get(0).header("X-Amz-Target")).contains("DynamoDB_20120810.Scan");
      assertThat(server.received.get(0).header("Content-Length")).contains("7");
      assertThat(server.received.get(0).header("Accept-Encoding")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void chunksBrokenAnswersAndOtherStatusesAreUnderstood(Transports kind) throws Exception {
    // One after the other, whether or not over one connection.
    Queue<String> answers =
        new ConcurrentLinkedQueue<>(
            List.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"));
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  while (!answers.isEmpty()) {
                    with.hear();
                    with.say(answers.remove());
                  }
                });
        Transport transport = open(kind)) {
      Request request = request("POST", server.port(), "/", "{}");
      assertThat(transport.send(request).body()).hasSize(2);
      assertThat(transport.send(request).status()).isEqualTo(500);
      assertThat(transport.send(request).status()).isEqualTo(302);
      assertThatThrownBy(() -> transport.send(request)).isInstanceOf(IOException.class);
    }
  }

  /** Also where it is the connection that was used before: the server may have done it. */
  @ParameterizedTest
  @EnumSource
  void requestWhoseConnectionBreaksIsSentOnce(Transports kind) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.answer(with.hear().text());
                  with.hear();
                  with.reset();
                });
        Transport transport = open(kind)) {
      transport.send(request("POST", server.port(), "/", "{}"));
      assertThatThrownBy(() -> transport.send(request("POST", server.port(), "/", "{}")))
          .isInstanceOf(IOException.class);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxyIsAskedInTheSameWay(Transports kind) throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(Conversation::echo)) {
      String url = "http://ann:pw@127.0.0.1:" + proxy.port();
      ProxySettings proxies =
          ProxySettings.of(name -> name.equals("HTTP_PROXY") ? url : null, name -> null);
      try (Transport transport = kind.open(proxies, TrustStore.OF_JAVA)) {
        Request request =
            new Request(
                new Origin(false, "dynamodb.test", 8000),
                "POST",
                "/",
                List.of(
                    new Header("Host", "dynamodb.test:8000"), new Header("Content-Length", "2")),
                Body.of("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(transport.send(request).body()).hasSize(2);
      }
      assertThat(proxy.received.get(0).head().get(0))
          .isEqualTo("POST http://dynamodb.test:8000/ HTTP/1.1");
      assertThat(proxy.received.get(0).header("Proxy-Authorization")).contains("Basic YW5uOnB3");
    }
  }
}
