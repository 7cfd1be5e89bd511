package org.dynocopy.spec;

import java.util.OptionalInt;

/**
 * How two tables are compared.
 *
 * @param count whether their items are counted
 * @param sample how many items of the source, chosen at random, are looked for in the target
 * @param full whether every item of both is compared; that looks at those of a sample, too
 */
public record Checks(boolean count, OptionalInt sample, boolean full) {

  /** Compares every item. */
  public static final Checks FULL = new Checks(false, OptionalInt.empty(), true);

  /** Returns what is done where nothing else is said: every item is compared. */
  public Checks orFull() {
    return count || sample.isPresent() || full ? this : FULL;
  }

  /** Returns whether all items are read on both sides. */
  public boolean all() {
    return count || full;
  }

  /** Returns how many items are looked for that are chosen at random. */
  public OptionalInt drawn() {
    return full ? OptionalInt.empty() : sample;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (count) {
      text.append("count, ");
    }
    sample.ifPresent(items -> text.append("sample ").append(items).append(", "));
    if (full) {
      text.append("full, ");
    }
    return text.isEmpty() ? "nothing" : text.substring(0, text.length() - 2);
  }
}
