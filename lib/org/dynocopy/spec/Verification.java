package org.dynocopy.spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;

/**
 * Compares two tables, or the same part of both.
 *
 * @param name what messages call it
 * @param source what the target should be like
 * @param target what is compared with it, and repaired
 * @param checks how to compare
 * @param repair whether differences are repaired in the target
 * @param writers how many batches to write at once; else decided by the engine
 * @param allowance what it may take of its tables
 * @param words where its words stand
 */
public record Verification(
    String name,
    Side source,
    Side target,
    Checks checks,
    Optional<Repair> repair,
    OptionalInt writers,
    JobLimits allowance,
    WordLocations words)
    implements Job {

  /** One of the two. */
  public sealed interface Side {}

  /**
   * A table, or a part of it.
   *
   * @param reading what is compared
   */
  public record OfTable(Reading reading) implements Side {
    @Override
    public String toString() {
      return reading.table().toString();
    }
  }

  /**
   * A fingerprint that was made before, perhaps elsewhere.
   *
   * @param file where it is
   */
  public record OfFile(Path file) implements Side {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * How differences are repaired: what is missing or different is copied.
   *
   * @param deleteExtra whether what the source does not have is deleted
   */
  public record Repair(boolean deleteExtra) {}

  @Override
  public boolean removes() {
    return repair.filter(Repair::deleteExtra).isPresent();
  }

  @Override
  public Verification with(JobLimits said) {
    JobLimits all = said.over(allowance);
    return new Verification(
        name,
        source,
        target,
        checks,
        repair,
        writers,
        repair.isPresent() ? all : all.withoutWrites(),
        words);
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.verification(this);
  }
}
