package org.dynocopy.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;

/**
 * Reads items and prints them.
 *
 * @param name what messages call it
 * @param reading which items
 * @param output how to print them
 * @param allowance what it may take of its tables
 */
public record Query(String name, Reading reading, Output output, JobLimits allowance)
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
    SPREADSHEET;

    /** Returns what all of them are called: {@code json}, and so on. */
    public static List<String> names() {
      return Arrays.stream(values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Returns the one of this name. */
    public static Optional<Format> of(String name) {
      int place = names().indexOf(name);
      return place < 0 ? Optional.empty() : Optional.of(values()[place]);
    }

    /** Returns what to say of a name that none has. */
    public static String unknown(String name) {
      String near = Suggestions.suggestion(name, names());
      return "unknown output `"
          + name
          + "`: there are "
          + Suggestions.list(name, names(), names().size())
          + (near.isEmpty() ? "" : "." + near);
    }

    /** Returns whether it is JSON, which alone can keep types. */
    public boolean isJson() {
      return this == JSON || this == JSONL;
    }
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

    /** Returns the same in another format. */
    public Output with(Format other) {
      return new Output(other, typed, count, unique, sample);
    }

    /** Returns the same with DynamoDB's types. */
    public Output withTypes() {
      return new Output(format, true, count, unique, sample);
    }

    /** Returns only the number of items. */
    public Output withCount() {
      return new Output(format, typed, true, unique, sample);
    }

    /** Returns only the distinct values of an attribute. */
    public Output withUnique(String attribute) {
      return new Output(format, typed, count, Optional.of(attribute), sample);
    }

    /** Returns so many items, chosen at random. */
    public Output withSample(int items) {
      return new Output(format, typed, count, unique, OptionalInt.of(items));
    }
  }

  @Override
  public Query with(JobLimits said) {
    return new Query(name, reading, output, said.over(allowance).withoutWrites());
  }

  @Override
  public WordLocations words() {
    return reading.words();
  }

  @Override
  public boolean prints() {
    return true;
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.query(this);
  }
}
