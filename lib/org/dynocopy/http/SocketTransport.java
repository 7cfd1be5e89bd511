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
 * Carries requests over blocking sockets, and by TLS over those of the JDK. Connections are kept
 * for the next requests, until they have been idle for a while or are old.
 */
final class SocketTransport implements Transport {

  /**
   * How long things may take.
   *
   * @param connect how long to wait for a connection to an address
   * @param response how long to wait for the next bytes of a response, or until some of a request
   *     are taken; and for all of them, but for what {@link WatchedSocket} allows for many
   * @param idle how long a connection may lie idle: servers and what is on the way end it after a
   *     while, some without a word
   * @param retired how old a connection may become: the addresses behind a name change
   */
  record Timeouts(Duration connect, Duration response, Duration idle, Duration retired) {
    static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofMinutes(3));
  }

  /** Makes the context of TLS, with those who are trusted. */
  @FunctionalInterface
  interface Tls {
    SSLContext context() throws IOException;
  }

  private final Timeouts timeouts;
  private final ProxySettings proxies;
  private final Tls trusted;

  /** Null until TLS is needed for the first time: to read whom the JDK trusts takes a while. */
  private SSLContext tls;

  private final Addresses addresses;
  private final LongSupplier now;
  private final Map<Origin, Route> routes = new ConcurrentHashMap<>();
  private final SocketWatch watch;
  private volatile boolean closed;

  /** Makes a transport without connections. */
  SocketTransport(Timeouts timeouts, ProxySettings proxies, Tls trusted) {
    this(timeouts, proxies, trusted, InetAddress::getAllByName, System::nanoTime);
  }

  /**
   * Makes such a transport with another clock and other names.
   *
   * @param now what time it is, as {@link System#nanoTime}, for the age of connections
   */
  SocketTransport(
      Timeouts timeouts,
      ProxySettings proxies,
      Tls trusted,
      Addresses.Resolver resolver,
      LongSupplier now) {
    this.addresses = new Addresses(resolver);
    this.now = now;
    this.timeouts = timeouts;
    this.proxies = proxies;
    this.trusted = trusted;
    boolean connect = timeouts.connect.compareTo(timeouts.response) < 0;
    this.watch = new SocketWatch(connect ? timeouts.connect : timeouts.response);
  }

  /**
   * How a server is reached.
   *
   * @param proxy the one on the way
   * @param prefix what stands before a request's target: a proxy for HTTP needs the whole URL
   * @param headers what such a proxy needs besides
   * @param idle connections that are waiting to be used again
   */
  private record Route(
      Origin to,
      Optional<HttpProxy> proxy,
      String prefix,
      List<Header> headers,
      Deque<SocketConnection> idle) {}

  private Route route(Origin to) {
    Optional<HttpProxy> proxy = proxies.to(to);
    boolean wholeUrl = proxy.isPresent() && !to.tls();
    return new Route(
        to,
        proxy,
        wholeUrl ? "http://" + to.header() : "",
        wholeUrl ? proxy.get().headers() : List.of(),
        new ConcurrentLinkedDeque<>());
  }

  private synchronized SSLContext tls() throws IOException {
    if (tls == null) {
      tls = trusted.context();
    }
    return tls;
  }

  @Override
  public Response send(Request request) throws IOException {
    CipherWarmUp.beginFor(request.origin());
    SocketConnection.Exchange response = exchange(request, ResponseMemory.OF_PROCESS.most());
    return new Response(response.head().status(), response.head()::header, response.body());
  }

  /** Sends a request whose response's body may have so many bytes. */
  SocketConnection.Exchange exchange(Request request, int most) throws IOException {
    if (closed) {
      throw new IllegalStateException("the connections are closed");
    }
    Route route = routes.computeIfAbsent(request.origin(), this::route);
    SocketConnection connection = take(route);
    boolean done = false;
    try {
      SocketConnection.Exchange response =
          connection.exchange(request, route.prefix + request.target(), route.headers, most);
      done = connection.reusable();
      return response;
    } finally {
      if (done && !closed) {
        route.idle.addFirst(connection);
      } else {
        connection.close();
      }
      if (closed) {
        close();
      }
    }
  }

  private SocketConnection take(Route route) throws IOException {
    for (SocketConnection c = route.idle.poll(); c != null; c = route.idle.poll()) {
      if (c.idleNanos() < timeouts.idle.toNanos() && c.ageNanos() < timeouts.retired.toNanos()) {
        return c;
      }
      c.close();
    }
    return open(route.to, route.proxy);
  }

  private SocketConnection open(Origin origin, Optional<HttpProxy> proxy) throws IOException {
    Origin first = proxy.map(HttpProxy::at).orElse(origin);
    WatchedSocket raw = proxy.isPresent() ? connectToProxy(first) : connect(first);
    try {
      raw.setTcpNoDelay(true);
      raw.beginExchange();
      Socket socket =
          !first.tls() ? raw : proxy.isEmpty() ? secure(raw, first) : secureProxy(raw, first);
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

  /** Names the proxy, which would else be taken for the server. */
  private WatchedSocket connectToProxy(Origin proxy) throws IOException {
    try {
      return connect(proxy);
    } catch (IOException e) {
      throw new ProxyUnreachableException(proxy, e);
    }
  }

  private Socket secureProxy(Socket socket, Origin proxy) throws IOException {
    try {
      return secure(socket, proxy);
    } catch (IOException e) {
      throw new ProxyUnreachableException(proxy, e);
    }
  }

  /** Tries one address of the host after the other, and begins each time with the next one. */
  private WatchedSocket connect(Origin to) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (InetAddress address : addresses.of(to.bareHost())) {
      WatchedSocket socket = new WatchedSocket(timeouts.response);
      watch.add(socket);
      try {
        socket.connect(new InetSocketAddress(address, to.port()), timeouts.connect);
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

  /** Begins TLS over a socket, with a server whose certificate is for this host. */
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
    for (Route route : routes.values()) {
      for (SocketConnection c = route.idle.poll(); c != null; c = route.idle.poll()) {
        c.close();
      }
    }
  }
}
