package org.dynocopy.dsl.words;

import java.util.OptionalInt;
import org.dynocopy.spec.Checks;

/** The words of {@code verify { }} in a copy: how the target is compared with what was copied. */
public final class CheckWords extends WordScope {

  private boolean count;
  private OptionalInt sample = OptionalInt.empty();
  private boolean full;

  CheckWords(Evaluation evaluation) {
    super(CheckWords.class, evaluation);
  }

  /** Counts the items of the target. */
  @Word(takes = "nothing", example = "count()")
  public void count() {
    count = true;
  }

  /** Looks for this many of the copied items, chosen at random, in the target. */
  @Word(takes = "a whole number", example = "sample 10")
  public void sample(int items) {
    sample = OptionalInt.of(items);
  }

  /** Compares every item; default, if nothing else is said. */
  @Word(takes = "nothing", example = "full()")
  public void full() {
    full = true;
  }

  Checks checks() {
    return new Checks(count, sample, full);
  }
}
