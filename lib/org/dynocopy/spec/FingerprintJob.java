package org.dynocopy.spec;

import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;

/**
 * Prints the fingerprint of a table, or of a part of it.
 *
 * @param name what messages call it
 * @param reading which items
 * @param allowance what it may take of its table
 */
public record FingerprintJob(String name, Reading reading, JobLimits allowance) implements Job {
  @Override
  public FingerprintJob with(JobLimits said) {
    return new FingerprintJob(name, reading, said.over(allowance).withoutWrites());
  }

  @Override
  public WordLocations words() {
    return reading.words();
  }

  @Override
  public boolean prints() {
    return true;
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.fingerprint(this);
  }
}
