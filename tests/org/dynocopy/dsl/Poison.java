package org.dynocopy.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.cache.CompiledRecipe;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.dsl.source.RecipeFile;

/** Makes it visible whether what is kept is taken. */
final class Poison {

  private static final String MAIN = "DynocopyRecipe0.groovy";

  private Poison() {}

  /** Keeps what compiling another text gives as if compiling the recipe had given it. */
  static void put(Path recipe, String other, Path folder, String runtime) throws IOException {
    Path elsewhere = Files.createTempDirectory(recipe.getParent(), "elsewhere");
    Path file = Files.writeString(elsewhere.resolve("other.groovy"), other);
    RecipeCache there = RecipeCache.in(elsewhere.resolve("recipes"), runtime);
    Recipe.load(file, Map.of(), RecipeCasesTest.ENVIRONMENTS, there);
    CompiledRecipe compiled = there.find(MAIN, read(file)).orElseThrow();
    RecipeCache.in(folder, runtime).keep(MAIN, read(recipe), compiled);
  }

  private static RecipeFile read(Path file) {
    return RecipeFile.read(file, Location.NOWHERE);
  }
}
