package org.dynocopy.spec.place;

import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;

/** What a table's name and its ARN look like, and the sentences for what does not. */
final class TableName {

  private static final String NAME = "[A-Za-z0-9_.-]+";
  private static final String PATTERN = "[A-Za-z0-9_.-]*\\*[A-Za-z0-9_.-]*";
  private static final String RULE =
      "the name of a table has 3 to 255 characters, each of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`";

  private TableName() {}

  /**
   * Checks that a name, or a pattern with one star, could be one in some environment.
   *
   * @param text what the user wrote, {@code prod:users}
   * @param name the name in it, {@code users}
   * @throws InvalidJobException if no table is called so
   */
  static void check(String text, String name, Location at) {
    if (name.isEmpty() || name.contains(":")) {
      throw none(at, text, "write `environment:table`, as in `prod:users`");
    }
    if (!name.matches(NAME) && !name.matches(PATTERN)) {
      throw none(at, text, RULE);
    }
  }

  /**
   * Returns the whole name of a table, which is known to {@link #check}.
   *
   * @param prefix what names begin with in the environment
   * @throws InvalidJobException if it is too short or too long
   */
  static String whole(String text, String name, String prefix, Location at) {
    String whole = prefix + name;
    if (whole.length() > 255 || whole.length() < 3 && name.matches(NAME)) {
      String called = prefix.isEmpty() ? "" : "with its prefix it is `" + whole + "`, and ";
      throw none(at, text, called + RULE);
    }
    return whole;
  }

  /**
   * Returns the region in a table's ARN.
   *
   * @throws InvalidJobException if it is not the ARN of a table
   */
  static String region(String arn, Location at) {
    String[] parts = arn.split(":", 6);
    if (!arn.matches("arn:aws[a-z-]*:dynamodb:[^:]+:\\d{12}:table/[A-Za-z0-9_.-]{3,255}")) {
      throw new InvalidJobException(
          at,
          "`"
              + arn
              + "` is not a table's ARN: it looks like"
              + " `arn:aws:dynamodb:eu-west-1:123456789012:table/users`");
    }
    return parts[3];
  }

  private static InvalidJobException none(Location at, String text, String why) {
    return new InvalidJobException(at, "`" + text + "` is not a table: " + why);
  }
}
