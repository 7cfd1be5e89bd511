package org.dynocopy.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads items and prints them.
 *
 * @param name what messages call it
 * @param reading which items
 * @param output how to print them
 * @param allowance what it may take of its tables
 */
public record Query(String name, Reading reading, Output output, Allowance allowance)
    implements Job {

  /** How items are printed. */
  public enum Format {
    /** One array. */
    JSON,
    /** An item a line. */
    JSONL,
    /** Aligned columns, for people. */
    TABLE,
    /** Comma-separated values with a header: all text as it is. */
    CSV,
    /** The same for spreadsheets, which must not take text for formulas. */
    SPREADSHEET
  }

  /**
   * What is printed.
   *
   * @param format how
   * @param typed whether JSON keeps DynamoDB's types, {@code {"S":"t1"}}
   * @param count only how many items there are
   * @param unique only the distinct values of this attribute
   * @param sample so many items, chosen at random
   */
  public record Output(
      Format format, boolean typed, boolean count, Optional<String> unique, OptionalInt sample) {

    /** Every item, a line of JSON each. */
    public static final Output LINES =
        new Output(Format.JSONL, false, false, Optional.empty(), OptionalInt.empty());
  }

  @Override
  public Query with(Allowance said) {
    return new Query(name, reading, output, said.over(allowance).withoutWrites());
  }

  @Override
  public Words words() {
    return reading.words();
  }
}
