package org.dynocopy.dsl.words;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Values that are nothing but what their texts say. */
final class PlainData {

  private PlainData() {}

  /** Returns the text of one; nothing if it is something else. */
  static Optional<String> text(Object value) {
    if (value == null || value instanceof Boolean) {
      return Optional.of(String.valueOf(value));
    }
    if (value instanceof Number number) {
      return number.getClass().getName().matches("java\\.(lang|math)\\..*")
          ? Optional.of(number instanceof BigDecimal big ? big.toPlainString() : "" + number)
          : Optional.empty();
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return Optional.of('"' + value.toString().replace("\"", "\\\"") + '"');
    }
    if (value instanceof byte[] bytes) {
      return Optional.of(HexFormat.of().formatHex(bytes));
    }
    if (value instanceof int[] numbers) {
      return Optional.of(Arrays.toString(numbers));
    }
    if (value instanceof long[] numbers) {
      return Optional.of(Arrays.toString(numbers));
    }
    if (value instanceof Pattern pattern) {
      return Optional.of("/" + pattern.pattern() + "/" + pattern.flags());
    }
    boolean text =
        value instanceof Enum
            || value instanceof UUID
            || value instanceof java.util.Date
            || value.getClass().getName().startsWith("java.time.");
    return text ? Optional.of(value.getClass().getName() + " " + value) : Optional.empty();
  }
}
