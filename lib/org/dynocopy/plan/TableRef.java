package org.dynocopy.plan;

/**
 * A table that a plan names.
 *
 * @param environment where it is
 * @param table its whole name there, or its ARN
 * @param text how the user wrote it, {@code prod:users}
 */
public record TableRef(Environment environment, String table, String text) {
  @Override
  public String toString() {
    return text;
  }
}
