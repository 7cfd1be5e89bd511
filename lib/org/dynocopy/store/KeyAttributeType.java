package org.dynocopy.store;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.DecimalText;
import org.dynocopy.spec.KeyCondition.SortWord;

/** The type of a key attribute: it decides what a value that a user wrote becomes. */
public enum KeyAttributeType {
  /** A string. */
  S("a string"),
  /** A number. */
  N("a number"),
  /** Binary, as base64 text or as bytes. */
  B("binary (base64 text or byte[])");

  private final String description;

  KeyAttributeType(String description) {
    this.description = description;
  }

  /** Returns what users call it. */
  @Override
  public String toString() {
    return name() + ", " + description;
  }

  /**
   * Makes a key of a value, {@code 42} and {@code "42"} alike for a key of type N.
   *
   * @param value a CharSequence, Number or byte[]
   * @return a String, BigDecimal or byte[]; empty if the value cannot be a key of this type
   */
  public Optional<Object> of(Object value) {
    return switch (this) {
      case S -> value instanceof byte[] ? Optional.empty() : Optional.of(value.toString());
      case N -> number(value);
      case B -> binary(value);
    };
  }

  private static Optional<Object> number(Object value) {
    try {
      return value instanceof byte[]
          ? Optional.empty()
          : Optional.of(DecimalText.parse(value.toString().trim()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> binary(Object value) {
    try {
      return value instanceof Number
          ? Optional.empty()
          : Optional.of(
              value instanceof byte[] bytes
                  ? bytes
                  : Base64.getDecoder().decode(value.toString().trim()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a decoded value is of this type. */
  public boolean is(Object decoded) {
    return switch (this) {
      case S -> decoded instanceof String;
      case N -> decoded instanceof BigDecimal;
      case B -> decoded instanceof byte[];
    };
  }

  /** Returns whether a condition holds of a key of this type. */
  public boolean compares(Object key, SortWord word, List<Object> with) {
    int order = compare(key, with.get(0));
    return switch (word) {
      case EQUALS -> order == 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
      case BETWEEN -> order >= 0 && compare(key, with.get(1)) <= 0;
      case BEGINS -> begins(key, with.get(0));
    };
  }

  private static boolean begins(Object key, Object prefix) {
    if (key instanceof String text) {
      return text.startsWith((String) prefix);
    }
    byte[] bytes = (byte[]) key;
    byte[] first = (byte[]) prefix;
    return bytes.length >= first.length
        && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
  }

  /** Returns the last key that has a prefix, or one behind which there is none in practice. */
  public static Object lastWith(Object prefix) {
    if (prefix instanceof String text) {
      return text + Character.toString(Character.MAX_CODE_POINT);
    }
    byte[] bytes = (byte[]) prefix;
    byte[] last = Arrays.copyOf(bytes, Math.max(bytes.length, 1024));
    Arrays.fill(last, bytes.length, last.length, (byte) 0xff);
    return last;
  }

  /**
   * Compares decoded keys of one type as DynamoDB sorts them: numbers by value, strings by their
   * bytes in UTF-8, which is by code point, and bytes as unsigned.
   */
  public static int compare(Object a, Object b) {
    if (a instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) b);
    }
    if (a instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) b);
    }
    // String.compareTo is by UTF-16, and has U+10000 below U+FFFF.
    return Arrays.compare(codePoints(a), codePoints(b));
  }

  private static int[] codePoints(Object text) {
    return ((String) text).codePoints().toArray();
  }
}
