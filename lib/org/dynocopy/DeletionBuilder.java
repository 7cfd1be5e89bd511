package org.dynocopy;

import org.dynocopy.plan.Deletion;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.JobBuilder;

/** The deletion of a part of a table. */
public final class DeletionBuilder extends SelectionWriteBuilder<DeletionBuilder> {

  private final JobBuilder deletion = new JobBuilder("delete", HERE);

  DeletionBuilder(String table) {
    deletion.from(table, HERE);
  }

  @Override
  JobBuilder words() {
    return deletion;
  }

  @Override
  DeletionBuilder self() {
    return this;
  }

  @Override
  Deletion job(Environments environments) {
    return deletion.deletion(environments);
  }

  /** Deletes at most this many items. */
  public DeletionBuilder limit(long items) {
    deletion.limit(items, HERE);
    return this;
  }
}
