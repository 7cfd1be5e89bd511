package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.source.Problems.AlreadyReported;

/** The words at the top level of a recipe. Every recipe is compiled to a subclass. */
public abstract class RecipeScript extends TableStatements {

  /**
   * Where a recipe says a word.
   *
   * @param at the word
   * @param named the names of its named arguments, by name
   */
  public record Site(Location at, Map<String, Location> named) {

    /** Copies the map. */
    public Site {
      named = Map.copyOf(named);
    }

    /** Returns where a named argument stands; the word itself if it is not written there. */
    public Location at(String name) {
      return named.getOrDefault(name, at);
    }
  }

  private ScriptOrigin origin;
  private Evaluation evaluation;

  /** Runs another file of this folder here, once; its path is relative to this file. */
  @Word(takes = "a file", example = "include \"shared/environments.groovy\"")
  public void include(String file) {
    evaluation.include(origin.file(), file);
  }

  /** Declares a param that {@code --param name=value} sets; default: not required, null. */
  @Word(takes = "a name", example = "param \"tenant\", required: true")
  public void param(
      @NamedParams({
            @NamedParam(value = "required", type = Boolean.class),
            @NamedParam("default"),
            @NamedParam(value = "help", type = String.class)
          })
          Map<String, ?> options,
      String name) {
    Site here = evaluation.here();
    if (evaluation.checkNames(RecipeScript.class, "param", options, here)) {
      evaluation.params().declare(name, options, here);
    }
  }

  /** Returns the value of a param: a string, or what its default is. */
  @Word(takes = "a name", example = "param(\"tenant\")")
  public Object param(String name) {
    return evaluation.params().read(name, evaluation.here().at());
  }

  /** Defines an environment, the part before the colon in {@code prod:users}. */
  @Word(
      takes = "a name and a block",
      example = "env(\"prod\") { region \"eu-west-1\" }",
      block = "env(\"…\") { }")
  public void env(
      String name,
      @DelegatesTo(value = EnvWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    Site here = evaluation.here();
    if (name == null
        || !name.matches("[A-Za-z0-9_.-]+")
        || List.of("arn", "file", "s3").contains(name)) {
      String message =
          "`"
              + name
              + "` cannot name an environment: it has letters, digits, `_`, `.` and `-`, and"
              + " is not arn, file or s3";
      evaluation.problems().add(here.at(), message);
      return;
    }
    EnvWords environment = new EnvWords(name, evaluation);
    evaluation.run(words, environment);
    evaluation.agenda().environment(environment.environment(), here.at());
  }

  /** Names some words of a copy, so that copies can say them all by {@code use}. */
  @Word(
      takes = "a name and a block",
      example = "piece(\"careful\") { writers 2 }",
      block = "piece(\"…\") { }")
  public void piece(
      String name,
      @DelegatesTo(value = CopyWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    evaluation.agenda().piece(name, words(Optional.of(name), words));
  }

  /** Says words for all copies of the recipe; a copy's own words win over them. */
  @Word(takes = "a block", example = "defaults { segments 8 }", block = "defaults { }")
  public void defaults(
      @DelegatesTo(value = CopyWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    evaluation.agenda().defaults(words(Optional.empty(), words));
  }

  /** Copies a table, or a part of it. */
  @Word(
      takes = "a block, with a name or without",
      example = "copy { from \"prod:users\"; to \"dev:users\" }",
      block = "copy { }")
  public void copy(
      @DelegatesTo(value = CopyWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    evaluation.agenda().copy(words(Optional.empty(), words));
  }

  /** Copies a table, or a part of it; messages and reports use the name. */
  @Word(
      takes = "a block, with a name or without",
      example = "copy(\"users\") { from \"prod:users\"; to \"dev:users\" }",
      block = "copy { }")
  public void copy(
      String name,
      @DelegatesTo(value = CopyWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    evaluation.agenda().copy(words(Optional.of(name), words));
  }

  private CopyWords words(Optional<String> name, Closure<?> block) {
    return said(new CopyWords(name, evaluation.here().at(), evaluation), block);
  }

  /** Deletes the items of a part of a table. */
  @Word(
      takes = "a block",
      example = "delete { from \"dev:users\"; where pk: \"t1\" }",
      block = "delete { }")
  public void delete(
      @DelegatesTo(value = DeleteWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    DeleteWords deletion = said(new DeleteWords(evaluation.here().at(), evaluation), words);
    if (!deletion.isBroken()) {
      evaluation.agenda().add(deletion::job);
    }
  }

  /** Prints the items of a table, or of a part of it. */
  @Word(takes = "a block", example = "query { from \"dev:users\"; limit 10 }", block = "query { }")
  public void query(
      @DelegatesTo(value = QueryWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    QueryWords query = said(new QueryWords(evaluation.here().at(), evaluation), words);
    if (!query.isBroken()) {
      evaluation.agenda().add(query::job);
    }
  }

  /** Compares two tables, or the same part of both. */
  @Word(
      takes = "a block",
      example = "verify { from \"prod:users\"; to \"dev:users\" }",
      block = "verify { }")
  public void verify(
      @DelegatesTo(value = VerifyWords.class, strategy = Closure.DELEGATE_ONLY) Closure<?> words) {
    VerifyWords verification = said(new VerifyWords(evaluation.here().at(), evaluation), words);
    if (!verification.isBroken()) {
      evaluation.agenda().add(verification::job);
    }
  }

  /** Prints the fingerprint of a table, or of a part of it, as a file that `verify` takes. */
  @Word(
      takes = "a block",
      example = "fingerprint { from \"prod:users\" }",
      block = "fingerprint { }")
  public void fingerprint(
      @DelegatesTo(value = FingerprintWords.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> words) {
    FingerprintWords fingerprint =
        said(new FingerprintWords(evaluation.here().at(), evaluation), words);
    if (!fingerprint.isBroken()) {
      evaluation.agenda().add(fingerprint::job);
    }
  }

  private <W extends ReadingWords<?>> W said(W words, Closure<?> block) {
    if (!evaluation.run(block, words)) {
      words.broken();
    }
    return words;
  }

  /** Reports a word whose arguments only showed their types now. */
  public Object methodMissing(String word, Object arguments) {
    if (Vocabulary.of(RecipeScript.class).word(word).isEmpty()) {
      throw new groovy.lang.MissingMethodException(word, getClass(), (Object[]) arguments);
    }
    evaluation.wrongArguments(RecipeScript.class, word, (Object[]) arguments);
    throw new AlreadyReported();
  }

  /**
   * Notes which word is about to be said, and returns its last argument. The compiler puts a call
   * of it around that argument, so that nothing is evaluated between this and the word itself.
   */
  public final Object at$(int site, Object lastArgument) {
    evaluation.at(origin.sites().get(site));
    return lastArgument;
  }

  /** Says what the script was compiled from. */
  public final void compiledFrom(ScriptOrigin origin) {
    this.origin = origin;
  }

  public final void start(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  final Evaluation evaluation$() {
    return evaluation;
  }

  public final ScriptOrigin origin() {
    return origin;
  }
}
