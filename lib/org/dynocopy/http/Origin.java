package org.dynocopy.http;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests go.
 *
 * @param tls whether by HTTPS
 * @param host a name or an address; of IPv6 in brackets
 * @param port the port, never left out
 */
public record Origin(boolean tls, String host, int port) {

  static Origin of(String scheme, String host, int port) {
    boolean tls = scheme.equalsIgnoreCase("https");
    return new Origin(tls, host.toLowerCase(Locale.ROOT), port > 0 ? port : usualPort(tls));
  }

  /** Returns where a URL's requests go. */
  public static Origin of(URI uri) {
    return of(uri.getScheme(), uri.getHost(), uri.getPort());
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  /** Returns the Host header: the port stands there only if it is not the usual one. */
  public String header() {
    return port == usualPort(tls) ? host : authority();
  }

  String url() {
    return scheme() + "://" + header();
  }

  /** Returns whether this machine itself is meant, by whatever of its names. */
  public boolean isThisMachine() {
    return NoProxyHosts.isThisMachine(host);
  }

  String authority() {
    return host + ":" + port;
  }

  /** Returns the host as resolvers and certificates know it. */
  String bareHost() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
