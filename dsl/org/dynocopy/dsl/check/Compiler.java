package org.dynocopy.dsl.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.dynocopy.dsl.kept.Compiled;
import org.dynocopy.dsl.kept.Compiled.Include;
import org.dynocopy.dsl.kept.KeptCode;
import org.dynocopy.dsl.words.Problems;
import org.dynocopy.dsl.words.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.plan.Location;

/** Compiles the files of a recipe, or takes what compiling the same text gave before. */
public final class Compiler {

  private final Problems problems;
  private final BiConsumer<RecipeFile, Include> includes;
  private final KeptCode kept;
  private final Map<String, Class<?>> params = new HashMap<>();
  private final Map<Location, String> paramReads = new LinkedHashMap<>();
  private int files;

  /**
   * Makes a compiler for a recipe and what it includes.
   *
   * @param problems where mistakes go
   * @param includes compiles what a file includes, so that its mistakes are found as well
   * @param kept what was compiled before
   */
  public Compiler(Problems problems, BiConsumer<RecipeFile, Include> includes, KeptCode kept) {
    this.problems = problems;
    this.includes = includes;
    this.kept = kept;
  }

  /** Returns the params that the recipe's files read, by where. */
  public Map<Location, String> paramReads() {
    return paramReads;
  }

  /**
   * Returns the compiled recipe, or nothing after reporting what is wrong in it or its includes.
   */
  public Optional<RecipeScript> compile(RecipeFile file) {
    int before = problems.count();
    // Our own name, not the file's: `String.groovy` would hide String.
    String source = "DynocopyRecipe" + files++ + ".groovy";
    Optional<Compiled> compiled = find(source, file);
    if (compiled.isEmpty()) {
      compiled = new FileCompiler(source, file, problems, includes, params, paramReads).compile();
      compiled.ifPresent(one -> kept.keep(source, file, one));
    }
    compiled.ifPresent(one -> params.putAll(one.paramsAfter()));
    compiled.ifPresent(one -> paramReads.putAll(one.paramReads()));
    return problems.count() > before
        ? Optional.empty()
        : compiled.map(one -> one.load(source, file));
  }

  /** What is kept of a file was right beside its includes as they were, which may have changed. */
  private Optional<Compiled> find(String source, RecipeFile file) {
    Optional<Compiled> found = kept.find(source, file);
    found.ifPresent(one -> one.includes().forEach(include -> includes.accept(file, include)));
    return found.filter(one -> one.paramsBefore().equals(params));
  }
}
