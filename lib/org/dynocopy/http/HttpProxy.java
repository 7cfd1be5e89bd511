package org.dynocopy.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;

/**
 * An HTTP proxy.
 *
 * @param at where it is
 * @param user who signs in to it, if anyone does
 */
record HttpProxy(Origin at, Optional<User> user) {

  /** A name and a password. */
  record User(String name, String password) {

    /** Returns the name alone. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** For a refusal, whose body is a page for people, of which nothing is used. */
  private static final int MOST_BODY = 1 << 20;

  /** Returns the headers that are for the proxy itself. */
  List<Header> headers() {
    return user.map(u -> u.name() + ":" + u.password())
        .map(u -> Base64.getEncoder().encodeToString(u.getBytes(StandardCharsets.UTF_8)))
        .map(u -> List.of(new Header("Proxy-Authorization", "Basic " + u)))
        .orElse(List.of());
  }

  /**
   * Opens a tunnel by {@code CONNECT}: from then on, all bytes go to the server.
   *
   * @throws ProxyRefusedException if the proxy does not let this user, or nobody, to the server
   * @throws ProxyUnreachableException if it does not answer as a proxy does
   */
  void tunnel(SocketConnection connection, Origin to) throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", to.authority()));
    headers.addAll(headers());
    Request connect = new Request(to, "CONNECT", to.authority(), headers, Body.NONE);
    ResponseHead head = answer(connection, connect);
    String says = "the proxy " + at.authority() + " answers with HTTP " + head.status();
    if (head.status() == 407) {
      throw new ProxyRefusedException(
          says
              + ": it wants a user and a password, as in HTTPS_PROXY=http://user:password@"
              + at.authority(),
          to.bareHost());
    }
    says += " to the request for " + to.authority();
    if (head.status() / 100 == 4) {
      throw new ProxyRefusedException(
          says
              + ": have it allow this host, or put the host into NO_PROXY if it can be reached"
              + " without the proxy",
          to.bareHost());
    }
    if (head.status() / 100 != 2) {
      throw new IOException(says);
    }
  }

  private ResponseHead answer(SocketConnection connection, Request connect) throws IOException {
    try {
      return connection.exchange(connect, connect.target(), List.of(), MOST_BODY).head();
    } catch (IOException e) {
      throw new ProxyUnreachableException(at, e);
    }
  }
}
