package org.dynocopy.store.dynamo.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that says, byte by byte, what a test wants. */
final class ScriptedServer implements AutoCloseable {

  /** What the server does with a connection, which ends when this returns. */
  @FunctionalInterface
  interface Script {
    void play(Conversation with) throws IOException, InterruptedException;
  }

  /**
   * A request as it came.
   *
   * @param head its first line and its headers
   */
  record Received(List<String> head, byte[] body) {
    Optional<String> header(String name) {
      return head.stream()
          .skip(1)
          .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Optional<SSLContext> tls;
  private final Script script;
  final List<Received> received = Collections.synchronizedList(new ArrayList<>());

  ScriptedServer(Script script) {
    this(Optional.empty(), script);
  }

  ScriptedServer(Optional<SSLContext> tls, Script script) {
    this.tls = tls;
    this.script = script;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (Socket plain = socket) {
      plain.setTcpNoDelay(true);
      script.play(new Conversation(tls.isPresent() ? secured(plain, tls.get()) : plain));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client has hung up, or refuses to talk: its side of the test says whether it should.
    }
  }

  private static Socket secured(Socket plain, SSLContext tls) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  /** A connection, as the server has it. */
  final class Conversation {
    private Socket socket;
    private InputStream in;

    Conversation(Socket socket) throws IOException {
      over(socket);
    }

    private void over(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Talks TLS from now on. */
    void secure(SSLContext with) throws IOException {
      over(secured(socket, with));
    }

    /** Waits for a request; fails if none comes. */
    Received hear() throws IOException {
      List<String> head = new ArrayList<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.add(line);
      }
      Received request = new Received(head, new byte[0]);
      int length = request.header("Content-Length").map(Integer::valueOf).orElse(0);
      request = new Received(head, in.readNBytes(length));
      received.add(request);
      return request;
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("no more requests");
        }
        line.write(c);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Answers with a body, and its length. */
    void answer(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Answers every request with what was asked. */
    void echo() throws IOException {
      while (true) {
        answer(hear().text());
      }
    }

    /** Ends the connection at once, without the usual farewell. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
