package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dynocopy.dsl.words.FilterFailedException;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe's {@code filter { }} does with items while a copy runs. */
@Execution(ExecutionMode.CONCURRENT)
class FilterTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  private static final Map<String, Object> ANNA = anna();

  @TempDir Path folder;

  private static Map<String, Object> anna() {
    Map<String, Object> anna = new HashMap<>();
    anna.put("id", "anna");
    anna.put("age", new BigDecimal("42"));
    anna.put("tags", Set.of("a", "b"));
    anna.put("address", Map.of("city", "Bern"));
    anna.put("scores", List.of(new BigDecimal("1.0"), new BigDecimal("2.5")));
    anna.put("gone", null);
    anna.put("active", true);
    anna.put("picture", new byte[] {1, 2});
    anna.put("first name", "Anna");
    return Collections.unmodifiableMap(anna);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "item.age > 41 | true",
        "item.age == 42 && item.age == 42.0 | true",
        "item.age >= 42.5 | false",
        "item.missing > 41 | false",
        "item.tags?.contains('a') | true",
        "item.missing?.contains('a') | false",
        "item.address.city == 'Bern' | true",
        "item.address?.street?.number == 3 | false",
        "item.scores.sum() == 3.5 | true",
        "item.scores.any { it > limit } | true",
        "item.gone | false",
        "item.gone == null | true",
        "item.active | true",
        "!item.active | false",
        "item.picture.length == 2 | true",
        "item['first name'] == 'Anna' | true",
        "item.'first name'.startsWith('A') | true",
        "item.containsKey('gone') | true",
        "item.id in ['anna', 'bert'] | true",
        "item.id ==~ /a.*/ | true",
        "item.id == \"${param('who')}\" | true",
        "item.id == param('who') | true",
        "isOld(item) | true",
        "twice(21) == item.age | true",
        "LIMITS.max < item.age && limits[0] == 1 | true",
        "'' | false",
        "[] | false",
        "0 | false",
        "'x' | true",
        "null | false",
        "item.with { age > 41 && address.city == 'Bern' } | true",
      })
  void itKeepsWhatIsTrue(String condition, boolean kept) throws Exception {
    assertThat(filter(condition).test().keep(ANNA)).isEqualTo(kept);
  }

  @Test
  void itCanUseIt() throws Exception {
    assertThat(filters("copy {\n  filter { it.age > 41 }").get(0).test().keep(ANNA)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "item.address.street.number > 3 | Cannot get property `number` on null object",
        "item.age.foo() | no method `foo()` in a number",
        "item.age.foo('x', null, 3) | no method `foo(String, null, Integer)` in a number",
        "item.age.foo | unknown name `foo` in a number",
        "item.scores.any { itm > 3 } | unknown name `itm`",
        "item.scores.any { from 'x' } | no method `from(String)`",
        "item.scores.any { limitt(3) } | no method `limitt(Integer)`",
        "Integer.parseInt(item.id) > 3 | not a number: For input string: \"anna\"",
        "(int) item.id | `anna` is not an Integer",
        "item.age = 3 | this cannot be changed",
        "item.address.put('city', 'x') | this cannot be changed",
        "param(item.id) | unknown param `anna`: the recipe declares `who`.",
        "again(1) | it calls itself without end",
      })
  void itSaysInOneSentenceWhatFailed(String condition, String reason) throws IOException {
    ClientFilter filter = filter(condition);
    assertThatThrownBy(() -> filter.test().keep(ANNA))
        .isInstanceOf(FilterFailedException.class)
        .message()
        .matches("\\S*recipe\\.groovy:\\d+:\\d+: the filter failed: (?s).*")
        .endsWith(": the filter failed: " + reason);
  }

  @Test
  void itPointsAtTheLineThatFailed() throws IOException {
    String recipe = "copy {\n  filter { item ->\n    def x = item.age\n      x.foo()\n  }";
    ClientFilter filter = filters(recipe).get(0);
    assertThat(filter.at().toString()).endsWith("recipe.groovy:2:3");
    assertThatThrownBy(() -> filter.test().keep(ANNA))
        .hasMessageEndingWith("recipe.groovy:4:7: the filter failed: no method `foo()` in a number")
        .hasCauseInstanceOf(Exception.class);
  }

  @Test
  void itPointsAtTheLineOfAMethodThatItCalls() throws IOException {
    String recipe = "def f(x) {\n  x.foo()\n}\ncopy {\n  filter { f(it.age) }";
    assertThatThrownBy(() -> filters(recipe).get(0).test().keep(ANNA))
        .hasMessageContaining("recipe.groovy:2:3: the filter failed: no method `foo()`");
  }

  @Test
  void itPointsAtTheLineOfAnIncludedFile() throws IOException {
    Files.writeString(folder.resolve("p.groovy"), "\npiece('p') {\n  filter { it.age.foo() }\n}");
    assertThatThrownBy(() -> filters("include 'p.groovy'\ncopy { use 'p'").get(0).test().keep(ANNA))
        .hasMessageContaining("p.groovy:3:3: the filter failed: no method `foo()`");
  }

  @Test
  void itKeepsTheVariablesOfItsLoop() throws Exception {
    List<ClientFilter> filters = filters("copy {\n  for (n in [41, 43]) { filter { it.age > n } }");
    assertThat(filters.get(0).test().keep(ANNA)).isTrue();
    assertThat(filters.get(1).test().keep(ANNA)).isFalse();
  }

  @Test
  void itRunsInManyThreads() throws Exception {
    ClientFilter filter = filter("item.age > 41 && isOld(item) && item.id == param('who')");
    Map<String, Object> young = Map.of("id", "anna", "age", new BigDecimal(3));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        boolean old = i % 2 == 0;
        calls.add(() -> filter.test().keep(old ? ANNA : young) == old);
      }
      for (Future<Boolean> right : threads.invokeAll(calls)) {
        assertThat(right.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private ClientFilter filter(String condition) throws IOException {
    String recipe =
        String.join(
            "\n",
            "import groovy.transform.Field",
            "@Field static final Map LIMITS = [max: 41]",
            "@Field def limits = [1]",
            "param 'who', default: 'anna'",
            "def limit = 2",
            "def twice = { it * 2 }",
            "def isOld(item) { item.age > 41 }",
            "def again(n) { again(n + 1) }",
            "copy {",
            "  filter { item -> " + condition + " }");
    return filters(recipe).get(0);
  }

  private List<ClientFilter> filters(String recipe) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(file, recipe + "\n  from 'prod:users'; to 'dev:users'\n}\n");
    Copy copy = (Copy) Recipe.load(file, Map.of(), ENVIRONMENTS).get(0);
    return copy.reading().clientFilters();
  }
}
