package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.dynocopy.http.SocketTransport.Timeouts;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.testing.servers.Certificates;
import org.dynocopy.testing.servers.Listener;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Script;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Servers and proxies that always do something, but never come to an end. */
@Timeout(60)
class SlowServersTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String TOO_SLOW = "it is too slow: [\\d,]+ bytes in \\d+ s";

  @TempDir private static Path folder;

  private static SSLContext certificate;

  @BeforeAll
  static void certificates() throws Exception {
    certificate = Certificates.context(Certificates.make(folder, "ip:127.0.0.1"));
  }

  private static SocketTransport transport(Duration answer, ProxySettings proxies) {
    return new SocketTransport(new Timeouts(LONG, answer, LONG, LONG), proxies, () -> certificate);
  }

  private static Request request(boolean tls, int port) {
    Origin origin = new Origin(tls, "127.0.0.1", port);
    List<Header> headers = List.of(new Header("Host", origin.header()));
    return new Request(origin, "GET", "/", headers, Body.NONE);
  }

  /** Says something, and then a byte every now and then. */
  private static Script dripping(List<String> firsts) {
    AtomicInteger connections = new AtomicInteger();
    return with -> {
      with.hear();
      with.say(firsts.get(connections.getAndIncrement() % firsts.size()));
      while (true) {
        with.say("x");
        Thread.sleep(50);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerByteByByteEnds(boolean tls) throws Exception {
    List<String> firsts =
        List.of(
            "HTTP/1.1 200 ",
            "HTTP/1.1 200 OK\r\nX-More: ",
            "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    Optional<SSLContext> how = tls ? Optional.of(certificate) : Optional.empty();
    ExecutorService threads = Executors.newFixedThreadPool(firsts.size());
    try (ScriptedServer server = new ScriptedServer(how, dripping(firsts));
        SocketTransport transport = transport(SHORT, ProxySettings.NONE)) {
      Callable<Object> call = () -> transport.send(request(tls, server.port()));
      for (Future<Object> one : threads.invokeAll(Collections.nCopies(firsts.size(), call))) {
        assertThatThrownBy(one::get)
            .cause()
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessageMatching(TOO_SLOW);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Memory that another answer has is not there for this one; the server has no part in it. */
  @Test
  void waitForMemoryIsNoneForTheServer() throws Exception {
    Duration most = Duration.ofSeconds(1);
    int length = 100_000;
    ResponseMemory memory = new ResponseMemory(1);
    CountDownLatch free = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.say("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                  free.await();
                  with.say("x".repeat(length));
                });
        WatchedSocket socket = new WatchedSocket(most)) {
      socket.connect(new InetSocketAddress("127.0.0.1", server.port()), LONG);
      ResponseReader reader =
          new ResponseReader(socket.getInputStream(), memory, socket::extendExchange);
      final Future<byte[]> body;
      try (ResponseMemory.Part other = memory.new Part(nanos -> {})) {
        other.take(2);
        socket.beginExchange();
        body = thread.submit(() -> reader.body(reader.head(), "POST", length));
        assertThatThrownBy(() -> body.get(most.toMillis() + 100, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
      }
      free.countDown();
      assertThat(body.get()).hasSize(length);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void handshakeByteByByteEnds() throws Exception {
    // The head of a record of 16 KB, which then comes slowly.
    byte[] record = {22, 3, 3, 64, 0};
    Listener server =
        Listener.start(
            connection -> {
              connection.getOutputStream().write(record);
              while (true) {
                connection.getOutputStream().write(2);
                Thread.sleep(50);
              }
            });
    try (server;
        SocketTransport transport = transport(SHORT, ProxySettings.NONE)) {
      assertThatThrownBy(() -> transport.send(request(true, server.port())))
          .hasMessageMatching(TOO_SLOW);
    }
  }

  @Test
  void answerOfAProxyByteByByteEnds() throws Exception {
    try (ScriptedServer proxy =
        new ScriptedServer(dripping(List.of("HTTP/1.1 200 OK\r\nX-More: ")))) {
      String url = "http://127.0.0.1:" + proxy.port();
      ProxySettings proxies =
          ProxySettings.of(name -> name.equals("HTTPS_PROXY") ? url : null, name -> null);
      Request behind =
          new Request(new Origin(true, "dynamodb.test", 443), "GET", "/", List.of(), Body.NONE);
      try (SocketTransport transport = transport(SHORT, proxies)) {
        assertThatThrownBy(() -> transport.send(behind))
            .isInstanceOfSatisfying(
                ProxyUnreachableException.class,
                e -> assertThat(e.why()).hasMessageMatching(TOO_SLOW));
      }
    }
  }

  @Test
  void serverThatReadsByteByByteEnds() throws Exception {
    Body body = Body.of(new byte[24_000_000]);
    try (ServerSocket server = new ServerSocket()) {
      server.setReceiveBufferSize(4_096);
      server.bind(null, 1);
      Thread reading = new Thread(() -> readSlowly(server));
      reading.start();
      Origin origin = new Origin(false, "127.0.0.1", server.getLocalPort());
      try (SocketTransport transport = transport(SHORT, ProxySettings.NONE)) {
        assertThatThrownBy(() -> transport.send(new Request(origin, "POST", "/", List.of(), body)))
            .isInstanceOf(SocketTimeoutException.class);
      }
      reading.interrupt();
    }
  }

  private static void readSlowly(ServerSocket server) {
    try (Socket connection = server.accept();
        InputStream in = connection.getInputStream()) {
      while (in.readNBytes(2_000).length > 0) {
        Thread.sleep(50);
      }
    } catch (IOException e) {
      // The client has hung up, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answerThatIsSlowButComesIsWhole() throws Exception {
    // 200 KB a second, for longer than one waits for the next bytes.
    Duration wait = Duration.ofSeconds(2);
    Script slow =
        with -> {
          with.hear();
          with.say("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n");
          for (int i = 0; i < 25; i++) {
            with.say("x".repeat(20_000));
            Thread.sleep(100);
          }
        };
    try (ScriptedServer server = new ScriptedServer(slow);
        SocketTransport transport = transport(wait, ProxySettings.NONE)) {
      long start = System.nanoTime();
      assertThat(transport.send(request(false, server.port())).body()).hasSize(500_000);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(wait);
    }
  }

  private static HttpExecuteResponse ask(SdkHttpClient client, int port) throws IOException {
    SdkHttpRequest head =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://127.0.0.1:" + port))
            .build();
    return client.prepareRequest(HttpExecuteRequest.builder().request(head).build()).call();
  }

  @Test
  void clientsOfTheSdkWaitNoLonger() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nX-More: ";
    try (ScriptedServer server = new ScriptedServer(dripping(List.of(head)));
        SocketTransport transport = transport(SHORT, ProxySettings.NONE)) {
      assertThatThrownBy(() -> ask(transport.client(), server.port())).hasMessageMatching(TOO_SLOW);
    }
    for (String first : List.of(head, "HTTP/1.1 200 OK\r\n\r\n")) {
      try (ScriptedServer server = new ScriptedServer(dripping(List.of(first)));
          SdkHttpClient client = new LimitedHttpClient(Apache5HttpClient.create(), 1_000, SHORT)) {
        assertThatThrownBy(
                () -> {
                  HttpExecuteResponse answer = ask(client, server.port());
                  answer.responseBody().get().readAllBytes();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsOfTheSdkReadNoMore(boolean apache) throws Exception {
    Script endless =
        with -> {
          with.hear();
          with.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            with.say("1f40\r\n" + "x".repeat(8_000) + "\r\n");
          }
        };
    Transports kind = apache ? Transports.APACHE : Transports.SOCKETS;
    try (ScriptedServer server = new ScriptedServer(endless);
        Transport transport = kind.open(ProxySettings.NONE, TrustStore.OF_JAVA)) {
      assertThatThrownBy(
              () -> {
                try (InputStream body =
                    ask(transport.client(), server.port()).responseBody().get()) {
                  body.readAllBytes();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than 1,048,576 bytes");
    }
  }
}
