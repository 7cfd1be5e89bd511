package org.dynocopy.spec;

import java.util.OptionalInt;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;

/**
 * Deletes the items of a table, or of a part of it.
 *
 * @param name what messages call it
 * @param reading which items; without a part it is the whole table
 * @param writers how many batches to delete at once; else decided by the engine
 * @param allowance what it may take of its tables
 */
public record Deletion(String name, Reading reading, OptionalInt writers, JobLimits allowance)
    implements Job {
  @Override
  public boolean removes() {
    return true;
  }

  @Override
  public Deletion with(JobLimits said) {
    return new Deletion(name, reading, writers, said.over(allowance));
  }

  @Override
  public WordLocations words() {
    return reading.words();
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.deletion(this);
  }
}
