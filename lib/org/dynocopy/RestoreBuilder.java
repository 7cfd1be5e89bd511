package org.dynocopy;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** A restore of a backup into a table. */
public final class RestoreBuilder extends WriteBuilder<RestoreBuilder> {

  private final JobBuilder restore = new JobBuilder("restore", HERE);
  private final String place;
  private final String table;
  private Optional<Path> deadLetter = Optional.empty();
  private boolean fresh;

  RestoreBuilder(String place, String table) {
    this.place = place;
    this.table = table;
  }

  @Override
  JobBuilder words() {
    return restore;
  }

  @Override
  RestoreBuilder self() {
    return this;
  }

  @Override
  Restore job(Environments environments) {
    Restore job = restore.restore(place, table, deadLetter, environments);
    return fresh ? job.anew() : job;
  }

  /** Puts items that cannot be written into this file. */
  public RestoreBuilder deadLetter(Path file) {
    deadLetter = Optional.of(file);
    return this;
  }

  /** Begins anew, though it could go on where it was stopped. */
  public RestoreBuilder fresh() {
    fresh = true;
    return this;
  }
}
