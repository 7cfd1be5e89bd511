package org.dynocopy.store.dynamo.credentials;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.dynocopy.http.Origin;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.http.Transport.Response;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * Asks the services that stand beside a container or an instance. They are never behind a proxy,
 * and where there are none, nothing answers: so they are asked directly, and not waited for.
 */
public final class MetadataClient {

  private static final int ATTEMPTS = 3;
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  private final TrustStore trust;

  /** Makes one that asks nothing yet. */
  public MetadataClient(TrustStore trust) {
    this.trust = trust;
  }

  /**
   * Sends a request, and again where the service says that it is not well just now; once more,
   * where a connection brings no answer.
   *
   * @throws IOException if nothing answers within {@code AWS_METADATA_SERVICE_TIMEOUT}, by default
   *     a second
   */
  Response ask(String method, URI uri, Map<String, String> headers) throws IOException {
    Request request = request(method, uri, headers);
    try (Transport transport = Transports.direct(patience(), trust)) {
      Response response = send(transport, request);
      for (int i = 1; i < ATTEMPTS && (response.status() >= 500 || response.status() == 429); i++) {
        LockSupport.parkNanos(PAUSE_NANOS);
        response = transport.send(request);
      }
      return response;
    }
  }

  private static Response send(Transport transport, Request request) throws IOException {
    try {
      return transport.send(request);
    } catch (IOException e) {
      if (isAbsent(e)) {
        throw e;
      }
      return transport.send(request);
    }
  }

  /** Returns whether a failure says that there is no such service: there is no connection to it. */
  static boolean isAbsent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException;
  }

  private static Request request(String method, URI uri, Map<String, String> headers) {
    Origin origin = Origin.of(uri);
    List<Header> all = new ArrayList<>();
    all.add(new Header("Host", origin.header()));
    headers.forEach((name, value) -> all.add(new Header(name, value)));
    if (!method.equals("GET")) {
      all.add(new Header("Content-Length", "0"));
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Request(origin, method, path + query, all, Body.NONE);
  }

  private static Duration patience() {
    String seconds = SdkSystemSetting.AWS_METADATA_SERVICE_TIMEOUT.getStringValue().orElse("1");
    return Duration.ofSeconds(seconds.matches("[1-9]\\d{0,2}") ? Integer.parseInt(seconds) : 1);
  }
}
