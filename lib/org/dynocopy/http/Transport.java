package org.dynocopy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Carries requests to servers and responses back, each once. Used by many threads, and keeps
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
   * @param body {@link Body#NONE} for none
   */
  record Request(Origin origin, String method, String target, List<Header> headers, Body body) {}

  /** What a request sends, as often as it is asked for it: to sign it, to send it. */
  interface Body {
    Body NONE = of(new byte[0]);

    /** Returns how many bytes it has. */
    long length();

    /** Writes all of them. */
    void writeTo(OutputStream out) throws IOException;

    /** Returns a stream of all of them, which is read by one thread and need not be closed. */
    InputStream newStream();

    /** Returns these bytes, which must not change afterwards. */
    static Body of(byte[] bytes) {
      return new Body() {
        @Override
        public long length() {
          return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
          out.write(bytes, 0, bytes.length);
        }

        @Override
        public InputStream newStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }

  /**
   * A response, whole.
   *
   * @param status its HTTP status, never 1xx
   * @param header finds a header by its name, in whatever case
   * @param body an array of exactly its length
   */
  record Response(int status, Function<String, Optional<String>> header, byte[] body) {}

  /**
   * Sends a request and waits for its response.
   *
   * @throws IOException if no response came, or not all of it: what was asked may have been done
   */
  Response send(Request request) throws IOException;

  /** Returns a client of the SDK that shares the connections. It is closed with this. */
  SdkHttpClient client();

  @Override
  void close();

  /** Returns a transport by that client, which it closes. */
  static Transport by(SdkHttpClient client) {
    return new SdkTransport(client, client);
  }
}
