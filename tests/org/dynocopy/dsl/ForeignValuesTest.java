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
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Values that Java's own methods have put into collections are found like those of a recipe. */
@Execution(ExecutionMode.CONCURRENT)
class ForeignValuesTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  private static final String ITEM =
      """
      {"PK":{"S":"USER#2"},"id":{"N":"102"},"price":{"N":"1.50"},"bin":{"B":"AP8="},
      "properties":{"M":{"status":{"S":"old"}}},"list":{"L":[{"N":"2"},{"N":"102"}]}}
      """;

  private static final List<String> TRUE =
      List.of(
          "it.PK.charAt(0) in ['U', 'V'] && ['U'].contains(it.PK.charAt(0)) && [U:"
              + " 1][it.PK.charAt(0)]",
          "it.PK[0] in 'UV'.toCharArray() && it.PK[0] in ['U' as char] && it.PK[0] in (['U' as"
              + " char] as Set)",
          "switch (it.PK.charAt(0)) { case ['U']: return true }; false",
          "it.PK in ['USER#' << '2'] && ['USER#' << 2].contains(it.PK) && it.PK in (['USER#' << 2]"
              + " as Set)",
          "def s = new HashSet(); s.addAll([101, 102] as Long[]); s.contains(it.id) && it.id in s",
          "def s = []; s.addAll([101, 102] as long[]); s == [101, 102] && s.indexOf(it.id) == 1",
          "def s = new HashSet(); Collections.addAll(s, [5, 102] as Long[]); it.id in s && !(7 in"
              + " s)",
          "def s = new HashSet(); Collections.addAll(s, [5, 1.50] as BigDecimal[]); it.price in s",
          "def s = new HashSet(); LongStream.of(101, 102).forEach(s::add); it.id in s",
          "def s = []; LongStream.of(101, 102).forEach(s.&add); s.contains(it.id)",
          "def m = [:]; m.merge('a', 100L, Long::sum); m.merge('a', 2L, Long::sum);"
              + " m.containsValue(it.id) && m.a == it.id",
          "def m = new HashMap(LongStream.of(102).boxed().collect(Collectors.toMap({ it }, { it"
              + " }))); m[it.id] == 102 && m.containsKey(it.id) && it.id in m.keySet()",
          "LongStream.of(101, 102).boxed().collect(Collectors.toCollection { new ArrayDeque() })"
              + ".contains(it.id)",
          "LongStream.of(101, 102).boxed().anyMatch(it.id::equals) && [102L].any(it.id.&equals)",
          "LongStream.of(101, 102).boxed().filter([5, 102]::contains).toList() == [102]",
          "LongStream.of(102).boxed().findFirst() == Optional.of(it.id)",
          "[1L, 101L].stream().mapToLong(Long::longValue).sum() == it.id",
          "['102', '5'].collect(Long::valueOf).contains(it.id) &&"
              + " ['a'].collect(String::toUpperCase) == ['A']",
          "[(it.bin): 1][[0, -1] as byte[]] == 1 && [([0, -1] as byte[]): 1].containsKey(it.bin)",
          "def m = [:]; m.properties = 1L; m.metaClass = 'x'; m.class = 5; m.class += 1;"
              + " m == [properties: 1, metaClass: 'x', class: 6]",
          "it.clone().properties.status == 'old'");

  @TempDir Path folder;

  private List<ClientFilter> filters(List<String> conditions) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    StringBuilder recipe = new StringBuilder("import java.util.stream.*\n");
    recipe.append("copy { from 'prod:users'; to 'dev:users'\n");
    conditions.forEach(condition -> recipe.append("  filter { " + condition + " }\n"));
    Files.writeString(file, recipe + "}\n");
    Copy copy = (Copy) Recipe.load(file, Map.of(), ENVIRONMENTS).get(0);
    return copy.reading().clientFilters();
  }

  private static boolean keeps(ClientFilter filter) throws Exception {
    return filter.test().keep(new ItemMap(Item.of(ITEM)));
  }

  @TestFactory
  Stream<DynamicTest> whatJavaPutsIntoCollectionsIsFound() throws IOException {
    List<ClientFilter> filters = filters(TRUE);
    return IntStream.range(0, TRUE.size())
        .mapToObj(i -> dynamicTest(TRUE.get(i), () -> assertThat(keeps(filters.get(i))).isTrue()));
  }

  @Test
  void removeOfAListNeedsToSayWhetherByIndex() throws IOException {
    ClientFilter filter = filters(List.of("def l = [1, 2, 3]; l.remove(it.id)")).get(0);
    assertThatThrownBy(() -> keeps(filter))
        .hasMessageContaining("use `removeAt` or `removeElement`");
  }

  @Test
  void codeInATextIsRefused() {
    for (String code : List.of("Eval.x(it, 'x.id in [102L]')", "new GroovyShell().evaluate('1')")) {
      assertThatThrownBy(() -> filters(List.of(code)))
          .hasMessageContaining("code in a text does not follow the rules of recipes");
    }
  }
}
