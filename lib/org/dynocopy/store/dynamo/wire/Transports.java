package org.dynocopy.store.dynamo.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** The transports, of which the variable {@code DYNOCOPY_TRANSPORT} chooses one. */
public enum Transports {
  /** Sockets of the JDK. */
  SOCKETS {
    @Override
    Transport open(Proxies proxies, boolean tls) {
      return new SocketTransport(CONNECT, ANSWER, proxies);
    }
  },

  /** The SDK's client with Apache 5. */
  APACHE {
    @Override
    Transport open(Proxies proxies, boolean tls) {
      return new SdkTransport(
          Apache5HttpClient.builder()
              .connectionTimeout(CONNECT)
              .socketTimeout(ANSWER)
              // Readers and writers are the bound: none of them may wait for another's connection.
              .maxConnections(Integer.MAX_VALUE)
              .proxyConfiguration(proxy(proxies, tls))
              .build());
    }
  };

  private static final String VARIABLE = "DYNOCOPY_TRANSPORT";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /**
   * Returns the one that the variable says, by default sockets.
   *
   * @throws InvalidPlanException if there is no such transport
   */
  public static Transports chosen() {
    return named(System.getenv(VARIABLE));
  }

  /**
   * Opens it, with the proxies that this process is set to use.
   *
   * @param endpoint where most requests will go, if that is known
   * @throws InvalidPlanException if a proxy is not understood
   */
  public Transport open(Optional<URI> endpoint) {
    boolean tls = endpoint.map(e -> e.getScheme().equalsIgnoreCase("https")).orElse(true);
    return open(Proxies.system(), tls);
  }

  /** Returns the transport of that name, or the usual one for nothing. */
  static Transports named(String name) {
    if (name == null || name.isBlank()) {
      return SOCKETS;
    }
    return switch (name.strip()) {
      case "sockets" -> SOCKETS;
      case "apache" -> APACHE;
      default ->
          throw new InvalidPlanException(
              Location.option(VARIABLE),
              "there is no transport `" + name + "`, but `sockets` and `apache`");
    };
  }

  abstract Transport open(Proxies proxies, boolean tls);

  /** Left to itself, the client would take the proxy for HTTP whatever the scheme. */
  private static ProxyConfiguration proxy(Proxies proxies, boolean tls) {
    ProxyConfiguration.Builder builder =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false)
            .nonProxyHosts(
                proxies.direct().stream().map(Pattern::pattern).collect(Collectors.toSet()));
    (tls ? proxies.https() : proxies.http())
        .ifPresent(
            proxy -> {
              builder.endpoint(URI.create(proxy.at().scheme() + "://" + proxy.at().authority()));
              proxy
                  .user()
                  .ifPresent(
                      user ->
                          builder
                              .username(user.name())
                              .password(user.password())
                              .preemptiveBasicAuthenticationEnabled(true));
            });
    return builder.build();
  }
}
