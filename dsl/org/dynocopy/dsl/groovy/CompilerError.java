package org.dynocopy.dsl.groovy;

import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * What Groovy's compiler found, with all that has no meaning outside the compiler removed.
 *
 * @param place where it is; null if the compiler does not say
 * @param message what is wrong; empty for input that the parser did not expect at that place
 */
public record CompilerError(Place place, String message) {

  private static final String UNEXPECTED = "Unexpected input";

  /** From one character to another; lines and columns are counted from 1. */
  public record Place(int line, int column, int endLine, int endColumn) {}

  static CompilerError of(Message message) {
    if (message instanceof SyntaxErrorMessage syntax) {
      return of(syntax.getCause());
    }
    if (message instanceof ExceptionMessage exception) {
      return nowhere(String.valueOf(exception.getCause().getMessage()));
    }
    return nowhere(message instanceof SimpleMessage simple ? simple.getMessage() : "" + message);
  }

  static CompilerError of(SyntaxException error) {
    Place place =
        new Place(
            error.getStartLine(), error.getStartColumn(), error.getEndLine(), error.getEndColumn());
    String message = error.getOriginalMessage();
    // The parser quotes everything from the beginning of what it could not read.
    return new CompilerError(place, message.startsWith(UNEXPECTED) ? "" : clean(message));
  }

  /** Returns what the compiler itself broke on. */
  static CompilerError of(Throwable bug) {
    return new CompilerError(null, "Groovy cannot compile this: " + clean(bug.toString()));
  }

  private static CompilerError nowhere(String message) {
    return new CompilerError(null, clean(message));
  }

  /** Removes what only the authors of the compiler understand. */
  private static String clean(String message) {
    String text =
        message
            .strip()
            .replaceAll("\\s*@ line \\d+, column \\d+\\.?", "")
            .replaceAll("^\\[[^\\]]*\\] - ", "")
            .split("\\R", 2)[0]
            .replaceFirst(
                "^[Tt]he current scope already contains a variable of the name (\\S+)",
                "variable `$1` is declared twice")
            .replaceFirst(
                "^[Tt]he current parameter list already contains a parameter of the name (\\S+)",
                "`$1` is a parameter already, of this block or of one around it: use another name,"
                    + " as in `filter { item -> … }`")
            .replaceFirst("^unable to resolve class (\\S+).*", "unknown class `$1`")
            .replaceAll("'([^']+)'", "`$1`")
            .replaceAll(
                "\\b(?:java|groovy|org\\.codehaus\\.groovy)(?:\\.[a-z]\\w*)*\\.(?=[A-Z])", "")
            .replaceAll("DynocopyRecipe\\d+", "the recipe")
            .strip();
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
