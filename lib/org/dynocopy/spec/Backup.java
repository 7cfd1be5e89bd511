package org.dynocopy.spec;

import java.util.Optional;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.StoreRef;

/**
 * Backs a table up.
 *
 * @param name what messages call it
 * @param reading which table
 * @param to where to; else an on-demand backup where the service has it, and a file elsewhere or if
 *     it is a part of the table
 * @param allowance what it may take of its tables
 */
public record Backup(String name, Reading reading, Optional<StoreRef> to, JobLimits allowance)
    implements Job {
  @Override
  public Backup with(JobLimits said) {
    return new Backup(name, reading, to, said.over(allowance).withoutWrites());
  }

  @Override
  public WordLocations words() {
    return reading.words();
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.backup(this);
  }
}
