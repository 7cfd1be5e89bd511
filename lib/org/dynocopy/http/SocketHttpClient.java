package org.dynocopy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets clients of the SDK send their requests over the same sockets. Bodies are held in memory:
 * what is asked here is small.
 */
record SocketHttpClient(SocketTransport transport) implements SdkHttpClient {

  /**
   * The most that a response's body may have. What such clients ask for has some 100 KB, of which
   * they make many objects.
   */
  static final int MOST_BODY = 1 << 20;

  /** Headers about the connection and the body's length, which are said anew. */
  private static final Set<String> OF_THE_CONNECTION = caseless();

  private static Set<String> caseless() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of("Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect"));
    return names;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return response(request);
      }

      /** A thread that reads or writes goes on when the transport's time for it is over. */
      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse response(HttpExecuteRequest execute) throws IOException {
    SocketConnection.Exchange response = exchange(request(execute));
    SdkHttpFullResponse.Builder head =
        SdkHttpFullResponse.builder().statusCode(response.head().status());
    for (Header header : response.head().headers()) {
      head.appendHeader(header.name(), header.value());
    }
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(response.body())))
        .build();
  }

  private SocketConnection.Exchange exchange(Request request) throws IOException {
    try {
      return transport.exchange(request, MOST_BODY);
    } catch (IOException e) {
      throw new NoResponseException(request.origin(), e);
    }
  }

  private static Request request(HttpExecuteRequest execute) throws IOException {
    SdkHttpRequest http = execute.httpRequest();
    Origin origin = Origin.of(http.protocol(), http.host(), http.port());
    Optional<ContentStreamProvider> content = execute.contentStreamProvider();
    Body body = content.isPresent() ? Body.of(read(content.get())) : Body.NONE;
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", http.firstMatchingHeader("Host").orElse(origin.header())));
    http.forEachHeader(
        (name, values) -> {
          if (!OF_THE_CONNECTION.contains(name)) {
            values.forEach(value -> headers.add(new Header(name, value)));
          }
        });
    String method = http.method().name();
    if (body.length() > 0 || method.equals("POST") || method.equals("PUT")) {
      headers.add(new Header("Content-Length", Long.toString(body.length())));
    }
    String path = http.encodedPath().isEmpty() ? "/" : http.encodedPath();
    String query = http.encodedQueryParameters().map(q -> "?" + q).orElse("");
    return new Request(origin, method, path + query, headers, body);
  }

  private static byte[] read(ContentStreamProvider content) throws IOException {
    try (InputStream in = content.newStream()) {
      return in.readAllBytes();
    }
  }

  @Override
  public String clientName() {
    return "Sockets";
  }

  /** Leaves the connections to the transport. */
  @Override
  public void close() {}
}
