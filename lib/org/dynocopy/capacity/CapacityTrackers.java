package org.dynocopy.capacity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.dynocopy.core.RateAllocator;
import org.dynocopy.core.RateAllocator.Demand;

/**
 * The flows of one kind of use, reading or writing: of a table and its indexes, by name, or of
 * those of them that a request concerns. Not thread-safe: its {@link Meter} is.
 */
final class CapacityTrackers {

  private final Map<String, CapacityTracker> byPart;

  /** Read without the meter's lock: where there is no rate, no caller waits for another. */
  private volatile boolean limited;

  private CapacityTrackers(Map<String, CapacityTracker> byPart) {
    this.byPart = byPart;
  }

  /**
   * Makes new ones.
   *
   * @param leased what each asks for, if rates are leased
   */
  static CapacityTrackers of(Iterable<String> parts, Function<String, Optional<Demand>> leased) {
    Map<String, CapacityTracker> flows = new LinkedHashMap<>();
    parts.forEach(part -> flows.put(part, new CapacityTracker(leased.apply(part))));
    return new CapacityTrackers(flows);
  }

  /** Returns one of them. */
  CapacityTrackers only(String part) {
    return new CapacityTrackers(Map.of(part, byPart.get(part)));
  }

  boolean has(String part) {
    return byPart.containsKey(part);
  }

  int size() {
    return byPart.size();
  }

  void forEach(BiConsumer<String, CapacityTracker> todo) {
    byPart.forEach(todo);
  }

  /** Asks for the leases that end soon, see {@link RateLease#renew}. */
  void renew(RateAllocator allocator, Object lock, LongSupplier clock) {
    for (CapacityTracker flow : byPart.values()) {
      flow.lease().ifPresent(lease -> lease.renew(allocator, lock, clock));
    }
  }

  /** Sets the units a second of each; infinite for no limit. */
  void rates(ToDoubleFunction<String> perSecond, long nanos) {
    byPart.forEach((part, flow) -> flow.rate(perSecond.applyAsDouble(part), nanos));
    limited =
        byPart.values().stream()
            .anyMatch(flow -> flow.lease().isPresent() || flow.bucket().limited());
  }

  /**
   * Returns whether any is held to a rate, or may be by its next lease; of all that a meter has,
   * and in any thread.
   */
  boolean limited() {
    return limited;
  }

  /** Returns what a request may weigh, so that none is larger than its bucket. */
  double most() {
    double most = Double.POSITIVE_INFINITY;
    for (CapacityTracker flow : byPart.values()) {
      double expected = flow.expect(1);
      if (flow.bucket().limited() && expected > 0) {
        most = Math.min(most, flow.bucket().burst() / expected);
      }
    }
    return most;
  }

  /** Returns what a request of this weight probably consumes of all together. */
  double expect(double weight) {
    double units = 0;
    for (CapacityTracker flow : byPart.values()) {
      units += flow.expect(weight);
    }
    return units;
  }

  /** Returns in how many seconds all allow a request of this weight. */
  double wait(double weight, long nanos) {
    double seconds = 0;
    for (CapacityTracker flow : byPart.values()) {
      seconds = Math.max(seconds, flow.wait(flow.expect(weight), nanos));
    }
    return seconds;
  }

  /** Returns what the busiest has consumed. */
  double busiest() {
    return byPart.values().stream().mapToDouble(CapacityTracker::consumed).max().orElse(0);
  }
}
