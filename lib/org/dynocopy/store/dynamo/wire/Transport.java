package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Carries requests to servers and answers back, each once. Used by many threads, and keeps
 * connections for their next requests.
 */
public interface Transport extends AutoCloseable {

  /** A header of a request. */
  record Header(String name, String value) {}

  /**
   * A request.
   *
   * @param method such as {@code POST}
   * @param target the path with the query, as it is sent
   * @param headers all of them but those about the connection
   * @param body empty for none
   */
  record Request(
      Origin origin, String method, String target, List<Header> headers, RequestBody body) {}

  /**
   * An answer, whole.
   *
   * @param status its HTTP status, never 1xx
   * @param header finds a header by its name, in whatever case
   * @param body an array of exactly its length
   */
  record Reply(int status, Function<String, Optional<String>> header, byte[] body) {}

  /**
   * Sends a request and waits for its answer.
   *
   * @throws IOException if no answer came, or not all of it: what was asked may have been done
   */
  Reply send(Request request) throws IOException;

  /** Returns a client of the SDK that shares the connections. It is closed with this. */
  SdkHttpClient client();

  @Override
  void close();
}
