package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Carries requests by an HTTP client of the SDK. */
public final class SdkTransport implements Transport {

  private final SdkHttpClient client;

  /** Makes a transport, which will close the client. */
  public SdkTransport(SdkHttpClient client) {
    this.client = client;
  }

  @Override
  public Reply send(Request request) throws IOException {
    HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder().request(head(request));
    if (request.body().length() > 0) {
      execute.contentStreamProvider(request.body());
    }
    HttpExecuteResponse response = client.prepareRequest(execute.build()).call();
    return new Reply(
        response.httpResponse().statusCode(),
        response.httpResponse()::firstMatchingHeader,
        read(response));
  }

  private static SdkHttpRequest head(Request request) {
    Origin origin = request.origin();
    SdkHttpRequest.Builder head =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .protocol(origin.scheme())
            .host(origin.host())
            .port(origin.port())
            .encodedPath(request.target());
    for (Header header : request.headers()) {
      head.putHeader(header.name(), header.value());
    }
    return head.build();
  }

  private static byte[] read(HttpExecuteResponse response) throws IOException {
    Optional<? extends InputStream> body = response.responseBody();
    if (body.isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = body.get()) {
      Optional<Integer> length =
          response.httpResponse().firstMatchingHeader("Content-Length").map(Integer::valueOf);
      return length.isPresent() ? exactly(in, length.get()) : in.readAllBytes();
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    if (read < length) {
      throw new IOException("the answer ended after " + read + " of " + length + " bytes");
    }
    return bytes;
  }

  @Override
  public SdkHttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
