package org.dynocopy.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;

/**
 * The proxies to go through: what Java's system properties say ({@code https.proxyHost}), else the
 * environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in small
 * letters too. This machine itself is never behind one.
 *
 * @param https the one for HTTPS
 * @param http the one for HTTP
 * @param direct the servers that are not behind one
 */
record ProxySettings(
    Optional<HttpProxy> https, Optional<HttpProxy> http, Predicate<Origin> direct) {

  static final ProxySettings NONE =
      new ProxySettings(Optional.empty(), Optional.empty(), origin -> true);

  /** Returns those of this process. */
  static ProxySettings system() {
    return of(System.getenv()::get, System::getProperty);
  }

  static ProxySettings of(Function<String, String> variables, Function<String, String> properties) {
    Function<String, Optional<String>> property = name -> said(properties.apply(name));
    Function<String, Optional<String>> variable =
        name ->
            said(variables.apply(name.toLowerCase(Locale.ROOT)))
                .or(() -> said(variables.apply(name)));
    NoProxyHosts direct = new NoProxyHosts();
    property.apply("http.nonProxyHosts").ifPresent(direct::addProperty);
    variable.apply("NO_PROXY").ifPresent(direct::addVariable);
    return new ProxySettings(
        named("https", property).or(() -> variable.apply("HTTPS_PROXY").map(url("HTTPS_PROXY"))),
        named("http", property).or(() -> variable.apply("HTTP_PROXY").map(url("HTTP_PROXY"))),
        direct);
  }

  /** Returns the one on the way to a server. */
  Optional<HttpProxy> to(Origin origin) {
    Optional<HttpProxy> proxy = origin.tls() ? https : http;
    return proxy.filter(p -> !direct.test(origin));
  }

  private static Optional<String> said(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Optional<HttpProxy> named(
      String scheme, Function<String, Optional<String>> property) {
    String host = scheme + ".proxyHost";
    String usualPort = scheme.equals("https") ? "443" : "80";
    String port = property.apply(scheme + ".proxyPort").orElse(usualPort);
    Optional<HttpProxy.User> user =
        property
            .apply(scheme + ".proxyUser")
            .map(n -> new HttpProxy.User(n, property.apply(scheme + ".proxyPassword").orElse("")));
    return property
        .apply(host)
        .map(name -> new HttpProxy(Origin.of(uri(host, "http://" + name + ":" + port)), user));
  }

  private static Function<String, HttpProxy> url(String variable) {
    return text -> {
      URI uri = uri(variable, text.contains("://") ? text : "http://" + text);
      return new HttpProxy(
          Origin.of(uri), Optional.ofNullable(uri.getRawUserInfo()).map(ProxySettings::user));
    };
  }

  private static HttpProxy.User user(String info) {
    int colon = info.indexOf(':');
    return colon < 0
        ? new HttpProxy.User(decoded(info), "")
        : new HttpProxy.User(decoded(info.substring(0, colon)), decoded(info.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static URI uri(String where, String url) {
    try {
      URI uri = URI.create(url);
      boolean port = uri.getPort() != 0 && uri.getPort() <= 65_535;
      if (uri.getHost() != null && port && !hasRest(uri) && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Its message would show the password that the URL may have.
    }
    throw new InvalidJobException(
        Location.option(where),
        "this is no proxy: it looks like `http://proxy.example.com:3128`, or with `user:password@`"
            + " before the host, where `%23` stands for `#`, `%2F` for `/` and `%40` for `@`");
  }

  /** What follows the host would be the rest of a password, and the host its user. */
  private static boolean hasRest(URI uri) {
    return uri.getRawPath().length() > 1
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null;
  }
}
