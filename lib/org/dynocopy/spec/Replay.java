package org.dynocopy.spec;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.TableRef;

/**
 * Writes dead letters again.
 *
 * @param name what messages call it
 * @param file the dead-letter file, which is not changed
 * @param to the table to write
 * @param writers how many batches to write at once at most
 * @param onFailure what happens to what cannot be written this time either
 * @param fresh whether it begins anew, though it could go on where it was stopped
 * @param allowance what it may take of its table
 * @param words where its words stand
 */
public record Replay(
    String name,
    Path file,
    TableRef to,
    OptionalInt writers,
    OnFailure onFailure,
    boolean fresh,
    JobLimits allowance,
    WordLocations words)
    implements Job {
  @Override
  public Replay with(JobLimits said) {
    return new Replay(name, file, to, writers, onFailure, fresh, said.over(allowance), words);
  }

  @Override
  public Replay anew() {
    return new Replay(name, file, to, writers, onFailure, true, allowance, words);
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.replay(this);
  }
}
