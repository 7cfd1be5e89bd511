package org.dynocopy.capacity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.dynocopy.core.RateAllocator.Demand;
import org.dynocopy.core.RateAllocator.Lease;

/** Leases the rates of tables to processes: equal shares to all that ask. Thread-safe. */
final class LeaseKeeper {

  static final Duration VALID = Duration.ofSeconds(3);

  private record Resource(String table, String index, boolean reading) {}

  private record Grant(double units, long end) {}

  private final LongSupplier clock;
  private final Map<Resource, Map<String, List<Grant>>> granted = new HashMap<>();

  LeaseKeeper(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized Lease lease(String process, Demand demand) {
    long now = clock.getAsLong();
    Map<String, List<Grant>> all =
        granted.computeIfAbsent(
            new Resource(demand.table(), demand.index(), demand.reading()), any -> new HashMap<>());
    all.values().forEach(grants -> grants.removeIf(grant -> grant.end() - now <= 0));
    all.values().removeIf(List::isEmpty);
    List<Grant> own = all.computeIfAbsent(process, any -> new ArrayList<>());
    double others = 0;
    for (List<Grant> grants : all.values()) {
      others += grants == own ? 0 : largest(grants);
    }
    double rate = demand.unitsPerSecond();
    double units = Math.max(0, Math.min(rate / all.size(), rate - others));
    own.add(new Grant(units, now + VALID.toNanos()));
    return new Lease(units, VALID);
  }

  /** Any of the answers may be the last one that has come. */
  private static double largest(List<Grant> grants) {
    return grants.stream().mapToDouble(Grant::units).max().orElse(0);
  }
}
