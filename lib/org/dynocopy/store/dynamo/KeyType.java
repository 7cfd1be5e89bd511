package org.dynocopy.store.dynamo;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** The type of a key attribute: it decides what a value that a user wrote becomes. */
public enum KeyType {
  /** A string. */
  S("a string"),
  /** A number. */
  N("a number"),
  /** Binary, as base64 text or as bytes. */
  B("binary (base64 text or byte[])");

  private final String description;

  KeyType(String description) {
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
  Optional<Object> of(Object value) {
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
          : Optional.of(new BigDecimal(value.toString().trim()));
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

  /** Returns what is equal for equal keys: {@code 1} and {@code 1.0} are the same key. */
  static Object canonical(Object decoded) {
    if (decoded instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    return decoded instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : decoded;
  }
}
