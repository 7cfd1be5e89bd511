package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON's bytes and finds where values end, without decoding them. It refuses what is no
 * JSON, but for what stands within strings and so moves no end: it does not look whether that is
 * UTF-8, and not at what follows a backslash, if it is no quote.
 */
final class JsonScan {

  /** As many as Jackson allows. */
  private static final int MOST_DEPTH = 1_000;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  /** {@code {"S":"} and the like, without the letter. */
  private static final long OPENING = 0x00_00_22_3a_22_00_22_7bL;

  /** {@code "aws:rep}, with which the names begin of what old global tables keep in items. */
  private static final long REPLICATION = 0x70_65_72_3a_73_77_61_22L;

  private static final long AROUND_TYPE = 0x00_00_ff_ff_ff_00_ff_ffL;

  private final byte[] bytes;
  private int at;
  private int depth;

  /** Whether an object that was passed over has such a name. */
  boolean replication;

  JsonScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the next byte is. */
  int at() {
    return at;
  }

  /** Passes over white space and returns the byte after it, which remains the next one. */
  int peek() throws IOException {
    while (at < bytes.length) {
      byte next = bytes[at];
      if (next > ' ' || next < 0) {
        return next;
      }
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        throw unexpected();
      }
      at++;
    }
    throw new IOException("it ends too soon");
  }

  /** Passes over a byte that must come next. */
  void expect(char wanted) throws IOException {
    if (peek() != wanted) {
      throw new IOException("no " + wanted + " at byte " + at);
    }
    at++;
  }

  /** Passes over an opening bracket; returns whether something stands before its closing one. */
  boolean open(char opening, char closing) throws IOException {
    expect(opening);
    if (++depth > MOST_DEPTH) {
      throw new IOException("it is nested more than " + MOST_DEPTH + " deep");
    }
    return peek() != closing || !close();
  }

  /** Passes over a comma, or over the closing bracket; returns whether it was a comma. */
  boolean next(char closing) throws IOException {
    int next = peek();
    if (next == ',') {
      at++;
      return true;
    }
    if (next != closing) {
      throw new IOException("neither , nor " + closing + " at byte " + at);
    }
    return !close();
  }

  private boolean close() {
    at++;
    depth--;
    return true;
  }

  /** Passes over a field's name and the colon, and returns the name. */
  String name() throws IOException {
    peek();
    int from = at + 1;
    skipString();
    String name = new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
    expect(':');
    return name.indexOf('\\') < 0 ? name : unescaped(name);
  }

  /** The service escapes no letter of its fields' names; but one could. */
  private static String unescaped(String name) throws IOException {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && name.startsWith("u", i + 1) && i + 6 <= name.length()) {
        try {
          c = (char) Integer.parseInt(name.substring(i + 2, i + 6), 16);
        } catch (NumberFormatException e) {
          throw new IOException("no character: " + name, e);
        }
        i += 5;
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /** Passes over a number and returns its text. */
  String number() throws IOException {
    peek();
    int from = at;
    skipNumber();
    return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
  }

  /** Passes over a value, whatever it is. */
  void skip() throws IOException {
    switch (peek()) {
      case '{' -> {
        if (!skipScalar()) {
          skipObject();
        }
      }
      case '[' -> {
        if (open('[', ']')) {
          do {
            skip();
          } while (next(']'));
        }
      }
      case '"' -> skipString();
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  /** Passes over a {@code null}. */
  void expectNull() throws IOException {
    peek();
    skipWord("null");
  }

  /** Passes over an object. */
  void skipObject() throws IOException {
    if (open('{', '}')) {
      do {
        peek();
        replication |= at + 8 <= bytes.length && (long) EIGHT_BYTES.get(bytes, at) == REPLICATION;
        skipString();
        expect(':');
        skip();
      } while (next('}'));
    }
  }

  /**
   * Passes over an object if it is what most of an item's attributes are, such as {@code
   * {"S":"a"}}.
   */
  private boolean skipScalar() throws IOException {
    if (at + 8 > bytes.length
        || ((long) EIGHT_BYTES.get(bytes, at) & AROUND_TYPE) != OPENING
        || depth == MOST_DEPTH) {
      return false;
    }
    byte type = bytes[at + 2];
    if (type != 'S' && type != 'N' && type != 'B') {
      return false;
    }
    int from = at;
    at += 5;
    skipString();
    if (follows('}')) {
      at++;
      return true;
    }
    at = from;
    return false;
  }

  /** Says that nothing but white space may come. */
  void end() throws IOException {
    while (at < bytes.length) {
      if (" \n\r\t".indexOf(bytes[at]) < 0) {
        throw new IOException("it goes on after its end");
      }
      at++;
    }
  }

  private void skipString() throws IOException {
    if (bytes[at] != '"') {
      throw unexpected();
    }
    int i = at + 1;
    while (true) {
      // Eight bytes at once: the lowest of them that is a quote, a backslash or a control character
      // has its high bit set.
      while (i + 8 <= bytes.length) {
        long eight = (long) EIGHT_BYTES.get(bytes, i);
        long quote = eight ^ QUOTES;
        long backslash = eight ^ BACKSLASHES;
        long found =
            ((quote - ONES & ~quote) | (backslash - ONES & ~backslash) | (eight - BLANKS & ~eight))
                & HIGH_BITS;
        if (found != 0) {
          i += Long.numberOfTrailingZeros(found) >>> 3;
          break;
        }
        i += 8;
      }
      if (i >= bytes.length) {
        throw new IOException("it ends too soon");
      }
      byte found = bytes[i];
      if (found == '"') {
        at = i + 1;
        return;
      }
      if (found >= 0 && found < ' ') {
        at = i;
        throw unexpected();
      }
      i += found == '\\' ? 2 : 1;
    }
  }

  private void skipWord(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      if (at >= bytes.length || bytes[at] != word.charAt(i)) {
        throw new IOException("no " + word + " at byte " + at);
      }
      at++;
    }
  }

  private void skipNumber() throws IOException {
    if (follows('-')) {
      at++;
    }
    if (follows('0')) {
      at++;
    } else {
      skipDigits();
    }
    if (follows('.')) {
      at++;
      skipDigits();
    }
    if (follows('e') || follows('E')) {
      at++;
      if (follows('+') || follows('-')) {
        at++;
      }
      skipDigits();
    }
  }

  private boolean follows(char wanted) {
    return at < bytes.length && bytes[at] == wanted;
  }

  private void skipDigits() throws IOException {
    int from = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw at < bytes.length ? unexpected() : new IOException("it ends too soon");
    }
  }

  private IOException unexpected() {
    return new IOException("unexpected byte 0x%02x at byte %d".formatted(bytes[at] & 0xff, at));
  }
}
