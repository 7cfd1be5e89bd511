package org.dynocopy.dsl.words;

import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.words.RecipeScript.Site;

/** What the scopes share: where the word stands that is being said, and reporting mistakes. */
public abstract class WordScope extends ScriptFields {

  private final Class<?> scope;
  private final Evaluation evaluation;

  WordScope(Class<?> scope, Evaluation evaluation) {
    this.scope = scope;
    this.evaluation = evaluation;
  }

  /**
   * Reports a word whose arguments only showed their types now, and goes on with the recipe. Groovy
   * calls it for calls that fit no method.
   */
  public Object methodMissing(String word, Object arguments) {
    evaluation.wrongArguments(scope, word, (Object[]) arguments);
    return null;
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /** Returns where the word stands that is being said. */
  Site here() {
    return evaluation.here();
  }

  void problem(String message) {
    problem(here().at(), message);
  }

  void problem(Location at, String message) {
    evaluation.problems().add(at, message);
  }

  /** Returns the text; reports one that is null or blank. */
  Optional<String> text(String word, String text) {
    if (text == null || text.isBlank()) {
      problem(RecipeMessages.noText(word, text));
      return Optional.empty();
    }
    return Optional.of(text);
  }
}
