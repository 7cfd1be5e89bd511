package org.dynocopy.dsl.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.diagnostic.InvalidJobException;

/**
 * Refuses text that no one has written by hand, and that Groovy's compiler would be at for minutes.
 */
final class RecipeBounds {

  /** The compiler takes some hundred times as much memory. */
  static final int MOST_BYTES = 256 << 10;

  private static final int MOST_DIGITS = 1_000;
  private static final int MOST_DEPTH = 250;

  /** Digits of a number, not of text in quotes. */
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<![\"'\\w])\\d[\\d_]{" + MOST_DIGITS + ",}+");

  private RecipeBounds() {}

  /**
   * Checks a recipe.
   *
   * @throws InvalidJobException with the place of what is too much
   */
  static void check(RecipeFile file) {
    int depth = 0;
    for (int line = 1; line <= file.lines().size(); line++) {
      String text = file.lines().get(line - 1);
      Matcher number = LONG_NUMBER.matcher(text);
      if (number.find()) {
        int at = column(text, number.start());
        throw new InvalidJobException(
            file.at(line, at, line, at + 1),
            "a number of more than " + MOST_DIGITS + " digits: DynamoDB takes 38");
      }
      for (int i = 0; i < text.length(); i++) {
        depth += change(text.charAt(i));
        if (depth > MOST_DEPTH) {
          int at = column(text, i);
          throw new InvalidJobException(
              file.at(line, at, line, at + 1),
              "more than " + MOST_DEPTH + " brackets are open here: write it in several steps");
        }
      }
    }
  }

  private static int column(String line, int index) {
    return line.codePointCount(0, index) + 1;
  }

  /** Brackets in texts count too, since who closes none of hundreds means no text. */
  private static int change(char c) {
    return switch (c) {
      case '(', '[', '{' -> 1;
      case ')', ']', '}' -> -1;
      default -> 0;
    };
  }
}
