package org.dynocopy.spec.place;

import java.util.Optional;

/**
 * A table that a plan names, or a pattern of tables with one star.
 *
 * @param environment where it is
 * @param table its whole name there, or its ARN
 * @param text how the user wrote it, {@code prod:users}
 */
public record TableRef(Environment environment, String table, String text) implements StoreRef {

  private static final String STAR = "*";

  /** Returns the table's name, also where an ARN names it. */
  public String name() {
    return table.substring(table.indexOf('/') + 1);
  }

  /** Returns whether this is a pattern, {@code prod:acme-*}: every table that it fits. */
  public boolean isPattern() {
    return table.contains(STAR);
  }

  /** Returns what a table's name has where this pattern has its star, if it fits. */
  public Optional<String> star(String name) {
    int at = table.indexOf(STAR);
    String end = table.substring(at + 1);
    boolean fits =
        name.length() >= table.length() - 1
            && name.startsWith(table.substring(0, at))
            && name.endsWith(end);
    return fits ? Optional.of(name.substring(at, name.length() - end.length())) : Optional.empty();
  }

  /** Returns whether every table that this pattern fits is one that the other pattern fits. */
  public boolean isWithin(TableRef other) {
    int at = table.indexOf(STAR);
    int there = other.table.indexOf(STAR);
    return table.substring(0, at).startsWith(other.table.substring(0, there))
        && table.substring(at + 1).endsWith(other.table.substring(there + 1));
  }

  /** Returns the table of this pattern that has this where the star is. */
  public TableRef with(String star) {
    return new TableRef(environment, table.replace(STAR, star), text.replace(STAR, star));
  }

  @Override
  public String toString() {
    return text;
  }
}
