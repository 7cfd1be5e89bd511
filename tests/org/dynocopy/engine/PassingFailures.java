package org.dynocopy.engine;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;

/**
 * Failures of every kind that passes. Credentials expire once: the engine gives up if they have
 * expired still when seconds are over, and where a machine is busy the next request may be as late.
 */
final class PassingFailures {

  private final Random random;
  private final AtomicBoolean expired = new AtomicBoolean();

  PassingFailures(Random random) {
    this.random = random;
  }

  StoreException next() {
    Kind[] kinds = {Kind.THROTTLED, Kind.UNAVAILABLE, Kind.EXPIRED};
    Kind kind = kinds[random.nextInt(3)];
    boolean again = kind == Kind.EXPIRED && expired.getAndSet(true);
    return new StoreException(again ? Kind.THROTTLED : kind, "not just now");
  }
}
