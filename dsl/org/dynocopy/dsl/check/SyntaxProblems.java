package org.dynocopy.dsl.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.dynocopy.dsl.words.Problems;
import org.dynocopy.dsl.words.RecipeFile;
import org.dynocopy.plan.Location;

/** Reports what Groovy's own compiler found, in the words and the form of all other mistakes. */
final class SyntaxProblems {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+|\\S");

  private SyntaxProblems() {}

  static void report(ErrorCollector found, RecipeFile file, Problems problems) {
    List<? extends Message> messages = found.hasErrors() ? found.getErrors() : List.of();
    for (Message message : messages) {
      if (message instanceof SyntaxErrorMessage syntax) {
        report(syntax.getCause(), file, problems);
      } else if (message instanceof ExceptionMessage exception) {
        problems.add(file.at(1), clean(String.valueOf(exception.getCause().getMessage())));
      } else if (message instanceof SimpleMessage simple) {
        problems.add(file.at(1), clean(simple.getMessage()));
      }
    }
  }

  static void report(SyntaxException error, RecipeFile file, Problems problems) {
    Location at =
        file.at(
            error.getStartLine(), error.getStartColumn(), error.getEndLine(), error.getEndColumn());
    String message = error.getOriginalMessage();
    // The parser quotes everything from the beginning of what it could not read.
    boolean unexpected = message.startsWith("Unexpected input");
    problems.add(at, unexpected ? "unexpected " + wordAt(at) : clean(message));
  }

  private static String wordAt(Location at) {
    Matcher word = WORD.matcher(at.text());
    return word.find(Math.min(at.column() - 1, at.text().length()))
        ? "`" + word.group() + "`"
        : "end";
  }

  /** Takes away what only the compiler's writers understand. */
  static String clean(String message) {
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
