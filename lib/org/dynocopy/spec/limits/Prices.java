package org.dynocopy.spec.limits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What requests cost, in dollars for a million units, where a table is paid for by requests.
 *
 * @param read for a million read request units
 * @param write for a million write request units
 */
public record Prices(double read, double write) {

  public static final String WRONG = "`prices` are dollars for a million units, 0 or more";

  private static final double MILLION = 1e6;

  /**
   * Writes dollars as people read them: {@code $12.34}, or {@code $0.00012} where cents say little.
   */
  public static String text(double dollars) {
    return dollars == 0 || dollars >= 0.0995
        ? String.format(Locale.ROOT, "$%,.2f", dollars)
        : "$" + new BigDecimal(dollars).round(new MathContext(2)).toPlainString();
  }

  public boolean valid() {
    return read >= 0 && write >= 0;
  }

  /** Returns the dollars for so many units. */
  public double of(double readUnits, double writeUnits) {
    return (readUnits * read + writeUnits * write) / MILLION;
  }
}
