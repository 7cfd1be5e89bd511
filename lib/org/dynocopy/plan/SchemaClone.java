package org.dynocopy.plan;

import java.util.Optional;

/**
 * Makes an empty table like another one.
 *
 * @param name what messages call it
 * @param from the table to look at
 * @param to the table to make
 * @param words where its words stand
 */
public record SchemaClone(String name, TableRef from, TableRef to, Words words) implements Job {
  @Override
  public Optional<TableRef> makes() {
    return Optional.of(to);
  }

  @Override
  public SchemaClone with(Allowance said) {
    return this;
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.schemaClone(this);
  }
}
