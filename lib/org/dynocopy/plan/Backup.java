package org.dynocopy.plan;

import java.util.Optional;

/**
 * Backs a table up.
 *
 * @param name what messages call it
 * @param reading which table
 * @param to where to; else an on-demand backup where the service has it, and a file elsewhere or if
 *     it is a part of the table
 * @param allowance what it may take of its tables
 */
public record Backup(String name, Reading reading, Optional<StoreRef> to, Allowance allowance)
    implements Job {
  @Override
  public Backup with(Allowance said) {
    return new Backup(name, reading, to, said.over(allowance).withoutWrites());
  }

  @Override
  public Words words() {
    return reading.words();
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.backup(this);
  }
}
