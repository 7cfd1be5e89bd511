package org.dynocopy.capacity;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.dynocopy.core.RateAllocator;
import org.dynocopy.core.RateAllocator.Demand;
import org.dynocopy.core.RateAllocator.Lease;

/**
 * What a process may use of a rate for now, and so what its bucket is filled with. Not thread-safe:
 * its {@link Meter} is.
 */
final class RateLease {

  /** How long to wait before asking again where there was no answer. */
  private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();

  private final TokenBucket bucket;
  private Demand demand;
  private boolean asking;
  private long renewal;
  private long end;

  /** Begins without any: nothing may be used. */
  RateLease(TokenBucket bucket, Demand demand) {
    this.bucket = bucket;
    this.demand = demand;
    bucket.rate(0, 0);
  }

  /** Sets what is wanted; what is leased of more than that does not count from now on. */
  void demand(double unitsPerSecond, long now) {
    expire(now);
    demand = new Demand(demand.table(), demand.index(), demand.reading(), unitsPerSecond);
    bucket.rate(Math.min(bucket.rate(), unitsPerSecond), now);
    renewal = now;
  }

  /** Ends what has ended by now: what was saved of it is gone, what is owed stays. */
  void expire(long now) {
    if (bucket.rate() > 0 && now - end >= 0) {
      bucket.rate(0, end);
    }
  }

  /**
   * Asks for a lease if the last one ends soon. Called without the lock: other threads use
   * meanwhile what is left of the last one.
   */
  void renew(RateAllocator allocator, Object lock, LongSupplier clock) {
    Demand asked;
    long since = clock.getAsLong();
    synchronized (lock) {
      expire(since);
      if (asking || since - renewal < 0) {
        return;
      }
      asking = true;
      asked = demand;
    }
    Optional<Lease> answer = Optional.empty();
    try {
      answer = allocator.lease(asked);
    } finally {
      synchronized (lock) {
        asking = false;
        take(answer, asked, since, clock.getAsLong());
      }
    }
  }

  private void take(Optional<Lease> answer, Demand asked, long since, long now) {
    expire(now);
    renewal = now + RETRY_NANOS;
    if (answer.isPresent()) {
      Lease lease = answer.get();
      boolean same = asked.equals(demand);
      double units = lease.unitsPerSecond();
      bucket.rate(same ? units : Math.min(units, demand.unitsPerSecond()), now);
      long valid = lease.validFor().toNanos();
      end = since + valid;
      renewal = same ? since + valid / 2 : now;
      expire(now);
    }
  }
}
