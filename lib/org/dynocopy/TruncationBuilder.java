package org.dynocopy;

import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** The deletion of all items of a table. */
public final class TruncationBuilder extends WriteBuilder<TruncationBuilder> {

  private final JobBuilder truncation = new JobBuilder("truncate", HERE);

  TruncationBuilder(String table) {
    truncation.from(table, HERE);
  }

  @Override
  JobBuilder words() {
    return truncation;
  }

  @Override
  TruncationBuilder self() {
    return this;
  }

  @Override
  Deletion job(Environments environments) {
    return truncation.truncation(environments);
  }

  /** Reads this many segments of the table at once at most, by default 16. */
  public TruncationBuilder segments(int number) {
    truncation.segments(number, HERE);
    return this;
  }
}
