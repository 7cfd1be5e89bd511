package org.dynocopy.spec;

import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;

/**
 * Restores a table from a backup.
 *
 * @param name what messages call it
 * @param from the backup
 * @param to the table; made where there is none
 * @param writers how many batches to write at once at most
 * @param onFailure what happens to items that cannot be written
 * @param fresh whether it begins anew, though it could go on where it was stopped
 * @param allowance what it may take of its tables
 * @param words where its words stand
 */
public record Restore(
    String name,
    StoreRef from,
    TableRef to,
    OptionalInt writers,
    OnFailure onFailure,
    boolean fresh,
    JobLimits allowance,
    WordLocations words)
    implements Job {
  @Override
  public Restore with(JobLimits said) {
    return new Restore(name, from, to, writers, onFailure, fresh, said.over(allowance), words);
  }

  @Override
  public Optional<TableRef> makes() {
    return Optional.of(to);
  }

  @Override
  public Restore anew() {
    return new Restore(name, from, to, writers, onFailure, true, allowance, words);
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.restore(this);
  }
}
