package org.dynocopy.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Verification.Repair;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.place.Environments;

/** The words of {@code verify { }} at the top level. */
public final class VerifyWords extends ReadingWords<VerificationBuilder> {

  private boolean count;
  private OptionalInt sample = OptionalInt.empty();
  private boolean full;

  VerifyWords(Location at, Evaluation evaluation) {
    super(VerifyWords.class, at, evaluation);
  }

  /** Names what is compared with {@code from}: a table or a fingerprint's file; must be said. */
  @Word(takes = "a table", example = "to \"dev:users\"")
  public void to(String table) {
    Location at = here().at();
    sayText("to", table, (verification, text) -> verification.to(text, at));
  }

  /** Counts the items of both. */
  @Word(takes = "nothing", example = "count()")
  public void count() {
    count = true;
    checks();
  }

  /** Looks for this many items of {@code from}, chosen at random, in {@code to}. */
  @Word(takes = "a whole number", example = "sample 10")
  public void sample(int items) {
    sample = OptionalInt.of(items);
    checks();
  }

  /** Compares every item; default, if nothing else is said. */
  @Word(takes = "nothing", example = "full()")
  public void full() {
    full = true;
    checks();
  }

  private void checks() {
    Location at = here().at();
    Checks how = new Checks(count, sample, full);
    said("checks", at, verification -> verification.checks(how, at));
  }

  /** Copies what is missing or different; default: nothing is changed. */
  @Word(takes = "its option by name", example = "repair deleteExtra: true")
  public void repair() {
    repair(Map.of());
  }

  /** Copies what is missing or different, and perhaps deletes what is extra. */
  @Word(takes = "its option by name", example = "repair deleteExtra: true")
  public void repair(
      @NamedParams(@NamedParam(value = "deleteExtra", type = Boolean.class))
          Map<String, ?> options) {
    Site here = here();
    Object deleteExtra = options.containsKey("deleteExtra") ? options.get("deleteExtra") : false;
    if (!evaluation().checkNames(VerifyWords.class, "repair", options, here)) {
      broken();
    } else if (deleteExtra instanceof Boolean delete) {
      said("repair", here.at(), verification -> verification.repair(new Repair(delete), here.at()));
    } else {
      problem(
          here.at("deleteExtra"),
          "`deleteExtra` of `repair` takes a Boolean, not " + Values.kind(deleteExtra));
      broken();
    }
  }

  /** Holds reads, and the writes of a repair, to so many units a second; default: no limit. */
  @Override
  @Word(
      takes = "rates by name",
      example = "rate read: 500",
      oneOf = {"read", "write"})
  public void rate(@NamedParams({@NamedParam("read"), @NamedParam("write")}) Map<String, ?> rates) {
    super.rate(rates);
  }

  /** Writes this many batches at once where it repairs, 1 to 1024; default: 64. */
  @Word(takes = "a whole number", example = "writers 16")
  public void writers(int number) {
    Location at = here().at();
    said("writers", at, verification -> verification.writers(number, at));
  }

  Job job(Environments environments) {
    VerificationBuilder verification = new VerificationBuilder(at());
    said().forEach(said -> said.action().accept(verification));
    return verification.build(environments);
  }
}
