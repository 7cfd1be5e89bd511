package org.dynocopy.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Carries requests by an HTTP client of the SDK. */
final class SdkTransport implements Transport {

  private static final ResponseMemory MEMORY = ResponseMemory.OF_PROCESS;

  private final SdkHttpClient client;
  private final SdkHttpClient others;

  /**
   * Makes a transport.
   *
   * @param client carries the requests, and is closed with this
   * @param others what clients of the SDK get, with the same connections
   */
  SdkTransport(SdkHttpClient client, SdkHttpClient others) {
    this.client = client;
    this.others = others;
  }

  @Override
  public Response send(Request request) throws IOException {
    CipherWarmUp.beginFor(request.origin());
    HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder().request(head(request));
    if (request.body().length() > 0) {
      execute.contentStreamProvider(request.body()::newStream);
    }
    HttpExecuteResponse response = client.prepareRequest(execute.build()).call();
    return new Response(
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
      Optional<String> length = response.httpResponse().firstMatchingHeader("Content-Length");
      return length.isPresent() ? exactly(in, length.get()) : all(in);
    }
  }

  private static byte[] exactly(InputStream in, String length) throws IOException {
    try (ResponseMemory.Part part = MEMORY.new Part(nanos -> {})) {
      byte[] body = part.readExactly(in::read, ResponseHead.number(length), MEMORY.most());
      if (in.read() >= 0) {
        throw new IOException("the answer is longer than " + length + " bytes");
      }
      return body;
    }
  }

  private static byte[] all(InputStream in) throws IOException {
    try (BodyBuffer body = new BodyBuffer(MEMORY, MEMORY.most(), nanos -> {})) {
      while (body.read(in::read, Long.MAX_VALUE) >= 0) {
        // It ends with the stream.
      }
      return body.toArray();
    }
  }

  @Override
  public SdkHttpClient client() {
    return others;
  }

  @Override
  public void close() {
    client.close();
  }
}
