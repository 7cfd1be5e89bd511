package org.dynocopy.testing.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that says, byte by byte, what a test wants. */
public final class ScriptedServer implements AutoCloseable {

  /** What the server does with a connection, which ends when this returns. */
  @FunctionalInterface
  public interface Script {
    void play(Conversation with) throws IOException, InterruptedException;
  }

  /**
   * A request as it came.
   *
   * @param head its first line and its headers
   */
  public record Received(List<String> head, byte[] body) {
    public Optional<String> header(String name) {
      return head.stream()
          .skip(1)
          .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    public String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private final Listener listener;
  private final Optional<SSLContext> tls;
  private final Script script;
  public final List<Received> received = Collections.synchronizedList(new ArrayList<>());

  public ScriptedServer(Script script) {
    this(Optional.empty(), script);
  }

  public ScriptedServer(Optional<SSLContext> tls, Script script) {
    this.tls = tls;
    this.script = script;
    listener = Listener.start(this::serve);
  }

  public int port() {
    return listener.port();
  }

  public int connections() {
    return listener.accepted();
  }

  private void serve(Socket plain) throws IOException, InterruptedException {
    script.play(new Conversation(tls.isPresent() ? secured(plain, tls.get()) : plain));
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
    listener.close();
  }

  /** A connection, as the server has it. */
  public final class Conversation {
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
    public void secure(SSLContext with) throws IOException {
      over(secured(socket, with));
    }

    /** Waits for a request; fails if none comes. */
    public Received hear() throws IOException {
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

    public void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Answers with a body, and its length. */
    public void answer(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Answers every request with what was asked. */
    public void echo() throws IOException {
      while (true) {
        answer(hear().text());
      }
    }

    /** Ends the connection at once, without the usual farewell. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
