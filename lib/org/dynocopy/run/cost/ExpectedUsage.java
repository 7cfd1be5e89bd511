package org.dynocopy.run.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.spec.limits.JobLimits;

/**
 * What a job will probably consume of one table.
 *
 * @param meter the table's
 * @param reads read capacity units by index; those of the table itself by an empty name
 * @param writes write capacity units, likewise
 */
public record ExpectedUsage(Meter meter, Map<String, Double> reads, Map<String, Double> writes) {

  /** Returns the sum of its read units. */
  public double readUnits() {
    return sum(reads);
  }

  /** Returns the sum of its write units. */
  public double writeUnits() {
    return sum(writes);
  }

  private static double sum(Map<String, Double> units) {
    return units.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Returns what a million units cost, or why that is not known. */
  public Pricing tariff(JobLimits allowance) {
    return meter.tariff(allowance);
  }

  /** Returns what it costs in dollars, if that is known. */
  public Optional<Double> dollars(JobLimits allowance) {
    return tariff(allowance).dollars(readUnits(), writeUnits());
  }

  /** Returns the seconds that it takes at the job's rates, or at the table's, if they are known. */
  public Optional<Double> seconds(JobLimits allowance) {
    Optional<Double> reading = meter.limits().seconds(reads, allowance.read(), true);
    Optional<Double> writing = meter.limits().seconds(writes, allowance.write(), false);
    return reading.isPresent() && writing.isPresent()
        ? Optional.of(Math.max(reading.get(), writing.get()))
        : Optional.empty();
  }

  /** Returns both together. */
  ExpectedUsage plus(ExpectedUsage other) {
    return new ExpectedUsage(meter, sum(reads, other.reads), sum(writes, other.writes));
  }

  private static Map<String, Double> sum(Map<String, Double> one, Map<String, Double> other) {
    Map<String, Double> both = new LinkedHashMap<>(one);
    other.forEach((part, units) -> both.merge(part, units, Double::sum));
    return both;
  }
}
