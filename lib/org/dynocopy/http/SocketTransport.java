package org.dynocopy.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
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
   * How long things may take.
   *
   * @param connect how long to wait for a connection to an address
   * @param answer how long to wait for the next bytes of an answer, or until some of a request are
   *     taken; and for all of them, but for what {@link WatchedSocket} allows for many
   * @param idle how long a connection may lie idle: servers and what is on the way end it after a
   *     while, some without a word
   * @param retired how old a connection may become: the addresses behind a name change
   */
  record Times(Duration connect, Duration answer, Duration idle, Duration retired) {
    static final Times USUAL =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofMinutes(3));
  }

  /** Knows whom to trust. */
  @FunctionalInterface
  interface Tls {
    SSLContext context() throws IOException;
  }

  private final Times times;
  private final Proxies proxies;
  private final Tls trusted;

  /** Null until TLS is needed for the first time: to read whom the JDK trusts takes a while. */
  private SSLContext tls;

  private final Addresses addresses;
  private final LongSupplier now;
  private final Map<Origin, Way> ways = new ConcurrentHashMap<>();
  private final SocketWatch watch;
  private volatile boolean closed;

  /** Makes a transport without connections. */
  SocketTransport(Times times, Proxies proxies, Tls trusted) {
    this(times, proxies, trusted, InetAddress::getAllByName, System::nanoTime);
  }

  /**
   * Makes such a transport.
   *
   * @param now what time it is, as {@link System#nanoTime}, for the age of connections
   */
  SocketTransport(
      Times times, Proxies proxies, Tls trusted, Addresses.Resolver resolver, LongSupplier now) {
    this.addresses = new Addresses(resolver);
    this.now = now;
    this.times = times;
    this.proxies = proxies;
    this.trusted = trusted;
    boolean connect = times.connect.compareTo(times.answer) < 0;
    this.watch = new SocketWatch(connect ? times.connect : times.answer);
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
      tls = trusted.context();
    }
    return tls;
  }

  @Override
  public Reply send(Request request) throws IOException {
    WarmCipher.beginFor(request.origin());
    SocketConnection.Exchanged answer = exchange(request, AnswerMemory.OF_PROCESS.most());
    return new Reply(answer.head().status(), answer.head()::header, answer.body());
  }

  /** Sends a request whose answer's body may have so many bytes. */
  SocketConnection.Exchanged exchange(Request request, int most) throws IOException {
    if (closed) {
      throw new IllegalStateException("the connections are closed");
    }
    Way way = ways.computeIfAbsent(request.origin(), this::way);
    SocketConnection connection = take(way);
    boolean done = false;
    try {
      SocketConnection.Exchanged answer =
          connection.exchange(request, way.target + request.target(), way.headers, most);
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
      if (c.idleNanos() < times.idle.toNanos() && c.ageNanos() < times.retired.toNanos()) {
        return c;
      }
      c.close();
    }
    return open(way.to, way.proxy);
  }

  private SocketConnection open(Origin origin, Optional<Proxy> proxy) throws IOException {
    Origin first = proxy.map(Proxy::at).orElse(origin);
    WatchedSocket raw = proxy.isPresent() ? connectToProxy(first) : connect(first);
    try {
      raw.setTcpNoDelay(true);
      raw.beginExchange();
      Socket socket = first.tls() ? secure(raw, first) : raw;
      if (proxy.isPresent() && origin.tls()) {
        proxy.get().tunnel(new SocketConnection(raw, socket, now), origin);
        raw.beginExchange();
        socket = secure(socket, origin);
      }
      return new SocketConnection(raw, socket, now);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** The server is not to be taken for what does not answer. */
  private WatchedSocket connectToProxy(Origin proxy) throws IOException {
    try {
      return connect(proxy);
    } catch (IOException e) {
      throw new ProxyUnreachableException(proxy, e);
    }
  }

  /** Tries one address of the host after the other, and begins each time with the next one. */
  private WatchedSocket connect(Origin to) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (InetAddress address : addresses.of(to.bareHost())) {
      WatchedSocket socket = new WatchedSocket(times.answer);
      watch.add(socket);
      try {
        socket.connect(new InetSocketAddress(address, to.port()), times.connect);
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
