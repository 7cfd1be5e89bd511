package org.dynocopy.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.RegionPrices;
import org.dynocopy.capacity.Usage;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.cost.ExpectedUsage;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;

/** Tells what requests cost: units, dollars and time. */
final class Costs {

  private Costs() {}

  /** Returns what each table is estimated to take, a line each. */
  static List<String> of(Estimate estimate, JobLimits allowance) {
    List<String> lines = new ArrayList<>();
    for (ExpectedUsage use : estimate.uses()) {
      String price = use.dollars(allowance).map(Prices::text).orElse(use.tariff(allowance).why());
      lines.add(use.meter().name() + ": " + units(use) + ", " + price + time(use, allowance));
    }
    estimate
        .dollars(allowance)
        .filter(sum -> estimate.uses().size() > 1)
        .ifPresent(sum -> lines.add("together " + Prices.text(sum)));
    boolean byRegion = allowance.prices().isEmpty() && estimate.dollars(allowance).isPresent();
    if (byRegion) {
      lines.add("by prices of " + RegionPrices.DATE + ", unless `prices` says others");
    }
    return lines;
  }

  private static String units(ExpectedUsage use) {
    List<String> units = new ArrayList<>();
    if (use.readUnits() > 0) {
      units.add(Quantity.units(use.readUnits()) + " RCU");
    }
    if (use.writeUnits() > 0) {
      List<String> indexes = new ArrayList<>();
      for (Map.Entry<String, Double> part : use.writes().entrySet()) {
        if (!part.getKey().isEmpty()) {
          indexes.add(Quantity.units(part.getValue()) + " in " + part.getKey());
        }
      }
      units.add(
          Quantity.units(use.writeUnits())
              + " WCU"
              + (indexes.isEmpty() ? "" : " (" + String.join(", ", indexes) + ")"));
    }
    return units.isEmpty() ? "nothing" : String.join(", ", units);
  }

  private static String time(ExpectedUsage use, JobLimits allowance) {
    boolean held = allowance.read().isPresent() || allowance.write().isPresent();
    return use.seconds(allowance)
        .map(
            seconds ->
                ", at least "
                    + Quantity.time(Duration.ofMillis(Math.round(seconds * 1_000)))
                    + (held ? " at this rate" : " by its throughput"))
        .orElse("");
  }

  /** Returns what was consumed, in one line; nothing if no table was used. */
  static Optional<String> of(List<Usage> spending) {
    if (spending.isEmpty()) {
      return Optional.empty();
    }
    List<String> tables = new ArrayList<>();
    for (Usage one : spending) {
      String units =
          (one.readUnits() > 0 ? Quantity.units(one.readUnits()) + " RCU, " : "")
              + (one.writeUnits() > 0 ? Quantity.units(one.writeUnits()) + " WCU, " : "")
              + (one.vectorBytes() > 0
                  ? Quantity.bytes(one.vectorBytes()) + " to vector indexes, "
                  : "");
      String cost = one.dollars().map(Prices::text).orElse(one.why());
      tables.add(one.table() + ": " + units + cost + unanswered(one.unanswered()));
    }
    return Optional.of("consumed of " + String.join("; of ", tables));
  }

  private static String unanswered(Usage.Unanswered all) {
    if (all.requests() == 0) {
      return "";
    }
    List<String> units = new ArrayList<>();
    if (all.readUnits() > 0) {
      units.add(Quantity.units(all.readUnits()) + " RCU");
    }
    if (all.writeUnits() > 0) {
      units.add(Quantity.units(all.writeUnits()) + " WCU");
    }
    return String.format(
        " (plus %s%,d requests without a response)",
        units.isEmpty() ? "" : "up to about " + String.join(" and ", units) + " for ",
        all.requests());
  }

  /** Returns the bytes written to all vector indexes. */
  static double vectorBytes(List<Usage> spending) {
    return spending.stream().mapToDouble(Usage::vectorBytes).sum();
  }

  /** Returns the dollars of all tables, if all are known. */
  static Optional<Double> dollars(List<Usage> spending) {
    boolean known = spending.stream().allMatch(one -> one.dollars().isPresent());
    return known
        ? Optional.of(spending.stream().mapToDouble(one -> one.dollars().orElseThrow()).sum())
        : Optional.empty();
  }
}
