package org.dynocopy.dsl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.Evaluation;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.RecipeThread;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.Environments;

/** Reads recipes. */
public final class Recipe {

  /** How long a recipe's statements may take, as long as a run without progress. */
  public static final Duration PATIENCE = Duration.ofMinutes(15);

  private Recipe() {}

  /**
   * Compiles, checks and evaluates a recipe into jobs. Nothing is contacted.
   *
   * @param file the recipe; messages name it like this
   * @param params the values of {@code --param name=value}
   * @param environments the environments that are there besides the recipe's own
   * @return its copies and other jobs, in its order
   * @throws InvalidJobException with every mistake of the recipe and its includes
   */
  public static List<Job> load(Path file, Map<String, String> params, Environments environments) {
    return load(file, params, environments, PATIENCE);
  }

  /**
   * Does the same.
   *
   * @param limit how long the recipe's statements may take; usually {@link #PATIENCE}
   */
  public static List<Job> load(
      Path file, Map<String, String> params, Environments environments, Duration limit) {
    return load(file, params, environments, limit, RecipeCache.ofProcess());
  }

  static List<Job> load(
      Path file, Map<String, String> params, Environments environments, RecipeCache kept) {
    return load(file, params, environments, PATIENCE, kept);
  }

  /**
   * Does the same with what was compiled before, if it is kept there, and keeps what was not.
   *
   * @param kept what was compiled before
   */
  private static List<Job> load(
      Path file,
      Map<String, String> params,
      Environments environments,
      Duration limit,
      RecipeCache kept) {
    RecipeFile main = RecipeFile.read(file, Location.NOWHERE);
    Problems problems = new Problems();
    IncludedFiles includes = new IncludedFiles(main, problems, kept);
    Optional<RecipeScript> script = includes.compileMain();
    problems.throwIfAny();
    Evaluation evaluation = new Evaluation(params, problems, includes::open);
    if (RecipeThread.run(evaluation, script.orElseThrow(), limit)) {
      includes.paramReads().forEach((at, name) -> evaluation.checkRead(name, at));
      evaluation.checkParams();
    } else {
      problems.throwIfAny();
    }
    List<Job> jobs = evaluation.agenda().jobs(environments);
    problems.throwIfAny();
    if (jobs.isEmpty()) {
      throw new InvalidJobException(
          Location.NOWHERE, "`" + file + "` does nothing: it has no copy { }, and no other job");
    }
    return jobs;
  }
}
