package org.dynocopy.run.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.limits.JobLimits;

/**
 * What a job will take, by what the tables say of themselves, hours old, and by a sample.
 *
 * @param items how many items are read
 * @param bytes how much data that is
 * @param upperBound whether it may be much less: a query reads a part of unknown size
 * @param readRequests how many pages are read
 * @param writeRequests how many batches are written
 * @param uses what is consumed of each table
 * @param least what is consumed even if a filter lets nothing through
 * @param sampled how many items were looked at for this
 * @param sampleUnits the read capacity units that this took
 * @param remarks what else there is to know, a sentence each
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Capacity
 *     unit consumption</a>
 */
public record Estimate(
    long items,
    long bytes,
    boolean upperBound,
    long readRequests,
    long writeRequests,
    List<ExpectedUsage> uses,
    List<ExpectedUsage> least,
    int sampled,
    double sampleUnits,
    List<String> remarks) {

  /** Returns the read capacity units of all tables. */
  public double readUnits() {
    return uses.stream().mapToDouble(ExpectedUsage::readUnits).sum();
  }

  /** Returns the write capacity units of all tables. */
  public double writeUnits() {
    return uses.stream().mapToDouble(ExpectedUsage::writeUnits).sum();
  }

  /** Returns the dollars for it, if all of them are known. */
  public Optional<Double> dollars(JobLimits allowance) {
    return dollars(uses, allowance);
  }

  /** Returns the dollars that it takes in any case. */
  public Optional<Double> leastDollars(JobLimits allowance) {
    return dollars(least, allowance);
  }

  private static Optional<Double> dollars(List<ExpectedUsage> uses, JobLimits allowance) {
    double sum = 0;
    for (ExpectedUsage use : uses) {
      Optional<Double> dollars = use.dollars(allowance);
      if (dollars.isEmpty()) {
        return Optional.empty();
      }
      sum += dollars.get();
    }
    return Optional.of(sum);
  }

  /** Returns the uses with those of one table added up. */
  static List<ExpectedUsage> byTable(List<ExpectedUsage> uses) {
    List<ExpectedUsage> sums = new ArrayList<>();
    for (ExpectedUsage use : uses) {
      Optional<ExpectedUsage> same =
          sums.stream().filter(sum -> sum.meter() == use.meter()).findFirst();
      same.ifPresent(sums::remove);
      sums.add(same.map(sum -> sum.plus(use)).orElse(use));
    }
    return sums;
  }
}
