package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.Problems.AlreadyReported;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.dsl.words.Vocabulary.Entry;
import org.dynocopy.spec.ShapeStep.Basis;

/** One evaluation of a recipe: what its files share while their words are said. */
public final class Evaluation {

  /** Compiles a file that a recipe includes. */
  @FunctionalInterface
  public interface Includes {
    /**
     * Returns the recipe of a file, or nothing if it ran already.
     *
     * @param from the including file
     * @param path as written there
     * @throws InvalidJobException if it is no file, or not allowed
     * @throws AlreadyReported if something in it is wrong
     */
    Optional<RecipeScript> open(RecipeFile from, String path, Location at);
  }

  private static final Site NOWHERE = new Site(Location.NOWHERE, Map.of());

  private final Problems problems;
  private final Params params;
  private final RecipeJobs agenda;
  private final Includes includes;
  private final Map<String, RecipeScript> scripts = new LinkedHashMap<>();
  private int filters;
  private Site here = NOWHERE;

  /**
   * Starts an evaluation.
   *
   * @param given what the command line says for params
   * @param problems where mistakes go
   * @param includes what opens included files
   */
  public Evaluation(Map<String, String> given, Problems problems, Includes includes) {
    this.problems = problems;
    this.params = new Params(given, problems);
    this.agenda = new RecipeJobs(problems);
    this.includes = includes;
  }

  /**
   * Runs a recipe.
   *
   * @return whether it ran to its end; if not, why is reported
   */
  public boolean run(RecipeScript script) {
    scripts.put(script.origin().source(), script);
    script.start(this);
    try {
      script.run();
      return true;
    } catch (AlreadyReported e) {
      return false;
    } catch (Throwable e) {
      // Whatever it throws, errors and all: it is the recipe's own.
      Location at = place(e.getStackTrace()).orElse(here.at());
      problems.add(at, "the recipe failed: " + FailureCause.sentence(e));
      return false;
    }
  }

  /** Runs a block of words; tells whether all of it could be said. */
  boolean run(Closure<?> block, WordScope words) {
    Closure<?> bound = block.rehydrate(words, block.getOwner(), block.getThisObject());
    words.of(block.getThisObject());
    bound.setResolveStrategy(Closure.DELEGATE_ONLY);
    try {
      bound.call();
      return true;
    } catch (AlreadyReported e) {
      return false;
    }
  }

  void include(RecipeFile from, String path) {
    Location at = here.at();
    boolean ended;
    try {
      ended = includes.open(from, path, at).map(this::run).orElse(true);
    } catch (InvalidJobException e) {
      problems.add(e);
      ended = false;
    }
    if (!ended) {
      throw new AlreadyReported();
    }
  }

  /** Returns where the last frame of the recipe in a stack trace is. */
  Optional<Location> place(StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) {
      RecipeScript script = scripts.get(frame.getFileName());
      if (script != null && frame.getLineNumber() > 0) {
        return Optional.of(script.origin().file().at(frame.getLineNumber()));
      }
    }
    return Optional.empty();
  }

  /** Returns what a filter of the recipe depends on. */
  Basis basis(Closure<?> filter) {
    return new Dependencies(scripts.values(), params).of(filter, ++filters);
  }

  /** Reports arguments that fit no form of the word. */
  void wrongArguments(Class<?> scope, String word, Object[] arguments) {
    Optional<Entry> entry = Vocabulary.of(scope).word(word);
    if (entry.isEmpty()) {
      problems.add(here.at(), "unknown word `" + word + "`");
      return;
    }
    problems.add(here.at(), entry.get().wrong(RecipeMessages.arguments(arguments)));
  }

  /** Reports named arguments that the word does not have or lacks; tells whether all are right. */
  boolean checkNames(Class<?> scope, String word, Map<String, ?> arguments, Site at) {
    Entry entry = Vocabulary.of(scope).word(word).orElseThrow();
    Set<String> known = entry.named().keySet();
    boolean right = true;
    for (Object name : arguments.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        problems.add(at.at(), RecipeMessages.unknownArgument(entry, String.valueOf(name)));
        right = false;
      }
    }
    for (List<String> needed : entry.needed()) {
      if (needed.stream().noneMatch(arguments::containsKey)) {
        problems.add(at.at(), RecipeMessages.missingArgument(entry, needed));
        right = false;
      }
    }
    return right;
  }

  Params params() {
    return params;
  }

  Problems problems() {
    return problems;
  }

  Site here() {
    return here;
  }

  void at(Site site) {
    here = site;
  }

  /** Reports {@code --param}s that are not declared. */
  public void checkParams() {
    params.checkGiven();
  }

  /** Reports a read of a param that is declared nowhere; found without running the code around. */
  public void checkRead(String name, Location at) {
    try {
      params.read(name, at);
    } catch (AlreadyReported e) {
      // Reported, which is what this is for.
    }
  }

  /** Returns what the recipe asks for. */
  public RecipeJobs agenda() {
    return agenda;
  }
}
