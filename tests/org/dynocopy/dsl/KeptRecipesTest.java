package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A recipe that was compiled before is as if it were compiled. */
class KeptRecipesTest {

  private static final String RUNTIME = "these jars";
  private static final String COPY = "copy { from 'prod:users'; to 'dev:users'; %s }\n";

  private static final Environments ENVIRONMENTS =
      new Environments(
          List.of("dev", "prod"),
          Optional.of(URI.create("http://127.0.0.1:1234")),
          Environments.Defaults.NONE);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCaseIsTheSameTheSecondTime() throws IOException {
    try (Stream<Path> cases = Files.list(Project.file("tests/recipes"))) {
      return cases.filter(Files::isDirectory).sorted().toList().stream()
          .map(one -> dynamicTest(one.getFileName().toString(), () -> isTheSame(one)));
    }
  }

  private void isTheSame(Path one) throws IOException {
    String expected = Files.readString(one.resolve("expected.txt"));
    RecipeCache kept = RecipeCache.in(recipes(), RUNTIME);
    assertThat(RecipeCasesTest.outcome(one, kept) + "\n").isEqualTo(expected);
    Map<Path, FileTime> files = files();
    assertThat(!files.isEmpty() || !one.getFileName().toString().startsWith("good-")).isTrue();
    for (int time = 1; time < 3; time++) {
      assertThat(RecipeCasesTest.outcome(one, kept) + "\n").isEqualTo(expected);
      assertThat(files()).as("what was compiled again was written again").isEqualTo(files);
    }
  }

  private Map<Path, FileTime> files() throws IOException {
    Map<Path, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.exists(recipes()) ? Files.list(recipes()) : Stream.of()) {
      for (Path file : all.toList()) {
        files.put(file, Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsTheSameTheSecondTime() throws IOException {
    try (Stream<Path> files = Files.list(Project.file("examples"))) {
      return files.filter(file -> file.toString().endsWith(".groovy")).sorted().toList().stream()
          .map(one -> dynamicTest(one.getFileName().toString(), () -> exampleIsTheSame(one)));
    }
  }

  private void exampleIsTheSame(Path one) throws IOException {
    List<Job> expected = load(one, RecipeCache.NONE);
    load(one, RecipeCache.in(recipes(), RUNTIME));
    Map<Path, FileTime> files = files();
    assertThat(files).isNotEmpty();
    List<Job> jobs = load(one, RecipeCache.in(recipes(), RUNTIME));
    assertThat(jobs.stream().map(PlanText::of))
        .isEqualTo(expected.stream().map(PlanText::of).toList());
    assertThat(bases(jobs)).isEqualTo(bases(expected));
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void whatIsKeptIsWhatRuns() throws IOException {
    Path recipe = write("recipe.groovy", COPY.formatted("segments 3"));
    assertThat(segments(recipe)).isEqualTo(3);
    poison(recipe);
    assertThat(segments(recipe)).isEqualTo(7);
  }

  @Test
  void onlyTheSameTextOfTheSameRuntimeIsTakenFromIt() throws IOException {
    Path recipe = write("recipe.groovy", COPY.formatted("segments 3"));
    poison(recipe);
    assertThat(segments(recipe, RecipeCache.in(recipes(), "other jars"))).isEqualTo(3);
    write("recipe.groovy", COPY.formatted("segments 4"));
    assertThat(segments(recipe)).isEqualTo(4);
    Path main = write("main.groovy", "include 'recipe.groovy'\n");
    write("recipe.groovy", COPY.formatted("segments 3"));
    // Not what the same text is when it is the main recipe: its classes have other names.
    assertThat(segments(main)).isEqualTo(3);
  }

  @Test
  void aFilterIsTheSame() throws Exception {
    Path recipe =
        write(
            "recipe.groovy",
            "param 'n', default: 3\ndef limit = [1, 2]\n"
                + COPY.formatted("\n filter { i ->\n i.age > param('n') && limit\n }"));
    ClientFilter compiled = filter(recipe, RecipeCache.NONE);
    load(recipe, RecipeCache.in(recipes(), RUNTIME));
    ClientFilter kept = filter(recipe, RecipeCache.in(recipes(), RUNTIME));
    assertThat(kept.basis()).isEqualTo(compiled.basis());
    assertThat(kept.at()).isEqualTo(compiled.at());
    assertThat(kept.test().keep(Map.of("age", 4))).isTrue();
    assertThat(kept.test().keep(Map.of("age", 3))).isFalse();
    for (ClientFilter filter : List.of(compiled, kept)) {
      assertThatThrownBy(() -> filter.test().keep(Map.of("age", List.of())))
          .hasMessageStartingWith(recipe + ":5:2: the filter failed: ");
    }
  }

  @Test
  void anIncludeThatHasChangedIsChecked() throws IOException {
    Path recipe =
        write("recipe.groovy", "include 'p.groovy'\n" + COPY.formatted("segments param('n')"));
    write("p.groovy", "param 'n', default: 3\n");
    assertThat(segments(recipe)).isEqualTo(3);
    for (String changed :
        List.of(
            "param 'n', default: 'x'\n", // another type
            "param 'm', default: 3\n",
            "",
            "paran 'n'\n",
            "include 'recipe.groovy'\n")) {
      write("p.groovy", changed);
      sameMistakes(recipe);
    }
    Files.delete(folder.resolve("p.groovy"));
    sameMistakes(recipe);
    write("p.groovy", "param 'n', default: 5\n");
    assertThat(segments(recipe)).isEqualTo(5);
  }

  private void sameMistakes(Path recipe) {
    String expected = mistakes(recipe, RecipeCache.NONE);
    assertThat(expected).isNotEmpty();
    for (int time = 0; time < 2; time++) {
      assertThat(mistakes(recipe, RecipeCache.in(recipes(), RUNTIME))).isEqualTo(expected);
    }
  }

  @Test
  void aRecipeWithAMistakeIsNotKept() throws IOException {
    Path recipe = write("recipe.groovy", COPY.formatted("segmnts 3"));
    sameMistakes(recipe);
    assertThat(recipes()).doesNotExist();
  }

  /** Keeps, as if compiling the recipe had given it, a copy of seven segments. */
  private void poison(Path recipe) throws IOException {
    Poison.put(recipe, COPY.formatted("segments 7"), recipes(), RUNTIME);
  }

  private Path recipes() {
    return folder.resolve("recipes");
  }

  private Path write(String name, String recipe) throws IOException {
    return Files.writeString(folder.resolve(name), recipe);
  }

  private int segments(Path recipe) {
    return segments(recipe, RecipeCache.in(recipes(), RUNTIME));
  }

  private static int segments(Path recipe, RecipeCache kept) {
    return ((Copy) load(recipe, kept).get(0)).reading().segments().getAsInt();
  }

  private static ClientFilter filter(Path recipe, RecipeCache kept) {
    return ((Copy) load(recipe, kept).get(0)).reading().clientFilters().get(0);
  }

  private static List<?> bases(List<Job> jobs) {
    return jobs.stream()
        .filter(Copy.class::isInstance)
        .flatMap(job -> ((Copy) job).reading().clientFilters().stream())
        .map(ClientFilter::basis)
        .toList();
  }

  private static String mistakes(Path recipe, RecipeCache kept) {
    try {
      load(recipe, kept);
      return "";
    } catch (InvalidJobException e) {
      return e.getMessage();
    }
  }

  private static List<Job> load(Path recipe, RecipeCache kept) {
    return Recipe.load(recipe, Map.of(), ENVIRONMENTS, kept);
  }
}
