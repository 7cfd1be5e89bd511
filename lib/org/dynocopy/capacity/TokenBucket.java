package org.dynocopy.capacity;

/**
 * Holds one kind of use of one table or index to a rate: a token bucket, filled continuously, and
 * emptied by what requests are expected to consume, then corrected by what they did. In any time of
 * {@code t} seconds no more than {@code rate * t + burst} is consumed, as far as expectations are
 * right; what they were short of is missing for those that follow.
 *
 * <p>Not thread-safe: its {@link Meter} is.
 */
final class TokenBucket {

  /** What is not used is kept for so long, in seconds. */
  static final double BURST = 0.2;

  private double rate = Double.POSITIVE_INFINITY;
  private double level;
  private long filled;

  /** Sets the units a second; infinite for no limit, 0 for none at all. */
  void rate(double unitsPerSecond, long nanos) {
    fill(nanos);
    rate = unitsPerSecond;
    level = limited() ? Math.min(Double.isInfinite(level) ? 0 : level, burst()) : 0;
  }

  double rate() {
    return rate;
  }

  boolean limited() {
    return rate != Double.POSITIVE_INFINITY;
  }

  /** Returns how many units may be consumed at once after a rest. */
  double burst() {
    return rate * BURST;
  }

  /** Returns in how many seconds so many units may be taken; 0 for now. */
  double wait(double units, long nanos) {
    if (!limited()) {
      return 0;
    }
    fill(nanos);
    // What is more than the bucket holds is let through when it is full, and then is owed.
    double needed = Math.min(units, burst()) - level;
    if (rate == 0) {
      return Double.POSITIVE_INFINITY;
    }
    // Time comes in whole nanoseconds: the last one would be waited for without end.
    return needed / rate <= 1e-9 ? 0 : needed / rate;
  }

  /** Takes units; what was taken too much is given back as less than none. */
  void take(double units) {
    if (limited()) {
      level -= units;
    }
  }

  private void fill(long nanos) {
    if (limited()) {
      level = Math.min(burst(), level + rate * Math.max(0, nanos - filled) / 1e9);
    }
    filled = nanos;
  }
}
