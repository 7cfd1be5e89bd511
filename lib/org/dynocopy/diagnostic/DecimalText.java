package org.dynocopy.diagnostic;

import java.math.BigDecimal;

/** Reads numbers that somebody else has written. */
public final class DecimalText {

  /**
   * Many times what any number of DynamoDB takes, with all its zeros. To read more takes minutes.
   */
  private static final int LONGEST = 1_000;

  private DecimalText() {}

  /**
   * Reads a number.
   *
   * @throws NumberFormatException if it is none, or is longer than any number of DynamoDB
   */
  public static BigDecimal parse(String text) {
    if (text.length() > LONGEST) {
      throw new NumberFormatException(
          "a number of " + text.length() + " characters: DynamoDB takes 38 digits");
    }
    return new BigDecimal(text);
  }
}
