package org.dynocopy.plan;

/**
 * Prints the fingerprint of a table, or of a part of it.
 *
 * @param name what messages call it
 * @param reading which items
 * @param allowance what it may take of its table
 */
public record Fingerprinting(String name, Reading reading, Allowance allowance) implements Job {
  @Override
  public Fingerprinting with(Allowance said) {
    return new Fingerprinting(name, reading, said.over(allowance).withoutWrites());
  }

  @Override
  public Words words() {
    return reading.words();
  }

  @Override
  public boolean prints() {
    return true;
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.fingerprint(this);
  }
}
