package org.dynocopy.dsl.words;

import java.util.Collection;
import java.util.Optional;
import org.dynocopy.dsl.words.Vocabulary.Entry;
import org.dynocopy.plan.Nearest;

/** The sentences about mistaken words, the same before and during evaluation. */
public final class Mistakes {

  private Mistakes() {}

  /** Returns what to say of a word that the scope does not have. */
  public static String unknownWord(
      String word, Class<?> scope, String block, Collection<String> others) {
    Optional<String> belongs = belongs(word, scope);
    if (belongs.isPresent()) {
      return "`" + word + "` belongs " + belongs.get();
    }
    return "unknown word `"
        + word
        + "`"
        + (block.isEmpty() ? "" : " in " + block)
        + suggestion(word, scope, others);
  }

  private static String suggestion(String word, Class<?> scope, Collection<String> others) {
    String near = Nearest.suggestion(word, Vocabulary.of(scope).names());
    String other = near.isEmpty() ? Nearest.suggestion(word, others) : near;
    return other.isEmpty() ? "" : "." + other;
  }

  /** Returns in which other scope the word is known. */
  private static Optional<String> belongs(String word, Class<?> scope) {
    return Vocabulary.SCOPES.stream()
        .filter(other -> other != scope && Vocabulary.of(other).word(word).isPresent())
        .findFirst()
        .map(Mistakes::place);
  }

  private static String place(Class<?> scope) {
    if (scope == RecipeScript.class) {
      return "at the top level of the recipe";
    }
    if (scope == CopyWords.class) {
      return "in copy { }";
    }
    return scope == EnvWords.class ? "in env(\"…\") { }" : "in onFailure { }";
  }

  /** Returns what to say of a named argument that the word does not have. */
  public static String unknownArgument(Entry word, String name) {
    Collection<String> known = word.named().keySet();
    if (known.isEmpty()) {
      return word.usage() + ", not `" + name + ":`";
    }
    return "unknown argument `"
        + name
        + "` of `"
        + word.name()
        + "`."
        + Nearest.of(name, known)
            .map(near -> " Did you mean `" + near + "`?")
            .orElse(" There is " + Nearest.list(name, known, 12) + ".");
  }

  /** Returns what to say of a named argument that is missing. */
  public static String missingArgument(Entry word, String name) {
    return "`" + name + "` is missing: " + word.usage();
  }

  /** Returns what messages call the arguments of a call. */
  public static String arguments(Object[] arguments) {
    return switch (arguments.length) {
      case 0 -> "nothing";
      case 1 -> Values.kind(arguments[0]);
      default -> arguments.length + " arguments";
    };
  }
}
