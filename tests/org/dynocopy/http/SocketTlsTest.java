package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.dynocopy.http.SocketTransport.Timeouts;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.testing.servers.Certificates;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.dynocopy.testing.servers.ScriptedServer.Script;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is trusted, and how a proxy leads to them. */
@Execution(ExecutionMode.CONCURRENT)
class SocketTlsTest {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofHours(1);

  @TempDir static Path folder;
  private static SSLContext here;
  private static SSLContext elsewhere;

  @BeforeAll
  static void certificates() throws Exception {
    here = Certificates.context(Certificates.make(folder, "ip:127.0.0.1"));
    elsewhere = Certificates.context(Certificates.make(folder, "dns:dynamodb.test"));
  }

  private static String send(SocketTransport transport, boolean tls, String host, int port)
      throws IOException {
    Origin origin = new Origin(tls, host, port);
    Request request =
        new Request(
            origin,
            "POST",
            "/",
            List.of(new Header("Host", origin.header()), new Header("Content-Length", "4")),
            Body.of("body".getBytes(StandardCharsets.UTF_8)));
    return new String(transport.send(request).body(), StandardCharsets.UTF_8);
  }

  private static SocketTransport transport(SSLContext trusting) {
    return new SocketTransport(
        new Timeouts(SOON, SOON, KEPT, KEPT), ProxySettings.NONE, () -> trusting);
  }

  @Test
  void trustedServerIsSpokenTo() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Optional.of(here), Conversation::echo);
        SocketTransport transport = transport(here)) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(transport, true, "127.0.0.1", server.port())).isEqualTo("body");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void serverThatNobodyVouchesForIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Optional.of(here), Conversation::echo);
        SocketTransport usual =
            new SocketTransport(Timeouts.DEFAULT, ProxySettings.NONE, TrustStore.OF_JAVA::context);
        SocketTransport other = transport(elsewhere)) {
      assertThatThrownBy(() -> send(usual, true, "127.0.0.1", server.port()))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> send(other, true, "127.0.0.1", server.port()))
          .isInstanceOf(SSLException.class);
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void serverWithACertificateForAnotherNameIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Optional.of(elsewhere), Conversation::echo);
        SocketTransport transport = transport(elsewhere)) {
      assertThatThrownBy(() -> send(transport, true, "127.0.0.1", server.port()))
          .isInstanceOf(SSLException.class)
          .hasStackTraceContaining("127.0.0.1");
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void connectionByTlsThatTheServerHasClosedIsSeenAfterAWhile() throws Exception {
    Script once = with -> with.answer(with.hear().text());
    try (ScriptedServer server = new ScriptedServer(Optional.of(here), once);
        SocketTransport transport =
            new SocketTransport(
                new Timeouts(SOON, SOON, Duration.ofMillis(200), KEPT),
                ProxySettings.NONE,
                () -> here)) {
      send(transport, true, "127.0.0.1", server.port());
      Thread.sleep(400);
      assertThat(send(transport, true, "127.0.0.1", server.port())).isEqualTo("body");
    }
  }

  @Test
  void serverThatDoesNotReadByTlsIsNotWrittenToForEver() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Script deaf =
        with -> {
          with.say("H");
          end.await();
        };
    try (ScriptedServer server = new ScriptedServer(Optional.of(here), deaf);
        SocketTransport transport =
            // Also for the handshake, which is to be over by then.
            new SocketTransport(
                new Timeouts(SOON, Duration.ofSeconds(5), KEPT, KEPT),
                ProxySettings.NONE,
                () -> here)) {
      Body body = Body.of(new byte[24_000_000]);
      Origin origin = new Origin(true, "127.0.0.1", server.port());
      assertThatThrownBy(() -> transport.send(new Request(origin, "POST", "/", List.of(), body)))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("it does not read what is sent");
    } finally {
      end.countDown();
    }
  }

  @Test
  void serverThatIsSilentByTlsIsNotWaitedForForEver() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Script silent = with -> end.await();
    // The one shakes hands before, the other never does.
    for (Optional<SSLContext> tls : List.of(Optional.of(here), Optional.<SSLContext>empty())) {
      try (ScriptedServer server = new ScriptedServer(tls, silent);
          SocketTransport transport =
              new SocketTransport(
                  new Timeouts(SOON, Duration.ofMillis(500), KEPT, KEPT),
                  ProxySettings.NONE,
                  () -> here)) {
        assertThatThrownBy(() -> send(transport, true, "127.0.0.1", server.port()))
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("Read timed out");
      }
    }
    end.countDown();
  }

  @Test
  void serverWithoutTlsIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(with -> with.say("HTTP/1.1 400 Bad\r\n\r\n"));
        SocketTransport transport = transport(here)) {
      assertThatThrownBy(() -> send(transport, true, "127.0.0.1", server.port()))
          .isInstanceOf(IOException.class);
    }
  }

  private static SocketTransport through(ScriptedServer proxy, String user, boolean tls) {
    String scheme = tls ? "https://" : "http://";
    String url = scheme + user + "127.0.0.1:" + proxy.port();
    ProxySettings proxies =
        ProxySettings.of(
            name -> name.endsWith("_PROXY") && !name.equals("NO_PROXY") ? url : null, name -> null);
    return new SocketTransport(
        new Timeouts(SOON, SOON, KEPT, KEPT), proxies, () -> tls ? here : elsewhere);
  }

  /** Is the proxy, and then the server behind it. */
  private static Script tunnel() {
    return with -> {
      with.hear();
      with.say("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
      with.secure(elsewhere);
      with.echo();
    };
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -", "ann:s3cr%40t@, ann:s3cr@t", "ann@, ann:"})
  void serverBehindAProxyIsReachedThroughATunnel(String user, String said) throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(tunnel());
        SocketTransport transport = through(proxy, user == null ? "" : user, false)) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(transport, true, "dynamodb.test", 443)).isEqualTo("body");
      }
      List<String> connect = new ArrayList<>();
      connect.add("CONNECT dynamodb.test:443 HTTP/1.1");
      connect.add("Host: dynamodb.test:443");
      if (said != null) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        connect.add("Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(bytes));
      }
      assertThat(proxy.received.get(0).head()).isEqualTo(connect);
      assertThat(proxy.received.get(1).head()).contains("Host: dynamodb.test");
      assertThat(proxy.received.get(1).header("Proxy-Authorization")).isEmpty();
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void certificateIsThatOfTheServerBehindTheProxy() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(tunnel());
        SocketTransport transport = through(proxy, "", false)) {
      assertThatThrownBy(() -> send(transport, true, "other.test", 443))
          .isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "407 Proxy Authentication Required, : it wants a user and a password",
    "403 Forbidden, ' to the request for dynamodb.test:443: have it allow this host, or put the'",
    "502 Bad Gateway, ' to the request for dynamodb.test:443'"
  })
  void proxyThatRefusesIsNamedWithoutItsPassword(String status, String why) throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                with -> {
                  with.hear();
                  with.say("HTTP/1.1 " + status + "\r\nContent-Length: 4\r\n\r\nbusy");
                });
        SocketTransport transport = through(proxy, "ann:s3cr3t@", false)) {
      assertThatThrownBy(() -> send(transport, true, "dynamodb.test", 443))
          .hasMessageStartingWith(
              "the proxy 127.0.0.1:"
                  + proxy.port()
                  + " answers with HTTP "
                  + status.substring(0, 3)
                  + why)
          .extracting(Throwable::toString)
          .asString()
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void proxyThatIsNotThereIsNamedInPlaceOfTheServer() throws Exception {
    try (Socket taken = new Socket()) { // bound, so that nobody else listens there
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String at = "127.0.0.1:" + taken.getLocalPort();
      ProxySettings proxies =
          ProxySettings.of(Map.of("HTTPS_PROXY", "http://ann:s3cr3t@" + at)::get, property -> null);
      try (SocketTransport transport =
          new SocketTransport(Timeouts.DEFAULT, proxies, () -> elsewhere)) {
        assertThatThrownBy(() -> send(transport, true, "dynamodb.test", 443))
            .isInstanceOf(ProxyUnreachableException.class)
            .hasNoCause()
            .hasMessage("the proxy " + at + " does not answer");
      }
    }
  }

  /** What is no proxy, ends the connection, or never ends. */
  @ParameterizedTest
  @ValueSource(strings = {"<html>\n", "", "HTTP/1.1 100 Continue\r\n\r\nSSH-2.0\r\n"})
  void proxyThatAnswersNoConnectIsNamedInPlaceOfTheServer(String answer) throws Exception {
    try (ScriptedServer proxy =
            new ScriptedServer(
                with -> {
                  with.hear();
                  with.say(answer);
                });
        SocketTransport transport = through(proxy, "", false)) {
      assertThatThrownBy(() -> send(transport, true, "dynamodb.test", 443))
          .isInstanceOf(ProxyUnreachableException.class)
          .hasMessage("the proxy 127.0.0.1:" + proxy.port() + " does not answer");
    }
  }

  @Test
  void serverByHttpIsAskedForThroughTheProxyByItsWholeAddress() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(Conversation::echo);
        SocketTransport transport = through(proxy, "ann:pw@", false)) {
      assertThat(send(transport, false, "dynamodb.test", 8000)).isEqualTo("body");
      assertThat(proxy.received.get(0).head().get(0))
          .isEqualTo("POST http://dynamodb.test:8000/ HTTP/1.1");
      assertThat(proxy.received.get(0).header("Proxy-Authorization")).isPresent();
    }
  }

  @Test
  void proxyMayItselfSpeakTls() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(Optional.of(here), Conversation::echo);
        SocketTransport transport = through(proxy, "", true)) {
      assertThat(send(transport, false, "dynamodb.test", 8000)).isEqualTo("body");
    }
  }

  @Test
  void thisMachineIsNotBehindTheProxy() throws Exception {
    try (ScriptedServer server = new ScriptedServer(Conversation::echo);
        ScriptedServer proxy = new ScriptedServer(Conversation::echo);
        SocketTransport transport = through(proxy, "", false)) {
      assertThat(send(transport, false, "127.0.0.1", server.port())).isEqualTo("body");
      assertThat(proxy.connections()).isZero();
    }
  }
}
