package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.dsl.words.FilterFailedException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Forms of Groovy that a filter may have, each with what a reader expects of it: true, false, that
 * it fails on the item, or that it is refused before. The forms stand in {@code tests/forms}, one
 * on each line.
 */
@Execution(ExecutionMode.CONCURRENT)
class GroovyFormsTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  @TempDir Path folder;

  private static List<String> forms(String name) throws IOException {
    return Files.readAllLines(Project.file("tests/forms/" + name + ".txt"));
  }

  /** Compiles all conditions at once, one on each line. */
  private List<ClientFilter> filters(List<String> conditions) throws IOException {
    StringBuilder recipe = new StringBuilder("import java.time.*\n");
    recipe.append("import java.util.concurrent.atomic.*\nimport java.util.stream.*\n");
    recipe.append("copy { from 'prod:users'; to 'dev:users'\n");
    conditions.forEach(condition -> recipe.append("  filter { " + condition + " }\n"));
    Path file = Files.createTempDirectory(folder, "form").resolve("recipe.groovy");
    Files.writeString(file, recipe + "}\n");
    Copy copy = (Copy) Recipe.load(file, Map.of(), ENVIRONMENTS).get(0);
    return copy.reading().clientFilters();
  }

  private static boolean keeps(ClientFilter filter) throws Exception {
    String item = Files.readString(Project.file("tests/forms/item.json"));
    return filter.test().keep(new ItemMap(Item.of(item)));
  }

  private interface Expectation {
    void hold(ClientFilter filter) throws Exception;
  }

  private Stream<DynamicTest> each(String name, Expectation expectation) throws IOException {
    List<String> forms = forms(name);
    List<ClientFilter> filters = filters(forms);
    return IntStream.range(0, forms.size())
        .mapToObj(i -> dynamicTest(forms.get(i), () -> expectation.hold(filters.get(i))));
  }

  @TestFactory
  Stream<DynamicTest> formsThatAreTrueOfTheItem() throws IOException {
    return each("true", filter -> assertThat(keeps(filter)).isTrue());
  }

  @TestFactory
  Stream<DynamicTest> formsThatAreFalseOfTheItem() throws IOException {
    return each("false", filter -> assertThat(keeps(filter)).isFalse());
  }

  @TestFactory
  Stream<DynamicTest> formsThatFailOnTheItemWithASentence() throws IOException {
    return each(
        "failing",
        filter ->
            assertThatThrownBy(() -> keeps(filter))
                .isInstanceOf(FilterFailedException.class)
                .message()
                .contains(": the filter failed: ")
                .doesNotContain("NullPointer", "cannot be cast"));
  }

  @TestFactory
  Stream<DynamicTest> formsThatAreRefusedWithTheirPlace() throws IOException {
    return forms("refused").stream()
        .map(
            form ->
                dynamicTest(
                    form,
                    () ->
                        assertThatThrownBy(() -> filters(List.of(form)))
                            .isInstanceOf(InvalidJobException.class)
                            .message()
                            .contains("recipe.groovy:5:", "^")));
  }
}
