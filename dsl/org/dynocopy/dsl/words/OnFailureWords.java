package org.dynocopy.dsl.words;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.plan.Location;

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
    Optional<String> text = text("deadLetter", file);
    if (text.isEmpty()) {
      copy.broken();
      return;
    }
    try {
      Path path = Path.of(text.get());
      copy.said("deadLetter", at, plan -> plan.deadLetter(path, at));
    } catch (InvalidPathException e) {
      problem(at, "this is not a file's path");
      copy.broken();
    }
  }

  /** Ends the run after this many dead letters, at least 1; default: 1000. */
  @Word(takes = "a whole number", example = "stopAfter 100")
  public void stopAfter(long deadLetters) {
    Location at = here().at();
    copy.said("stopAfter", at, plan -> plan.stopAfter(deadLetters, at));
  }
}
