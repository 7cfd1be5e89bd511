package org.dynocopy.capacity;

import java.time.Duration;

/** The claims of writes to a table: what a thread was allowed is what it then sends. */
public final class WriteClaims {

  private final Meter meter;
  private final ThreadLocal<Meter.Claim> allowed = new ThreadLocal<>();

  /** Begins without any. */
  public WriteClaims(Meter meter) {
    this.meter = meter;
  }

  /** Asks as {@link Meter.Claim#delay} does, and keeps the claim of what may be sent. */
  public Duration delay(double weight) {
    Meter.Claim wanted = meter.write(weight);
    Duration delay = wanted.delay();
    if (delay.isZero()) {
      allowed.set(wanted);
    }
    return delay;
  }

  /** Returns the claim that this thread was allowed; a new one if it has not asked. */
  public Meter.Claim claim(double weight) {
    Meter.Claim asked = allowed.get();
    allowed.remove();
    return asked == null ? meter.write(weight) : asked;
  }
}
