package org.dynocopy.dsl.words;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.words.Vocabulary.Entry;

/** The sentences about mistaken words, the same before and during evaluation. */
public final class RecipeMessages {

  private RecipeMessages() {}

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
    String near = Suggestions.suggestion(word, Vocabulary.of(scope).names());
    String other = near.isEmpty() ? Suggestions.suggestion(word, others) : near;
    return other.isEmpty() ? "" : "." + other;
  }

  /** Returns in which other scopes the word is known. */
  private static Optional<String> belongs(String word, Class<?> scope) {
    if (scope != RecipeScript.class && Vocabulary.of(RecipeScript.class).word(word).isPresent()) {
      return Optional.of("at the top level of the recipe");
    }
    String blocks =
        Vocabulary.SCOPES.stream()
            .filter(other -> other != scope && Vocabulary.of(other).word(word).isPresent())
            .map(RecipeMessages::block)
            .collect(Collectors.joining(", "));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of("in " + blocks.replaceFirst(", (?=[^,]*$)", " or "));
  }

  /** Returns what the first word that opens a block of this scope calls it. */
  private static String block(Class<?> scope) {
    return Vocabulary.SCOPES.stream()
        .flatMap(outer -> Vocabulary.of(outer).all().stream())
        .filter(opens -> opens.blockScope().equals(Optional.of(scope)))
        .map(opens -> opens.word().block())
        .findFirst()
        .orElseThrow();
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
        + Suggestions.of(name, known)
            .map(near -> " Did you mean `" + near + "`?")
            .orElse(" " + Suggestions.there(name, known, 12) + ".");
  }

  /** Returns what to say of a named argument that is missing. */
  public static String missingArgument(Entry word, List<String> oneOf) {
    return "`" + String.join("` or `", oneOf) + "` is missing: " + word.usage();
  }

  /** Returns what to say of a text that is null or blank. */
  static String noText(String word, String text) {
    return "`" + word + "` got " + (text == null ? "null" : "an empty text");
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
