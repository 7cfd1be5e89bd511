package org.dynocopy;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** Dead letters to be written again. */
public final class ReplayBuilder extends WriteBuilder<ReplayBuilder> {

  private final JobBuilder replay = new JobBuilder("replay", HERE);
  private final Path deadLetters;
  private final String table;
  private OnFailure onFailure = OnFailure.DEFAULT;
  private boolean fresh;

  ReplayBuilder(Path deadLetters, String table) {
    this.deadLetters = deadLetters;
    this.table = table;
  }

  @Override
  JobBuilder words() {
    return replay;
  }

  @Override
  ReplayBuilder self() {
    return this;
  }

  @Override
  Replay job(Environments environments) {
    Replay job = replay.replay(deadLetters, table, onFailure, environments);
    return fresh ? job.anew() : job;
  }

  /** Puts what fails again into this file, another one than that which is replayed. */
  public ReplayBuilder deadLetter(Path file) {
    onFailure = new OnFailure(Optional.of(file), onFailure.stopAfter());
    return this;
  }

  /** Stops after so many of these, at least 1; 1000 by default. */
  public ReplayBuilder stopAfter(long letters) {
    onFailure = new OnFailure(onFailure.deadLetter(), letters);
    return this;
  }

  /** Begins anew, though it could go on where it was stopped. */
  public ReplayBuilder fresh() {
    fresh = true;
    return this;
  }
}
