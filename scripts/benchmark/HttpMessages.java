package org.dynocopy.scripts.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP messages one after the other from a connection, requests or answers, each with a
 * Content-Length. The body's array is used again for the next one.
 */
final class HttpMessages {

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private String head = "";
  private byte[] body = new byte[1 << 16];
  private int length;

  HttpMessages(InputStream in) {
    this.in = in;
  }

  /** Reads the start line and the headers; returns false where the connection ends. */
  boolean readHead() throws IOException {
    int seen = start;
    while (true) {
      int close = headEnd(seen);
      if (close >= 0) {
        head = new String(buffer, start, close - start, StandardCharsets.ISO_8859_1);
        start = close;
        return true;
      }
      seen = Math.max(start, end - 3) - start;
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      int read = in.read(buffer, end, buffer.length - end);
      if (read <= 0) {
        return false;
      }
      end += read;
    }
  }

  private int headEnd(int from) {
    for (int i = from; i + 3 < end; i++) {
      if (buffer[i] == '\r' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  /** Reads the body that belongs to the head. */
  void readBody() throws IOException {
    String said = header("Content-Length");
    length = said == null ? 0 : Integer.parseInt(said);
    if (body.length < length) {
      body = new byte[Math.max(length, 2 * body.length)];
    }
    int have = Math.min(length, end - start);
    System.arraycopy(buffer, start, body, 0, have);
    start += have;
    while (have < length) {
      int read = in.read(body, have, length - have);
      if (read < 0) {
        throw new EOFException("the connection ended within a message");
      }
      have += read;
    }
  }

  /** Returns a header's value, or null. */
  String header(String name) {
    for (int line = head.indexOf('\n') + 1; line > 0; line = head.indexOf('\n', line) + 1) {
      int colon = line + name.length();
      if (head.regionMatches(true, line, name, 0, name.length())
          && colon < head.length()
          && head.charAt(colon) == ':') {
        return head.substring(colon + 1, head.indexOf('\r', colon)).trim();
      }
    }
    return null;
  }

  String head() {
    return head;
  }

  byte[] body() {
    return body;
  }

  int length() {
    return length;
  }
}
