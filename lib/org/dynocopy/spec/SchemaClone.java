package org.dynocopy.spec;

import java.util.Optional;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.TableRef;

/**
 * Makes an empty table like another one.
 *
 * @param name what messages call it
 * @param from the table to look at
 * @param to the table to make
 * @param words where its words stand
 */
public record SchemaClone(String name, TableRef from, TableRef to, WordLocations words)
    implements Job {
  @Override
  public Optional<TableRef> makes() {
    return Optional.of(to);
  }

  @Override
  public SchemaClone with(JobLimits said) {
    return this;
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.schemaClone(this);
  }
}
