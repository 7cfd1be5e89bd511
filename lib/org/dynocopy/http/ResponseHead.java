package org.dynocopy.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dynocopy.http.Transport.Header;

/** The first line and the headers of a response. */
final class ResponseHead {

  private final boolean persistent;
  private final int status;
  private final List<Header> headers = new ArrayList<>(8);

  private ResponseHead(boolean persistent, int status) {
    this.persistent = persistent;
    this.status = status;
  }

  /** Reads the first line, {@code HTTP/1.1 200 OK}. */
  static ResponseHead of(String line) throws IOException {
    boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    long status = http ? number(line.substring(9, 12)) : -1;
    if (status < 100 || line.length() > 12 && line.charAt(12) != ' ') {
      throw new IOException("the answer is not HTTP/1.1");
    }
    return new ResponseHead(line.charAt(7) != '0', (int) status);
  }

  /** Takes in a header's line. */
  void add(String line) throws IOException {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new IOException("a header of the answer has no name");
    }
    headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
  }

  int status() {
    return status;
  }

  List<Header> headers() {
    return headers;
  }

  /** Returns the first header of that name, in whatever case. */
  Optional<String> header(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /** Returns whether the connection can be used again. */
  boolean staysOpen() {
    Optional<String> said = header("Connection");
    // Who says both lengths may be understood in two ways.
    boolean clear = header("Transfer-Encoding").isEmpty() || header("Content-Length").isEmpty();
    return clear
        && (persistent
            ? said.filter(s -> s.toLowerCase(Locale.ROOT).contains("close")).isEmpty()
            : said.filter("keep-alive"::equalsIgnoreCase).isPresent());
  }

  boolean chunked() throws IOException {
    Optional<String> encoding = header("Transfer-Encoding");
    if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("chunked")) {
      throw new IOException("the answer is in an encoding that was not asked for");
    }
    return encoding.isPresent();
  }

  /** A few bytes that are compressed may stand for any number of them. */
  void checkEncoding() throws IOException {
    Optional<String> encoding = header("Content-Encoding");
    if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("identity")) {
      throw new IOException("the answer is in an encoding that was not asked for");
    }
  }

  /** Returns the body's length; -1 if it is not said. */
  long length() throws IOException {
    long length = -1;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("Content-Length")) {
        long said = number(header.value());
        if (said < 0 || length >= 0 && length != said) {
          throw new IOException("the answer has no clear length");
        }
        length = said;
      }
    }
    return length;
  }

  /** Returns a number that has digits alone, of which 18 fit; -1 for anything else. */
  static long number(String digits) {
    long number = digits.isEmpty() || digits.length() > 18 ? -1 : 0;
    for (int i = 0; i < digits.length() && number >= 0; i++) {
      int digit = digits.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? -1 : 10 * number + digit;
    }
    return number;
  }
}
