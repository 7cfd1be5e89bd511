package org.dynocopy;

import java.util.Optional;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** A backup of a table. */
public final class BackupBuilder extends ActionBuilder<BackupBuilder> {

  private final JobBuilder backup = new JobBuilder("backup", HERE);
  private final Optional<String> place;

  BackupBuilder(String table, Optional<String> place) {
    backup.from(table, HERE);
    this.place = place;
  }

  @Override
  JobBuilder words() {
    return backup;
  }

  @Override
  BackupBuilder self() {
    return this;
  }

  @Override
  Backup job(Environments environments) {
    return backup.backup(place, environments);
  }

  /** Reads this many segments of the table at once at most, by default 16. */
  public BackupBuilder segments(int number) {
    backup.segments(number, HERE);
    return this;
  }
}
