package org.dynocopy.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.http.SocketTransport.Timeouts;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** The transports, of which the variable {@code DYNOCOPY_TRANSPORT} chooses one. */
public enum Transports {
  /** Sockets of the JDK. */
  SOCKETS {
    @Override
    Transport open(ProxySettings proxies, TrustStore trust) {
      return new SocketTransport(Timeouts.DEFAULT, proxies, trust::context);
    }
  },

  /** The SDK's client with Apache 5. */
  APACHE {
    @Override
    Transport open(ProxySettings proxies, TrustStore trust) {
      SdkHttpClient all = new RoutedHttpClient(proxies, proxy -> apache(proxy, trust));
      Duration longest = WatchedSocket.longest(Timeouts.DEFAULT.response());
      return new SdkTransport(
          new LimitedHttpClient(all, ResponseMemory.OF_PROCESS.most(), longest),
          new LimitedHttpClient(all, SocketHttpClient.MOST_BODY, longest));
    }
  };

  private static final String VARIABLE = "DYNOCOPY_TRANSPORT";

  /**
   * Returns the one that the variable names, by default sockets.
   *
   * @throws InvalidJobException if there is no such transport
   */
  public static Transports chosen() {
    return named(System.getenv(VARIABLE));
  }

  /**
   * Opens it, with the proxies that this process is set to use.
   *
   * @throws InvalidJobException if a proxy is not understood
   */
  public Transport open(TrustStore trust) {
    return open(ProxySettings.system(), trust);
  }

  /**
   * Opens sockets for a service beside this machine: without a proxy, and with little patience.
   *
   * @param timeout how long to wait for a connection, and for the next bytes of a response
   */
  public static Transport direct(Duration timeout, TrustStore trust) {
    Timeouts timeouts = new Timeouts(timeout, timeout, timeout, timeout);
    return new SocketTransport(timeouts, ProxySettings.NONE, trust::context);
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
          throw new InvalidJobException(
              Location.option(VARIABLE),
              "there is no transport `" + name + "`, but `sockets` and `apache`");
    };
  }

  abstract Transport open(ProxySettings proxies, TrustStore trust);

  private static SdkHttpClient apache(Optional<HttpProxy> proxy, TrustStore trust) {
    return Apache5HttpClient.builder()
        .connectionTimeout(Timeouts.DEFAULT.connect())
        .socketTimeout(Timeouts.DEFAULT.response())
        .connectionTimeToLive(Timeouts.DEFAULT.retired())
        // The caller's threads are the bound: none of them may wait for another's connection.
        .maxConnections(Integer.MAX_VALUE)
        .proxyConfiguration(configuration(proxy))
        .tlsTrustManagersProvider(() -> managers(trust))
        .build();
  }

  private static TrustManager[] managers(TrustStore trust) {
    try {
      return trust.managers();
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("TLS cannot be used: " + e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProxyConfiguration configuration(Optional<HttpProxy> proxy) {
    ProxyConfiguration.Builder builder =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    proxy.ifPresent(
        to -> {
          builder.endpoint(URI.create(to.at().scheme() + "://" + to.at().authority()));
          to.user()
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
