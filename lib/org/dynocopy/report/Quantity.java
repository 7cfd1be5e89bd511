package org.dynocopy.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes quantities as people read them. */
final class Quantity {

  private Quantity() {}

  /** {@code 1,234}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1,234.5}. */
  static String units(double units) {
    return String.format(Locale.ROOT, "%,.1f", units);
  }

  /** {@code 999 B}, {@code 1.2 KB}, {@code 3.4 MB}: powers of 1,000. */
  static String bytes(double bytes) {
    String[] names = {"B", "KB", "MB", "GB", "TB", "PB"};
    int power = 0;
    double left = bytes;
    while (left >= 999.95 && power < names.length - 1) {
      left /= 1_000;
      power++;
    }
    return String.format(Locale.ROOT, power == 0 ? "%.0f %s" : "%.1f %s", left, names[power]);
  }

  /** {@code 0.8 s}, {@code 4 min 5 s}, {@code 2 h 3 min}. */
  static String time(Duration time) {
    if (time.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** {@code 1,234 items/s}. */
  static String rate(long items, Duration time) {
    double seconds = Math.max(time.toNanos(), 1) / 1e9;
    return count(Math.round(items / seconds)) + " items/s";
  }

  /** Returns a moment in UTC, to the second. */
  static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
