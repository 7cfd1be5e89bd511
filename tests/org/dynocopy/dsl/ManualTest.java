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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.dsl.words.CheckWords;
import org.dynocopy.dsl.words.CopyWords;
import org.dynocopy.dsl.words.DeleteWords;
import org.dynocopy.dsl.words.EnvWords;
import org.dynocopy.dsl.words.FingerprintWords;
import org.dynocopy.dsl.words.OnFailureWords;
import org.dynocopy.dsl.words.QueryWords;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.VerifyWords;
import org.dynocopy.dsl.words.Vocabulary;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the manual to the truth: its recipes load, and its tables have every word. */
class ManualTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  private static final Pattern RECIPE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final String COPY = "copy { from \"prod:users\"; to \"dev:users\"; %s }\n";

  /**
   * The heading of the table that has the words of a scope, and how an example becomes a recipe.
   */
  private static final Map<Class<?>, List<String>> TABLES =
      Map.of(
          RecipeScript.class,
          List.of("## Words at the top level", "%s\n" + COPY.formatted("")),
          CopyWords.class,
          List.of("## Words in `copy { }`", "piece(\"careful\") { }\n" + COPY),
          DeleteWords.class,
          List.of(
              "## Words in `delete { }`", "delete { from \"dev:users\"; where pk: \"t1\"; %s }"),
          QueryWords.class,
          List.of("## Words in `query { }`", "query { from \"dev:users\"; %s }"),
          FingerprintWords.class,
          List.of("## Words in `fingerprint { }`", "fingerprint { from \"dev:users\"; %s }"),
          VerifyWords.class,
          List.of(
              "## Words in `verify { }` at",
              "verify { from \"prod:users\"; to \"dev:users\"; %s }"),
          CheckWords.class,
          List.of("### Words in `verify { }` of", COPY.formatted("verify { %s }")),
          OnFailureWords.class,
          List.of("### Words in `onFailure { }`", COPY.formatted("onFailure { %s }")),
          EnvWords.class,
          List.of("## Words in `env(", "env(\"x\") { %s }\n" + COPY.formatted("")));

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyRecipeOfTheManualLoads() throws IOException {
    return RECIPE
        .matcher(manual())
        .results()
        .map(block -> block.group(1))
        .map(recipe -> dynamicTest(recipe.lines().findFirst().orElseThrow(), () -> load(recipe)));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfATableLoads() throws IOException {
    Map<String, String> recipes = new LinkedHashMap<>();
    for (List<String> table : TABLES.values()) {
      examples(table.get(0)).forEach(one -> recipes.put(one, table.get(1).formatted(one)));
    }
    return recipes.entrySet().stream()
        .map(one -> dynamicTest(one.getKey(), () -> load(one.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfAMessageLoads() {
    return Vocabulary.SCOPES.stream()
        .flatMap(
            scope ->
                Vocabulary.of(scope).names().stream()
                    .map(name -> Vocabulary.of(scope).word(name).orElseThrow().word().example())
                    .map(example -> TABLES.get(scope).get(1).formatted(declared(example))))
        .map(recipe -> dynamicTest(recipe, () -> load(recipe)));
  }

  private static String declared(String example) {
    return example.startsWith("param(")
        ? "param \"tenant\"\nprintln " + example
        : example.startsWith("use ") ? example.replace("scrub", "careful") : example;
  }

  @Test
  void everyWordHasAnExampleInTheTableOfItsScope() throws IOException {
    for (Class<?> scope : Vocabulary.SCOPES) {
      Set<String> words =
          examples(TABLES.get(scope).get(0)).stream()
              .map(example -> example.split("\\W", 2)[0])
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> wanted = new TreeSet<>(Vocabulary.of(scope).names());
      wanted.removeAll(asInACopy(scope));
      assertThat(words).isEqualTo(wanted);
    }
  }

  @Test
  void whatADeletionAndAQuerySayAsACopyDoesIsNamed() throws IOException {
    for (Class<?> scope : Vocabulary.SCOPES) {
      String section = section(TABLES.get(scope).get(0));
      asInACopy(scope).forEach(word -> assertThat(section).contains("`" + word + "`"));
    }
  }

  private static Set<String> asInACopy(Class<?> scope) {
    Set<String> words = new TreeSet<>();
    if (List.of(DeleteWords.class, QueryWords.class, FingerprintWords.class, VerifyWords.class)
        .contains(scope)) {
      words.addAll(Vocabulary.of(scope).names());
      words.retainAll(Vocabulary.of(CopyWords.class).names());
    }
    return words;
  }

  @Test
  void theManualHasEveryNamedArgument() throws IOException {
    String manual = manual();
    for (Class<?> scope : Vocabulary.SCOPES) {
      for (String name : Vocabulary.of(scope).names()) {
        Vocabulary.of(scope)
            .word(name)
            .orElseThrow()
            .named()
            .keySet()
            .forEach(argument -> assertThat(manual).contains(argument + ": "));
      }
    }
  }

  private static List<String> examples(String heading) throws IOException {
    return EXAMPLE
        .matcher(section(heading))
        .results()
        .map((MatchResult row) -> row.group(1))
        .toList();
  }

  private static String section(String heading) throws IOException {
    String manual = manual();
    String section = manual.substring(manual.indexOf(heading) + heading.length());
    Matcher next = Pattern.compile("(?m)^##").matcher(section);
    return next.find() ? section.substring(0, next.start()) : section;
  }

  private void load(String recipe) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    Files.createDirectories(folder.resolve("shared"));
    Files.writeString(folder.resolve("shared/environments.groovy"), "env(\"shared\") { }");
    Files.writeString(file, recipe);
    Map<String, String> params =
        recipe.contains("required: true")
            ? Map.of(recipe.contains("\"day\"") ? "day" : "tenant", "t1")
            : Map.of();
    assertThat(Recipe.load(file, params, ENVIRONMENTS)).isNotEmpty();
  }

  private static String manual() throws IOException {
    return Files.readString(Project.file("dsl/README.md"));
  }
}
