package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Carries requests over blocking sockets, and by TLS over those of the JDK, with its own trust
 * store and its own choice of protocols. A connection that was not used for a while is not used
 * again.
 */
final class SocketTransport implements Transport {

  /**
   * How long a connection may lie idle: servers and what is on the way end it after a while, some
   * without a word.
   */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private final Duration toConnect;
  private final Duration toAnswer;
  private final long idleNanos;
  private final Proxies proxies;

  /** Whom it trusts; null until TLS is needed for the first time, as whom the JDK trusts. */
  private SSLContext tls;

  private final Map<Origin, Way> ways = new ConcurrentHashMap<>();
  private final SocketWatch watch;
  private volatile boolean closed;

  /** Makes a transport that trusts whom the JDK trusts. */
  SocketTransport(Duration connect, Duration answer, Proxies proxies) {
    this(connect, answer, IDLE, proxies, null);
  }

  /**
   * Makes a transport.
   *
   * @param connect how long to wait for a connection to an address
   * @param answer how long to wait for the next bytes of an answer, or until some of a request are
   *     taken
   * @param idle how long a connection may lie idle
   * @param tls whom it trusts
   */
  SocketTransport(
      Duration connect, Duration answer, Duration idle, Proxies proxies, SSLContext tls) {
    this.toConnect = connect;
    this.toAnswer = answer;
    this.idleNanos = idle.toNanos();
    this.proxies = proxies;
    this.watch = new SocketWatch(connect.compareTo(answer) < 0 ? connect : answer);
    this.tls = tls;
  }

  /**
   * The way to a server.
   *
   * @param proxy the one on the way
   * @param target what stands before a request's target: a proxy for HTTP wants to know it all
   * @param headers what such a proxy wants to know besides
   * @param idle connections that are waiting to be used again
   */
  private record Way(
      Origin to,
      Optional<Proxy> proxy,
      String target,
      List<Header> headers,
      Deque<SocketConnection> idle) {}

  private Way way(Origin to) {
    Optional<Proxy> proxy = proxies.to(to);
    boolean told = proxy.isPresent() && !to.tls();
    return new Way(
        to,
        proxy,
        told ? "http://" + to.header() : "",
        told ? proxy.get().headers() : List.of(),
        new ConcurrentLinkedDeque<>());
  }

  private synchronized SSLContext tls() throws IOException {
    if (tls == null) {
      try {
        tls = SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IOException("TLS cannot be used: " + e.getMessage(), e);
      }
    }
    return tls;
  }

  @Override
  public Reply send(Request request) throws IOException {
    SocketConnection.Exchanged answer = exchange(request);
    return new Reply(answer.head().status(), answer.head()::header, answer.body());
  }

  SocketConnection.Exchanged exchange(Request request) throws IOException {
    if (closed) {
      throw new IllegalStateException("the connections are closed");
    }
    Way way = ways.computeIfAbsent(request.origin(), this::way);
    SocketConnection connection = take(way);
    boolean done = false;
    try {
      SocketConnection.Exchanged answer =
          connection.exchange(request, way.target + request.target(), way.headers);
      done = connection.reusable();
      return answer;
    } finally {
      if (done && !closed) {
        way.idle.addFirst(connection);
      } else {
        connection.close();
      }
      if (closed) {
        close();
      }
    }
  }

  private SocketConnection take(Way way) throws IOException {
    for (SocketConnection c = way.idle.poll(); c != null; c = way.idle.poll()) {
      if (c.idleNanos() < idleNanos) {
        return c;
      }
      c.close();
    }
    return open(way.to, way.proxy);
  }

  private SocketConnection open(Origin origin, Optional<Proxy> proxy) throws IOException {
    Origin first = proxy.map(Proxy::at).orElse(origin);
    WatchedSocket raw = connect(first);
    try {
      raw.setTcpNoDelay(true);
      Socket socket = first.tls() ? secure(raw, first) : raw;
      if (proxy.isPresent() && origin.tls()) {
        proxy.get().tunnel(new SocketConnection(raw, socket), origin);
        socket = secure(socket, origin);
      }
      return new SocketConnection(raw, socket);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Tries one address of the host after the other. */
  private WatchedSocket connect(Origin to) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(to.bareHost())) {
      WatchedSocket socket = new WatchedSocket(toAnswer);
      watch.add(socket);
      try {
        socket.connect(new InetSocketAddress(address, to.port()), toConnect);
        return socket;
      } catch (IOException e) {
        socket.close();
        failures.add(e);
      }
    }
    IOException first = failures.get(0);
    failures.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }

  /** Talks TLS over a socket, with a server whose certificate is for this host. */
  private Socket secure(Socket socket, Origin origin) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            tls().getSocketFactory().createSocket(socket, origin.bareHost(), origin.port(), true);
    SSLParameters checked = secure.getSSLParameters();
    checked.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(checked);
    secure.startHandshake();
    return secure;
  }

  @Override
  public SdkHttpClient client() {
    return new SocketHttpClient(this);
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    for (Way way : ways.values()) {
      for (SocketConnection c = way.idle.poll(); c != null; c = way.idle.poll()) {
        c.close();
      }
    }
  }
}
