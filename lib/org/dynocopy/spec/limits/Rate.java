package org.dynocopy.spec.limits;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * How fast a table may be used.
 *
 * @param amount capacity units a second, or the percentage
 * @param percent whether it is a part of the throughput that the table, or the index, has
 */
public record Rate(double amount, boolean percent) {

  /**
   * Reads a rate: a number, {@code "500"} or {@code "50%"}.
   *
   * @param word what messages call it, {@code rate read}
   * @throws IllegalArgumentException if it is neither, or not above 0, or above 100 %
   */
  public static Rate of(String word, Object value) {
    String text =
        value instanceof Number number
            ? digits(number.doubleValue())
            : value instanceof String given ? given.strip() : "";
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1).strip() : text;
    if (!number.matches("[+-]?\\d{1,15}(\\.\\d{1,9})?")) {
      throw wrong(word, value);
    }
    double amount = new BigDecimal(number).doubleValue();
    if (amount <= 0) {
      throw new IllegalArgumentException("`" + word + "` must be above 0, not " + text);
    }
    if (percent && amount > 100) {
      throw new IllegalArgumentException("`" + word + "` is at most 100%, not " + text);
    }
    return new Rate(amount, percent);
  }

  private static IllegalArgumentException wrong(String word, Object value) {
    String got = value instanceof CharSequence ? "`" + value + "`" : String.valueOf(value);
    return new IllegalArgumentException(
        "`"
            + word
            + "` takes capacity units a second, or a percentage of the table's throughput, as in"
            + " `500` or `\"50%\"`, not "
            + got);
  }

  /** What was calculated may have more digits than anybody writes, or an exponent. */
  private static String digits(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(String.format(Locale.ROOT, "%.9f", number))
            .stripTrailingZeros()
            .toPlainString()
        : "";
  }

  /** Returns {@code 500} or {@code 50%}. */
  @Override
  public String toString() {
    return digits(amount) + (percent ? "%" : "");
  }
}
