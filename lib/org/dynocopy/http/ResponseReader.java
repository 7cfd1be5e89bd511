package org.dynocopy.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads HTTP responses from a connection, one after the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class ResponseReader {

  /** For all of a response's lines: a server that sends headers for ever is not waited for. */
  private static final int MOST_HEAD = 64 << 10;

  /** For a chunk's length and what stands around it, above what was not used before. */
  private static final int MORE_HEAD = 64;

  private final InputStream in;
  private final ResponseMemory memory;
  private final LongConsumer waited;
  private final byte[] buffer = new byte[8 << 10];
  private int start;
  private int end;

  private int headLeft;
  private boolean reusable;

  /**
   * Begins with the first response.
   *
   * @param waited as in {@link ResponseMemory.Part}
   */
  ResponseReader(InputStream in, ResponseMemory memory, LongConsumer waited) {
    this.in = in;
    this.memory = memory;
    this.waited = waited;
  }

  /** Returns whether the connection is ready for another request. */
  boolean reusable() throws IOException {
    // What is there beyond the response would be taken for the next one.
    return reusable && start == end && in.available() == 0;
  }

  /** Reads the next head that is not about a response yet to come. */
  ResponseHead head() throws IOException {
    reusable = false;
    headLeft = MOST_HEAD;
    while (true) {
      ResponseHead head = ResponseHead.of(line());
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.add(line);
      }
      if (head.status() >= 200) {
        reusable = head.staysOpen();
        return head;
      }
    }
  }

  /**
   * Reads the body that belongs to the head.
   *
   * @param most how many bytes it may have
   * @throws ResponseTooLargeException if it has more
   */
  byte[] body(ResponseHead head, String method, int most) throws IOException {
    int status = head.status();
    boolean tunnel = method.equals("CONNECT") && status / 100 == 2;
    if (method.equals("HEAD") || tunnel || status == 204 || status == 304) {
      return new byte[0];
    }
    head.checkEncoding();
    if (head.chunked()) {
      try (BodyBuffer body = new BodyBuffer(memory, most, waited)) {
        return chunks(body);
      }
    }
    long length = head.length();
    if (length >= 0) {
      try (ResponseMemory.Part part = memory.new Part(waited)) {
        return part.readExactly(this::read, length, most);
      }
    }
    reusable = false;
    try (BodyBuffer body = new BodyBuffer(memory, most, waited)) {
      while (body.read(this::read, Long.MAX_VALUE) >= 0) {
        // It ends with the connection.
      }
      return body.toArray();
    }
  }

  /** Reads what is there already, or else what comes, without a copy in between. */
  private int read(byte[] into, int offset, int length) throws IOException {
    if (start == end) {
      return in.read(into, offset, length);
    }
    int read = Math.min(length, end - start);
    System.arraycopy(buffer, start, into, offset, read);
    start += read;
    return read;
  }

  private byte[] chunks(BodyBuffer body) throws IOException {
    while (true) {
      headLeft = Math.min(MOST_HEAD, headLeft + MORE_HEAD);
      long left = chunkLength(line());
      if (left == 0) {
        while (!line().isEmpty()) {
          // Trailers say nothing that is needed here.
        }
        return body.toArray();
      }
      body.expect(left);
      while (left > 0) {
        int read = body.read(this::read, left);
        if (read < 0) {
          throw new EOFException("the answer ended within a chunk");
        }
        left -= read;
      }
      if (!line().isEmpty()) {
        throw new IOException("a chunk of the answer is longer than it says");
      }
    }
  }

  private static long chunkLength(String line) throws IOException {
    int extension = line.indexOf(';');
    String length = (extension < 0 ? line : line.substring(0, extension)).strip();
    if (!length.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("a chunk of the answer has no length");
    }
    return Long.parseLong(length, 16);
  }

  /** Reads a line, and returns it without its end. */
  private String line() throws IOException {
    String line = "";
    while (true) {
      int at = start;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      headLeft -= at - start;
      if (headLeft < 0) {
        throw new IOException("the head of an answer has more than " + MOST_HEAD + " bytes");
      }
      String part = new String(buffer, start, at - start, StandardCharsets.ISO_8859_1);
      line = line.isEmpty() ? part : line + part;
      if (at < end) {
        start = at + 1;
        headLeft--;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      }
      if (!fill()) {
        throw new EOFException("the connection ended without an answer");
      }
    }
  }

  private boolean fill() throws IOException {
    start = 0;
    end = 0;
    int read = in.read(buffer, 0, buffer.length);
    end = Math.max(read, 0);
    return read > 0;
  }
}
