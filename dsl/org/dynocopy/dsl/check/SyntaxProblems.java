package org.dynocopy.dsl.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.groovy.CompilerError;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.RecipeFile;

/** Reports what Groovy's own compiler found, in the form of all other mistakes. */
public final class SyntaxProblems {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+|\\S");

  private SyntaxProblems() {}

  public static void report(CompilerError error, RecipeFile file, Problems problems) {
    CompilerError.Place place = error.place();
    Location at =
        place == null
            ? file.at(1)
            : file.at(place.line(), place.column(), place.endLine(), place.endColumn());
    boolean unexpected = error.message().isEmpty();
    problems.add(at, unexpected ? "unexpected " + wordAt(at) : error.message());
  }

  private static String wordAt(Location at) {
    Matcher word = WORD.matcher(at.text());
    return word.find(Math.min(at.column() - 1, at.text().length()))
        ? "`" + word.group() + "`"
        : "end";
  }
}
