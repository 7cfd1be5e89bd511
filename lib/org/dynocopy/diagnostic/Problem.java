package org.dynocopy.diagnostic;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mistake of the user: a sentence, and where it stands.
 *
 * @param at where
 * @param message one sentence that names the thing and what would be right
 */
public record Problem(Location at, String message) {

  /** What is shown of a line that no screen has room for. */
  private static final int LONGEST_LINE = 300;

  /**
   * What is secret in a recipe: what stands before the host in a URL, the second key, and what
   * looks like one of AWS's, wherever it stands.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "://(?<url>[^\"'\\s]*)@|[\"'](?<user>[^\"'\\s/:]+:(?!//)[^\"'\\s]*)@"
              + "|\\bcredentials\\b[\\s(]*[\"']++[^\"']*[\"']++[\\s,]*[\"']++(?<key>[^\"']+)"
              + "|[\"'](?=[^\"']*[a-z])(?=[^\"']*[A-Z])(?=[^\"']*\\d)(?<bare>[A-Za-z0-9/+]{40})[\"']");

  /** Makes the sentence one line, whatever it quotes. */
  public Problem {
    message = PlainText.line(message);
  }

  /**
   * Returns the message as the user sees it: the place, the sentence and, in a recipe, the line
   * with carets under the word.
   *
   * <pre>
   * nightly.groovy:3:3: unknown word `form` in copy { }. Did you mean `from`?
   *   3 |   form "prod:users"
   *     |   ^^^^
   * </pre>
   */
  public String render() {
    if (at.file().isEmpty()) {
      return message;
    }
    String sentence = at + ": " + message;
    if (at.line() == 0) {
      return sentence;
    }
    Location shown = shown(at);
    String number = Integer.toString(at.line());
    String margin = "  " + " ".repeat(number.length()) + " | ";
    return sentence
        + "\n  "
        + number
        + " | "
        + shown.text()
        + "\n"
        + margin
        + indent(shown.text(), shown.column())
        + "^".repeat(Math.max(1, shown.length()));
  }

  /** Returns the place in what is shown of its line. */
  private static Location shown(Location at) {
    String line = withoutSecrets(at.text());
    if (line.length() <= LONGEST_LINE) {
      return new Location(at.file(), at.line(), at.column(), at.length(), line);
    }
    int from = Math.max(0, Math.min(at.column() - 1, line.length()) - LONGEST_LINE / 3);
    int to = Math.min(line.length(), from + LONGEST_LINE);
    String before = from == 0 ? "" : "…";
    String text = before + line.substring(from, to) + (to == line.length() ? "" : "…");
    int column = at.column() - from + before.length();
    int length = Math.min(at.length(), Math.max(1, text.length() - column + 1));
    return new Location(at.file(), at.line(), column, length, text);
  }

  /** Puts a dot for each character, so that the carets stay where they are. */
  private static String withoutSecrets(String line) {
    StringBuilder shown = new StringBuilder(line);
    Matcher secret = SECRET.matcher(line);
    while (secret.find()) {
      for (String group : List.of("url", "user", "key", "bare")) {
        if (secret.group(group) != null) {
          int length = secret.group(group).length();
          shown.replace(secret.start(group), secret.end(group), ".".repeat(length));
        }
      }
    }
    return shown.toString();
  }

  /** Keeps tabs, so that the carets stand under the word at any tab width. */
  private static String indent(String line, int column) {
    String before = line.substring(0, Math.min(column - 1, line.length()));
    return before.replaceAll("[^\t]", " ");
  }
}
