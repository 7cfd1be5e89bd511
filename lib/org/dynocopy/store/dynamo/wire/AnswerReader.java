package org.dynocopy.store.dynamo.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP answers from a connection, one after the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class AnswerReader {

  /** For all of an answer's lines: a server that sends headers for ever is not waited for. */
  private static final int MOST_HEAD = 64 << 10;

  /** DynamoDB's answers have at most 16 MB of data, of which JSON may make six times as much. */
  private static final int MOST_BODY = 128 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[8 << 10];
  private int start;
  private int end;
  private int headLeft;
  private boolean reusable;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Returns whether the connection is ready for another request. */
  boolean reusable() throws IOException {
    // What is there beyond the answer would be taken for the next one.
    return reusable && start == end && in.available() == 0;
  }

  /** Reads the next head that is not about an answer yet to come. */
  AnswerHead head() throws IOException {
    reusable = false;
    headLeft = MOST_HEAD;
    while (true) {
      AnswerHead head = AnswerHead.of(line());
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.add(line);
      }
      if (head.status() >= 200) {
        reusable = head.staysOpen();
        return head;
      }
    }
  }

  /** Reads the body that belongs to the head. */
  byte[] body(AnswerHead head, String method) throws IOException {
    int status = head.status();
    boolean tunnel = method.equals("CONNECT") && status / 100 == 2;
    if (method.equals("HEAD") || tunnel || status == 204 || status == 304) {
      return new byte[0];
    }
    if (head.chunked()) {
      return chunks();
    }
    long length = head.length();
    if (length >= 0) {
      return exactly(length);
    }
    reusable = false;
    return untilItCloses();
  }

  private byte[] exactly(long length) throws IOException {
    byte[] body = new byte[size(length)];
    int have = Math.min(body.length, end - start);
    System.arraycopy(buffer, start, body, 0, have);
    start += have;
    while (have < body.length) {
      int read = in.read(body, have, body.length - have);
      if (read < 0) {
        throw new EOFException("the answer ended after " + have + " of " + length + " bytes");
      }
      have += read;
    }
    return body;
  }

  private static int size(long length) throws IOException {
    if (length > MOST_BODY) {
      throw new IOException("an answer of " + length + " bytes is too large");
    }
    return (int) length;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headLeft = MOST_HEAD;
      long length = chunkLength(line());
      if (length == 0) {
        while (!line().isEmpty()) {
          // Trailers say nothing that is needed here.
        }
        return body.toByteArray();
      }
      size(body.size() + length);
      body.write(exactly(length));
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

  private byte[] untilItCloses() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    do {
      size((long) body.size() + end - start);
      body.write(buffer, start, end - start);
      start = end;
    } while (fill());
    return body.toByteArray();
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
