package org.dynocopy.dsl.words;

import org.dynocopy.diagnostic.Location;

/** The words of {@code onFailure { }}: what happens to items that cannot be written. */
public final class OnFailureWords extends WordScope {

  private final CopyWords copy;

  OnFailureWords(CopyWords copy, Evaluation evaluation) {
    super(OnFailureWords.class, evaluation);
    this.copy = copy;
  }

  /** Sets the file for items that cannot be written; default: a new one in .dynocopy/. */
  @Word(takes = "a file", example = "deadLetter \"failed-users.jsonl\"")
  public void deadLetter(String file) {
    Location at = here().at();
    copy.sayPath("deadLetter", file, (plan, path) -> plan.deadLetter(path, at));
  }

  /** Ends the run after this many dead letters, at least 1; default: 1000. */
  @Word(takes = "a whole number", example = "stopAfter 100")
  public void stopAfter(long deadLetters) {
    Location at = here().at();
    copy.said("stopAfter", at, plan -> plan.stopAfter(deadLetters, at));
  }
}
