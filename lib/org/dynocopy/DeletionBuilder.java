package org.dynocopy;

import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

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
