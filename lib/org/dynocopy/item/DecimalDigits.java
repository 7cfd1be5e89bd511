package org.dynocopy.item;

import java.io.IOException;

/**
 * A number by its value, whatever text it had: 0 has no digits, no sign and no exponent.
 *
 * @param digits its digits, from the first to the last that is not zero, and perhaps more behind
 * @param count how many of these there are
 * @param exponent the power of ten of the last of them
 */
record DecimalDigits(boolean negative, char[] digits, int count, int exponent) {

  private static final int MOST_EXPONENT = 1_000_000;

  /**
   * Reads a number.
   *
   * @throws IOException if it is none
   */
  static DecimalDigits of(String text) throws IOException {
    int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
    int digitsEnd = exponentAt < 0 ? text.length() : exponentAt;
    boolean signed = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    char[] digits = new char[digitsEnd];
    int count = 0;
    int scale = 0;
    int seen = 0;
    boolean point = false;
    for (int i = signed ? 1 : 0; i < digitsEnd; i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
        continue;
      }
      if (c < '0' || c > '9') {
        throw notNumber(text);
      }
      seen++;
      scale += point ? 1 : 0;
      if (count > 0 || c != '0') {
        digits[count++] = c;
      }
    }
    if (seen == 0) {
      throw notNumber(text);
    }
    int written = count;
    while (written > 0 && digits[written - 1] == '0') {
      written--;
    }
    if (written == 0) {
      return new DecimalDigits(false, digits, 0, 0);
    }
    int exponent = exponent(text, exponentAt) - scale + count - written;
    return new DecimalDigits(text.charAt(0) == '-', digits, written, exponent);
  }

  private static int exponent(String number, int at) throws IOException {
    if (at < 0) {
      return 0;
    }
    try {
      int exponent = Integer.parseInt(number.substring(at + 1));
      if (Math.abs((long) exponent) < MOST_EXPONENT) {
        return exponent;
      }
    } catch (NumberFormatException e) {
      // Told below, as any other text that is no number of DynamoDB's.
    }
    throw notNumber(number);
  }

  private static IOException notNumber(String text) {
    return new IOException("`" + text + "` is not a number");
  }
}
