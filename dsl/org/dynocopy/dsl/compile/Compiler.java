package org.dynocopy.dsl.compile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.cache.CompiledRecipe;
import org.dynocopy.dsl.cache.CompiledRecipe.Include;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.RecipeFile;
import org.dynocopy.dsl.words.RecipeScript;

/** Compiles the files of a recipe, or takes what compiling the same text gave before. */
public final class Compiler {

  private final Problems problems;
  private final BiConsumer<RecipeFile, Include> includes;
  private final RecipeCache kept;
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
  public Compiler(Problems problems, BiConsumer<RecipeFile, Include> includes, RecipeCache kept) {
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
    Optional<CompiledRecipe> compiled = find(source, file);
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
  private Optional<CompiledRecipe> find(String source, RecipeFile file) {
    Optional<CompiledRecipe> found = kept.find(source, file);
    found.ifPresent(one -> one.includes().forEach(include -> includes.accept(file, include)));
    return found.filter(one -> one.paramsBefore().equals(params));
  }
}
