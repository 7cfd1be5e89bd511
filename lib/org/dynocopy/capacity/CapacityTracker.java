package org.dynocopy.capacity;

import java.util.Optional;
import org.dynocopy.core.RateAllocator.Demand;

/**
 * One kind of use of one table or index, reading or writing: what it has consumed, how fast it may
 * go on, and what to expect of its next request. Not thread-safe: its {@link Meter} is.
 */
final class CapacityTracker {

  /** How much the last request counts in what is expected of the next one. */
  private static final double NEWS = 0.2;

  /** What requests consume for each unit that they weigh; 1 until one has come back. */
  private double factor = 1;

  private boolean known;
  private double consumed;
  private int underWay;
  private final TokenBucket bucket = new TokenBucket();

  /** Empty where this process has whole rates. */
  private final Optional<RateLease> lease;

  CapacityTracker(Optional<Demand> leased) {
    lease = leased.map(demand -> new RateLease(bucket, demand));
  }

  Optional<RateLease> lease() {
    return lease;
  }

  /** Sets the units a second of this process, or what it wants to lease. */
  void rate(double unitsPerSecond, long nanos) {
    if (lease.isPresent()) {
      lease.get().demand(unitsPerSecond, nanos);
    } else {
      bucket.rate(unitsPerSecond, nanos);
    }
  }

  TokenBucket bucket() {
    return bucket;
  }

  /** Returns what a request of this weight probably consumes. */
  double expect(double weight) {
    return weight * factor;
  }

  /**
   * Returns how many seconds to wait. Until it is known what a request consumes they go one by one:
   * many that are larger than expected would overshoot together.
   */
  double wait(double units, long nanos) {
    if (lease.isPresent()) {
      lease.get().expire(nanos);
    }
    boolean alone = known || underWay == 0 || !bucket.limited();
    return alone ? bucket.wait(units, nanos) : Math.max(0.001, bucket.wait(units, nanos));
  }

  void reserve(double units) {
    bucket.take(units);
    underWay++;
  }

  void giveBack(double units) {
    bucket.take(-units);
    underWay--;
  }

  void settle(double reserved, double weight, double units) {
    giveBack(reserved);
    bucket.take(units);
    consumed += units;
    if (weight > 0) {
      factor = known ? factor + NEWS * (units / weight - factor) : units / weight;
      known = true;
    }
  }

  double consumed() {
    return consumed;
  }
}
