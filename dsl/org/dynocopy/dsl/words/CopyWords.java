package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.build.CopySpecBuilder;

/** The words of {@code copy { }}, {@code piece("name") { }} and {@code defaults { }}. */
public final class CopyWords extends ReadingWords<CopySpecBuilder> {

  private final Optional<String> name;

  CopyWords(Optional<String> name, Location at, Evaluation evaluation) {
    super(CopyWords.class, at, evaluation);
    this.name = name;
  }

  /** Names the table to write, as environment:table or an ARN; must be said. */
  @Word(takes = "a table", example = "to \"dev:users\"")
  public void to(String table) {
    Location at = here().at();
    sayText("to", table, (plan, text) -> plan.to(text, at));
  }

  /** Writes this many batches at once, at most, 1 to 1024; default: 64. */
  @Word(takes = "a whole number", example = "writers 16")
  public void writers(int number) {
    Location at = here().at();
    said("writers", at, plan -> plan.writers(number, at));
  }

  /** Copies at most this many items, at least 1; default: all. */
  @Word(takes = "a whole number", example = "limit 1000")
  public void limit(long items) {
    most(items);
  }

  /** Copies these attributes only, and always the keys; default: all attributes. */
  @Word(takes = "names of attributes", example = "project \"name\", \"email\"")
  public void project(String... attributes) {
    attributes(attributes);
  }

  /** Reads an index once; default: once more, for what has moved in it while it was read. */
  @Word(takes = "nothing", example = "readOnce()")
  public void readOnce() {
    Location at = here().at();
    said("readOnce", at, plan -> plan.readOnce(at));
  }

  /** Keeps the checkpoint in this file; default: one in .dynocopy/ for each copy. */
  @Word(takes = "a file", example = "resume \"users.checkpoint\"")
  public void resume(String file) {
    Location at = here().at();
    sayPath("resume", file, (plan, path) -> plan.resume(path, at));
  }

  /** Makes the target's selection identical to the source's; default: nothing is removed. */
  @Word(takes = "its options by name", example = "replace truncateFirst: true, backup: false")
  public void replace() {
    replace(Map.of());
  }

  /** Makes the target's selection identical to the source's, in another way than the usual one. */
  @Word(takes = "its options by name", example = "replace truncateFirst: true, backup: false")
  public void replace(
      @NamedParams({
            @NamedParam(value = "truncateFirst", type = Boolean.class),
            @NamedParam(value = "backup", type = Boolean.class)
          })
          Map<String, ?> options) {
    Site here = here();
    boolean known = evaluation().checkNames(CopyWords.class, "replace", options, here);
    Optional<Boolean> truncateFirst = option(options, "truncateFirst", false, here);
    Optional<Boolean> backup = option(options, "backup", true, here);
    if (!known || truncateFirst.isEmpty() || backup.isEmpty()) {
      broken();
      return;
    }
    Copy.Replace how = new Copy.Replace(truncateFirst.get(), backup.get());
    said("replace", here.at(), plan -> plan.replace(how, here.at()));
  }

  private Optional<Boolean> option(Map<String, ?> options, String name, boolean usual, Site here) {
    if (!options.containsKey(name)) {
      return Optional.of(usual);
    }
    if (options.get(name) instanceof Boolean said) {
      return Optional.of(said);
    }
    String got = Values.kind(options.get(name));
    problem(here.at(name), "`" + name + "` of `replace` takes a Boolean, not " + got);
    return Optional.empty();
  }

  /**
   * Makes the target like the source where there is none; default: a missing target is an error.
   */
  @Word(takes = "nothing", example = "createTarget()")
  public void createTarget() {
    Location at = here().at();
    said("createTarget", at, plan -> plan.createTarget(at));
  }

  /** Compares the target with what was copied; default: nothing is compared. */
  @Word(takes = "a block", example = "verify { full() }", block = "verify { } of a copy")
  public void verify(
      @DelegatesTo(value = CheckWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    Location at = here().at();
    CheckWords checks = new CheckWords(evaluation());
    if (evaluation().run(words, checks)) {
      said("verify", at, plan -> plan.verify(checks.checks(), at));
    } else {
      broken();
    }
  }

  /** Says what happens to items that cannot be written. */
  @Word(takes = "a block", example = "onFailure { stopAfter 100 }", block = "onFailure { }")
  public void onFailure(
      @DelegatesTo(value = OnFailureWords.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> words) {
    if (!evaluation().run(words, new OnFailureWords(this, evaluation()))) {
      broken();
    }
  }

  /** Says what happens where the target has an item with the same key; default: overwrite. */
  @Word(takes = "a way, or an attribute by name", example = "onConflict \"skip\"")
  public void onConflict(String way) {
    Location at = here().at();
    sayText("onConflict", way, (plan, text) -> plan.onConflict(text, at));
  }

  /** Replaces an item of the target only if an attribute is greater in the source's. */
  @Word(takes = "a way, or an attribute by name", example = "onConflict \"skip\"")
  public void onConflict(
      @NamedParams(@NamedParam(value = "newer", type = String.class)) Map<String, ?> options) {
    Site here = here();
    if (!evaluation().checkNames(CopyWords.class, "onConflict", options, here)) {
      broken();
      return;
    }
    if (!(Values.plain(options.get("newer")) instanceof String attribute)) {
      String got = Values.kind(options.get("newer"));
      problem(here.at("newer"), "`newer` of `onConflict` takes an attribute's name, not " + got);
      broken();
      return;
    }
    Location at = here.at("newer");
    said("onConflict", here.at(), plan -> plan.onConflict(OnConflict.newer(attribute), at));
  }

  /** Says all words of a piece, as if they stood here. */
  @Word(takes = "the name of a piece", example = "use \"scrub\"")
  public void use(String piece) {
    Location at = here().at();
    text("use", piece)
        .ifPresentOrElse(
            text -> said().add(new Said<>("use", at, plan -> {}, Optional.of(text))), this::broken);
  }

  public Optional<String> name() {
    return name;
  }
}
