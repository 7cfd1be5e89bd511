package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every recipe in {@code tests/recipes} and compares its error texts, or its plans, with the
 * {@code expected.txt} beside it. A file {@code params} there has the {@code --param}s, one a line.
 *
 * <p>Some print, so none runs beside tests that look at what is printed.
 *
 * <p>{@code -Ddynocopy.update=true} writes what came out into {@code expected.txt} instead.
 */
class RecipeCasesTest {

  /** The AWS profiles that the cases can name. */
  static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  @TestFactory
  Stream<DynamicTest> everyRecipeGivesWhatIsExpected() throws IOException {
    try (Stream<Path> folders = Files.list(Project.file("tests/recipes"))) {
      List<Path> cases = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(cases).isNotEmpty();
      return cases.stream()
          .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    Path expected = folder.resolve("expected.txt");
    String actual = outcome(folder, RecipeCache.NONE) + "\n";
    if (Boolean.getBoolean("dynocopy.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  /** Returns what reading the recipe of a case gives. */
  static String outcome(Path folder, RecipeCache kept) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    try {
      return Recipe.load(recipe, params(folder.resolve("params")), ENVIRONMENTS, kept).stream()
          .map(PlanText::of)
          .collect(Collectors.joining("\n\n"))
          .replace(folder + "/", "");
    } catch (InvalidJobException e) {
      // As if the user stood in the folder: `recipe.groovy:3:5: …`.
      return e.getMessage().replace(folder + "/", "");
    }
  }

  private static Map<String, String> params(Path file) throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      String[] parts = line.split("=", 2);
      params.put(parts[0], parts[1]);
    }
    return params;
  }
}
