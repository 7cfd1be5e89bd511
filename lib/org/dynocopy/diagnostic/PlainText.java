package org.dynocopy.diagnostic;

import java.util.regex.Pattern;

/**
 * Makes text of others safe to show: names, parameters, and what servers, files and items say. What
 * a terminal would obey (control characters, C1 controls, bidirectional and other format
 * characters) is escaped as in Java, and so is what a CI system would take for a command.
 */
public final class PlainText {

  /** A command of GitHub Actions. */
  private static final Pattern COLONS = Pattern.compile("(?m)^(\\h*)::");

  /**
   * Commands of GitHub Actions, Azure Pipelines and TeamCity, which may stand anywhere in a line.
   */
  private static final Pattern HASHES = Pattern.compile("##(?=\\[|vso\\[|teamcity\\[)");

  private PlainText() {}

  /** Returns a text as one line: line breaks and tabs are escaped as well. */
  public static String line(String text) {
    return escape(text, "");
  }

  /** Returns a text of several lines, which keeps its line breaks and tabs. */
  public static String lines(String text) {
    String safe = escape(text, "\n\t");
    return COLONS.matcher(HASHES.matcher(safe).replaceAll("#\\\\u0023")).replaceAll("$1\\\\u003a:");
  }

  private static String escape(String text, String kept) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int point = text.codePointAt(i);
      boolean plain = isPlain(point) || kept.indexOf(point) >= 0;
      if (!plain && shown == null) {
        shown = new StringBuilder(text.substring(0, i));
      }
      if (shown != null) {
        shown.append(plain ? Character.toString(point) : escape(point));
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Returns a character as it is shown: itself, or escaped. */
  public static String shown(int point) {
    return isPlain(point) ? Character.toString(point) : escape(point);
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        StringBuilder escaped = new StringBuilder();
        for (char c : Character.toChars(point)) {
          escaped.append(String.format("\\u%04x", (int) c));
        }
        yield escaped.toString();
      }
    };
  }
}
