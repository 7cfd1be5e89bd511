package org.dynocopy.plan;

/**
 * One mistake of the user: a sentence, and where it stands.
 *
 * @param at where
 * @param message one sentence that names the thing and what would be right
 */
public record Problem(Location at, String message) {

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
    String number = Integer.toString(at.line());
    String margin = "  " + " ".repeat(number.length()) + " | ";
    return sentence
        + "\n  "
        + number
        + " | "
        + at.text()
        + "\n"
        + margin
        + indent(at.text(), at.column())
        + "^".repeat(Math.max(1, at.length()));
  }

  /** Keeps tabs, so that the carets stand under the word at any tab width. */
  private static String indent(String line, int column) {
    String before = line.substring(0, Math.min(column - 1, line.length()));
    return before.replaceAll("[^\t]", " ");
  }
}
