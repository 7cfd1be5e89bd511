package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.http.SocketTransport.Timeouts;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.http.Transport.Response;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.dynocopy.testing.servers.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as servers, and what stands before them, speak it. */
class SocketTransportTest {

  private static final Duration SOON = Duration.ofMinutes(1);

  /** Returns what keeps its connections, however long this machine takes between two requests. */
  private static SocketTransport transport() {
    return new SocketTransport(
        new Timeouts(SOON, SOON, Duration.ofHours(1), Duration.ofHours(1)),
        ProxySettings.NONE,
        TrustStore.OF_JAVA::context);
  }

  private static Request request(int port, String body) {
    Origin origin = new Origin(false, "127.0.0.1", port);
    List<Header> headers =
        List.of(
            new Header("Host", origin.header()),
            new Header("Content-Length", Integer.toString(body.length())));
    return new Request(
        origin, "POST", "/", headers, Body.of(body.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.ISO_8859_1);
  }

  /** Sends a request to a server that follows a script. */
  private static Response send(Script script) throws IOException {
    try (ScriptedServer server = new ScriptedServer(script);
        SocketTransport transport = transport()) {
      return transport.send(request(server.port(), "{}"));
    }
  }

  private static String answered(String answer) throws IOException {
    return text(
        send(
            with -> {
              with.hear();
              with.say(answer);
            }));
  }

  private static IOException failure(Script script) {
    IOException e = catchThrowableOfType(IOException.class, () -> send(script));
    assertThat(e).as("it fails").isNotNull();
    return e;
  }

  @Test
  void requestArrivesAsItIsAndSoDoesTheAnswer() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Conversation::echo);
        SocketTransport transport = transport()) {
      Response response = transport.send(request(server.port(), "{\"a\":1}"));
      assertThat(response.status()).isEqualTo(200);
      assertThat(text(response)).isEqualTo("{\"a\":1}");
      assertThat(response.header().apply("CONTENT-length")).contains("7");
      assertThat(response.header().apply("x-amz-crc32")).isEmpty();
      assertThat(server.received.get(0).head())
          .containsExactly(
              "POST / HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "Content-Length: 7");
    }
  }

  /** A body that is written piece by piece. */
  private record Pieces(List<byte[]> pieces) implements Body {
    @Override
    public long length() {
      return pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
    }

    @Override
    public InputStream newStream() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      pieces.forEach(all::writeBytes);
      return new ByteArrayInputStream(all.toByteArray());
    }
  }

  @Test
  void piecesOfEverySizeArriveOneAfterTheOther() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Conversation::echo);
        SocketTransport transport = transport()) {
      Cases.forAll(
          60,
          random -> {
            List<byte[]> pieces = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
              byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 300_000 : 900)];
              random.nextBytes(bytes);
              pieces.add(bytes);
            }
            Body body = new Pieces(pieces);
            Origin origin = new Origin(false, "127.0.0.1", server.port());
            Header length = new Header("Content-Length", Long.toString(body.length()));
            Request request = new Request(origin, "POST", "/", List.of(length), body);
            assertThat(transport.send(request).body()).isEqualTo(body.newStream().readAllBytes());
          });
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void chunksAreOneBody() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(answered(head + "5\r\nhello\r\nA;x=y\r\n, chunked \r\n1\r\n!\r\n0\r\n\r\n"))
        .isEqualTo("hello, chunked !");
    assertThat(answered(head + "0\r\nTrailer: x\r\n\r\n")).isEmpty();
  }

  @Test
  void bodyWithoutALengthEndsWithTheConnection() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(20_000))).hasSize(20_000);
  }

  @Test
  void connectionThatEndedWithItsBodyIsNotUsedAgain() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.hear();
                  with.say("HTTP/1.1 200 OK\r\n\r\n{}");
                });
        SocketTransport transport = transport()) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(transport.send(request(server.port(), "{}")))).isEqualTo("{}");
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void headsOfOneHundredAreNotTheAnswer() throws Exception {
    assertThat(
            answered(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
        .isEqualTo("{}");
  }

  @Test
  void statusesWithoutABodyHaveNone() throws Exception {
    assertThat(answered("HTTP/1.1 204 No Content\r\n\r\n")).isEmpty();
    assertThat(answered("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")).isEmpty();
  }

  @Test
  void linesMayEndWithoutAReturnAndHeadersInAnyCaseWithBlanks() throws Exception {
    assertThat(answered("HTTP/1.1 200\ncontent-LENGTH:  2  \n\n{}")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n1234",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n123\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n{}",
        "HTTP/1.1 2000 OK\r\n\r\n{}",
        "HTTP/2 200\r\n\r\n{}",
        "SSH-2.0-OpenSSH_9.2p1\r\n",
      })
  void whatIsNoWholeAnswerIsAFailure(String answer) {
    assertThatThrownBy(() -> answered(answer)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 134217729\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n8000001\r\n{}",
      })
  void answerThatSaysThatItIsTooLargeIsNotReadAtAll(String rest) {
    assertThatThrownBy(() -> answered("HTTP/1.1 200 OK\r\n" + rest))
        .isInstanceOf(ResponseTooLargeException.class)
        .hasMessageContaining("bytes: the most that is read is 1");
  }

  @Test
  void headersWithoutAnEndAreNotReadForEver() {
    IOException e =
        failure(
            with -> {
              with.hear();
              with.say("HTTP/1.1 200 OK\r\n");
              while (true) {
                with.say("X-More: " + "x".repeat(1_000) + "\r\n");
              }
            });
    assertThat(e).hasMessageContaining("more than 65536 bytes");
    failure(
        with -> {
          with.hear();
          while (true) {
            with.say("x".repeat(1_000));
          }
        });
  }

  @Test
  void connectionIsKeptForTheNextRequest() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Conversation::echo);
        SocketTransport transport = transport()) {
      for (int i = 0; i < 5; i++) {
        assertThat(text(transport.send(request(server.port(), "n" + i)))).isEqualTo("n" + i);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nConnection: Keep-Alive, Close\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 9\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "2\r\n"
            + "{}\r\n"
            + "0\r\n\r\n",
      })
  void connectionIsNotUsedAgainAfterWhatMayEndOrConfuseIt(String answer) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  while (true) {
                    with.hear();
                    with.say(answer);
                  }
                });
        SocketTransport transport = transport()) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(transport.send(request(server.port(), "{}")))).isEqualTo("{}");
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  /** A body that is larger than the reader's buffer leaves what follows it in the socket. */
  @ParameterizedTest
  @ValueSource(ints = {100, 8_100, 20_000, 200_000})
  void connectionWithMoreThanTheAnswerIsNotUsedAgain(int length) throws Exception {
    String body = "x".repeat(length);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  while (true) {
                    with.hear();
                    with.say(head + body + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                  }
                });
        SocketTransport transport = transport()) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(transport.send(request(server.port(), "{}")))).isEqualTo(body);
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  /** Used each second, it is never idle for long. */
  @Test
  void nameIsAskedAgainWhenAConnectionIsThreeMinutesOld() throws Exception {
    AtomicLong now = new AtomicLong();
    List<Long> asked = new ArrayList<>();
    Addresses.Resolver resolver =
        host -> {
          asked.add(Duration.ofNanos(now.get()).toSeconds());
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    try (ScriptedServer server = new ScriptedServer(Conversation::echo);
        SocketTransport transport =
            new SocketTransport(
                Timeouts.DEFAULT,
                ProxySettings.NONE,
                TrustStore.OF_JAVA::context,
                resolver,
                now::get)) {
      for (int second = 0; second < 400; second++) {
        transport.send(request(server.port(), "{}"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      assertThat(asked).containsExactly(0L, 180L, 360L);
      assertThat(server.connections()).isEqualTo(3);
      now.addAndGet(Duration.ofSeconds(2).toNanos());
      transport.send(request(server.port(), "{}"));
      assertThat(asked).hasSize(4);
    }
  }

  /** Behind a name there are other servers after a while. */
  @Test
  void connectionIsRetiredWhenItIsOld() throws Exception {
    Timeouts timeouts = new Timeouts(SOON, SOON, SOON, Duration.ofMillis(50));
    try (ScriptedServer server = new ScriptedServer(Conversation::echo);
        SocketTransport transport =
            new SocketTransport(timeouts, ProxySettings.NONE, TrustStore.OF_JAVA::context)) {
      transport.send(request(server.port(), "{}"));
      Thread.sleep(60);
      transport.send(request(server.port(), "{}"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionThatTheServerHasClosedIsSeenAfterAWhile() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.answer(with.hear().text());
                  Thread.sleep(100);
                });
        SocketTransport transport =
            new SocketTransport(
                Timeouts.DEFAULT, ProxySettings.NONE, TrustStore.OF_JAVA::context)) {
      for (int i = 0; i < 2; i++) {
        assertThat(text(transport.send(request(server.port(), "{}")))).isEqualTo("{}");
        Thread.sleep(2_200);
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionThatBreaksFailsItsRequestAloneAndIsNotUsedAgain() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.answer(with.hear().text());
                  with.hear();
                  with.reset();
                });
        SocketTransport transport = transport()) {
      transport.send(request(server.port(), "{}"));
      assertThatThrownBy(() -> transport.send(request(server.port(), "{}")))
          .isInstanceOf(IOException.class);
      assertThat(text(transport.send(request(server.port(), "again")))).isEqualTo("again");
    }
  }

  @Test
  void serverThatIsSilentIsNotWaitedForForEver() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(with -> over.await());
        SocketTransport transport =
            new SocketTransport(
                new Timeouts(SOON, Duration.ofMillis(200), SOON, SOON),
                ProxySettings.NONE,
                TrustStore.OF_JAVA::context)) {
      assertThatThrownBy(() -> transport.send(request(server.port(), "{}")))
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      over.countDown();
    }
  }

  /** More than all buffers on the way hold: the write blocks, and reading is never come to. */
  @Test
  void serverThatDoesNotReadIsNotWrittenToForEver() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketTransport transport =
            new SocketTransport(
                new Timeouts(SOON, Duration.ofMillis(500), SOON, SOON),
                ProxySettings.NONE,
                TrustStore.OF_JAVA::context)) {
      Body body = Body.of(new byte[24_000_000]);
      Origin origin = new Origin(false, "127.0.0.1", deaf.getLocalPort());
      Request request = new Request(origin, "POST", "/", List.of(), body);
      long start = System.nanoTime();
      assertThatThrownBy(() -> transport.send(request))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("it does not read what is sent");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(500), SOON);
    }
  }

  /** A queue that is full takes no connection, and the system asks for minutes. */
  @Test
  void connectionIsNotWaitedForForEver() throws Exception {
    List<Socket> queue = new ArrayList<>();
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketTransport transport =
            new SocketTransport(
                new Timeouts(Duration.ofMillis(500), Duration.ofMinutes(5), SOON, SOON),
                ProxySettings.NONE,
                TrustStore.OF_JAVA::context)) {
      fill(busy, queue);
      long start = System.nanoTime();
      assertThatThrownBy(() -> transport.send(request(busy.getLocalPort(), "{}")))
          .isInstanceOf(ConnectException.class)
          .hasMessage("Connect timed out");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    } finally {
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
    try {
      while (queue.size() < 100) {
        queue.add(new Socket());
        queue.get(queue.size() - 1).connect(server.getLocalSocketAddress(), 500);
      }
    } catch (SocketTimeoutException e) {
      return; // it is full now
    } catch (ConnectException e) {
      abort("this system refuses connections when the queue is full");
    }
    abort("this system's queues are never full");
  }

  @Test
  void portWhereNobodyListensIsRefused() throws Exception {
    try (Socket taken = new Socket(); // bound, so that nobody else listens there, and not listening
        SocketTransport transport = transport()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThatThrownBy(() -> transport.send(request(taken.getLocalPort(), "{}")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused");
    }
  }

  @Test
  void headerWithALineBreakIsNotSent() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Conversation::echo);
        SocketTransport transport = transport()) {
      Request request =
          new Request(
              new Origin(false, "127.0.0.1", server.port()),
              "GET",
              "/",
              List.of(new Header("X-Token", "a\r\nX-Other: b")),
              Body.NONE);
      assertThatThrownBy(() -> transport.send(request)).hasMessageContaining("line break");
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void threadsDoNotShareAConnection() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Conversation::echo);
        SocketTransport transport = transport()) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "thread " + i;
        calls.add(
            () -> {
              for (int n = 0; n < 200; n++) {
                String body = name + " " + n + "x".repeat(n);
                assertThat(text(transport.send(request(server.port(), body)))).isEqualTo(body);
              }
              return null;
            });
      }
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
      assertThat(server.connections()).isBetween(1, 8);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void addressOfIpv6IsReached() throws Exception {
    try (SocketTransport transport = transport()) {
      Request request =
          new Request(new Origin(false, "[::1]", 1), "GET", "/", List.of(), Body.NONE);
      // Not an unknown host: the address is understood, whether or not this machine has it.
      assertThatThrownBy(() -> transport.send(request))
          .isInstanceOf(java.net.SocketException.class);
    }
  }
}
