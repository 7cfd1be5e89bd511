package org.dynocopy.http;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;

/** A connection to a server: one request at a time, each after the response to the one before. */
final class SocketConnection implements Closeable {

  private final WatchedSocket raw;
  private final Socket socket;
  private final OutputStream out;
  private final ResponseReader responses;
  private final LongSupplier now;
  private final long openedAt;
  private long usedAt;

  /**
   * Takes over sockets that are connected.
   *
   * @param raw what the bytes go through in the end
   * @param socket the same, or TLS on top of it
   * @param now what time it is, as {@link System#nanoTime}
   */
  SocketConnection(WatchedSocket raw, Socket socket, LongSupplier now) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.now = now;
    this.openedAt = now.getAsLong();
    this.out = new BufferedOutputStream(socket.getOutputStream(), 32 << 10);
    this.responses =
        new ResponseReader(socket.getInputStream(), ResponseMemory.OF_PROCESS, raw::extendExchange);
  }

  /** A response as it came. */
  record Exchange(ResponseHead head, byte[] body) {}

  /**
   * Sends a request and reads its response.
   *
   * @param target what stands in the request's first line
   * @param more headers besides those of the request
   * @param most how many bytes the response's body may have
   */
  Exchange exchange(Request request, String target, List<Header> more, int most)
      throws IOException {
    raw.beginExchange();
    StringBuilder start = new StringBuilder(1_024);
    start.append(request.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
    append(request.headers(), start);
    append(more, start);
    byte[] bytes = start.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    out.write(bytes, 0, bytes.length);
    request.body().writeTo(out);
    out.flush();
    ResponseHead head = responses.head();
    byte[] body = responses.body(head, request.method(), most);
    usedAt = now.getAsLong();
    return new Exchange(head, body);
  }

  private static void append(List<Header> headers, StringBuilder to) throws IOException {
    for (Header header : headers) {
      to.append(header.name()).append(": ").append(checked(header.value())).append("\r\n");
    }
  }

  /** Whatever stood after a line's end would be another header, or another request. */
  private static String checked(String value) throws IOException {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IOException("a header of the request has a line break");
    }
    return value;
  }

  boolean reusable() throws IOException {
    return responses.reusable();
  }

  long idleNanos() {
    return now.getAsLong() - usedAt;
  }

  long ageNanos() {
    return now.getAsLong() - openedAt;
  }

  @Override
  public void close() {
    raw.beginExchange();
    try (raw;
        socket) {
      // Both, also where the other one fails.
    } catch (IOException e) {
      // It is of no more use, however it ends.
    }
  }
}
