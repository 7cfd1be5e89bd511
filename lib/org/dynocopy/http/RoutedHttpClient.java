package org.dynocopy.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Sends each request by the client for the proxy that is on its way, or the one without. */
final class RoutedHttpClient implements SdkHttpClient {

  private final ProxySettings proxies;
  private final Function<Optional<HttpProxy>, SdkHttpClient> clients;
  private final Map<Optional<HttpProxy>, SdkHttpClient> open = new ConcurrentHashMap<>();

  /**
   * Makes a client, which makes those that it needs.
   *
   * @param clients makes the client for a proxy
   */
  RoutedHttpClient(ProxySettings proxies, Function<Optional<HttpProxy>, SdkHttpClient> clients) {
    this.proxies = proxies;
    this.clients = clients;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    Origin origin = Origin.of(http.protocol(), http.host(), http.port());
    ExecutableHttpRequest prepared =
        open.computeIfAbsent(proxies.to(origin), clients).prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (IOException e) {
          throw new NoResponseException(origin, e);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return "Apache5";
  }

  @Override
  public void close() {
    open.values().forEach(SdkHttpClient::close);
  }
}
