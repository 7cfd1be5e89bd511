package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Copies parts of tables by key, on the table and on its indexes, with keys of every type. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class QueryTest {

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Projection KEYS = Projection.builder().projectionType("KEYS_ONLY").build();
  private static final Projection SOME =
      Projection.builder().projectionType("INCLUDE").nonKeyAttributes("size").build();

  /** Keys with reserved words, dots and unicode in their names. */
  private static final String PK = "order.größe";

  private static final String SK = "select";

  @ParameterizedTest
  @CsvSource({"S,S", "S,N", "S,B", "N,S", "N,N", "N,B", "B,S", "B,N", "B,B"})
  void keysOfEveryTypeSelectTheirItems(String pkType, String skType) throws Exception {
    Tables tables = Tables.on(TestServers.first()).key(PK, pkType).key(SK, skType);
    String from = tables.create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int p = 1; p <= 3; p++) {
      for (int s = 1; s <= 40; s++) {
        items.add(Map.of(PK, value(pkType, p), SK, value(skType, s), "n", number(p * 100 + s)));
      }
    }
    Tables.put(TestServers.first(), from, items);
    for (SortWord word : SortWord.values()) {
      if (word == SortWord.BEGINS && skType.equals("N")) {
        continue;
      }
      String to = Tables.on(TestServers.second()).key(PK, pkType).key(SK, skType).create();
      List<Object> values =
          word == SortWord.BETWEEN
              ? List.of(raw(skType, 7), raw(skType, 31))
              : List.of(raw(skType, 7));
      Outcome outcome =
          copy(
              from,
              to,
              plan ->
                  where(plan, List.of(raw(pkType, 2)), Optional.of(new Sort(word, values)), null));
      Set<String> expected =
          items.stream()
              .filter(i -> i.get("n").n().startsWith("2"))
              .filter(i -> fits(word, Integer.parseInt(i.get("n").n()) % 100))
              .map(i -> i.get("n").n())
              .collect(Collectors.toSet());
      assertThat(numbers(to)).as("%s %s", skType, word).isEqualTo(expected);
      assertThat(outcome.counts().read()).isEqualTo(expected.size());
    }
  }

  private static boolean fits(SortWord word, int s) {
    return switch (word) {
      case EQUALS, BEGINS -> s == 7;
      case BETWEEN -> s >= 7 && s <= 31;
      case LESS -> s < 7;
      case AT_MOST -> s <= 7;
      case GREATER -> s > 7;
      case AT_LEAST -> s >= 7;
    };
  }

  @Test
  void severalPartitionKeysAreReadOnceEach() throws Exception {
    String from = tenants(ALL);
    String to = target();
    Outcome outcome =
        copy(
            from, to, plan -> where(plan, List.of("t1", "t3", "t1"), Optional.empty(), "byTenant"));
    assertThat(outcome.counts().read()).isEqualTo(200);
    assertSameAs(from, to, i -> Set.of("t1", "t3").contains(i.get("tenant").s()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL", "KEYS_ONLY", "INCLUDE"})
  void anIndexBringsWholeItemsWhateverItProjects(
      software.amazon.awssdk.services.dynamodb.model.ProjectionType type) throws Exception {
    Projection projection =
        switch (type) {
          case ALL -> ALL;
          case KEYS_ONLY -> KEYS;
          default -> SOME;
        };
    String from = tenants(projection);
    String to = target();
    Outcome outcome =
        copy(from, to, plan -> where(plan, List.of("t2"), Optional.empty(), "byTenant"));
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.counts().written()).isEqualTo(100);
    assertSameAs(from, to, i -> i.get("tenant").s().equals("t2"));
  }

  @Test
  void aLocalIndexBringsWholeItems() throws Exception {
    String from =
        Tables.on(TestServers.first())
            .key("id", "S")
            .key("at", "N")
            .lsi("byName", KEYS, "id", "name")
            .create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(
          Map.of(
              "id", string("u" + i % 2),
              "at", number(i),
              "name", string("name " + (100 - i)),
              "more", string("more " + i)));
    }
    Tables.put(TestServers.first(), from, items);
    String to = Tables.on(TestServers.second()).key("id", "S").key("at", "N").create();
    Sort sort = new Sort(SortWord.BEGINS, List.of("name 1"));
    copy(from, to, plan -> where(plan, List.of("u1"), Optional.of(sort), "byName"));
    assertSameAs(
        from, to, i -> i.get("id").s().equals("u1") && i.get("name").s().startsWith("name 1"));
  }

  @Test
  void projectionTakesTheNamedAttributesAndTheKeys() throws Exception {
    String from = tenants(SOME);
    String to = target();
    copy(
        from,
        to,
        plan -> {
          where(plan, List.of("t1"), Optional.empty(), "byTenant");
          plan.project(List.of("size", "not.there"), Copying.HERE);
        });
    assertThat(TableComparison.items(TestServers.second(), to).values())
        .hasSize(100)
        .allSatisfy(item -> assertThat(item.keySet()).isEqualTo(Set.of("id", "size")));
  }

  @Test
  void aFilterSeesWhatIsNotProjected() throws Exception {
    String from = tenants(KEYS);
    String to = target();
    Outcome outcome =
        copy(
            from,
            to,
            plan -> {
              where(plan, List.of("t1"), Optional.empty(), "byTenant");
              plan.filter(
                  new ClientFilter(
                      item -> ((BigDecimal) item.get("size")).intValue() < 200, Copying.HERE));
              plan.project(List.of("at"), Copying.HERE);
            });
    assertThat(outcome.counts().written()).isEqualTo(50);
    assertThat(TableComparison.items(TestServers.second(), to).values())
        .hasSize(50)
        .allSatisfy(item -> assertThat(item.keySet()).isEqualTo(Set.of("id", "at")));
  }

  @Test
  void serverAndClientFiltersAreCountedAsFiltered() throws Exception {
    String from = tenants(ALL);
    String to = target();
    Outcome outcome =
        copy(
            from,
            to,
            plan -> {
              plan.filter(
                  new ServerFilter("#s < :max", Map.of("#s", "size"), Map.of(":max", 200)),
                  Copying.HERE);
              plan.filter(new ClientFilter(item -> item.get("tenant").equals("t1"), Copying.HERE));
            });
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.counts().read()).isEqualTo(400);
    assertThat(outcome.counts().filtered()).isEqualTo(350);
    assertSameAs(
        from,
        to,
        i -> i.get("tenant").s().equals("t1") && Integer.parseInt(i.get("size").n()) < 200);
  }

  @Test
  void aLimitIsExact() throws Exception {
    String from = tenants(ALL);
    String to = target();
    Outcome outcome = copy(from, to, plan -> plan.limit(33, Copying.HERE));
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.counts().written()).isEqualTo(33);
    assertThat(TableComparison.items(TestServers.second(), to)).hasSize(33);
  }

  @Test
  void aServerFilterOnAnIndexThatHasOnlyPartsIsRefused() {
    String from = tenants(KEYS);
    String to = target();
    InvalidJobException e =
        Assertions.assertThrows(
            InvalidJobException.class,
            () ->
                copy(
                    from,
                    to,
                    plan -> {
                      where(plan, List.of("t1"), Optional.empty(), "byTenant");
                      plan.filter(
                          new ServerFilter("size > :a", Map.of(), Map.of(":a", 1)), Copying.HERE);
                    }));
    assertThat(e).hasMessageContaining("byTenant").hasMessageContaining("filter { item -> … }");
  }

  /** 400 items of four tenants, on a table that is keyed by id alone. */
  private static String tenants(Projection projection) {
    String table =
        Tables.on(TestServers.first())
            .key("id", "S")
            .gsi("byTenant", projection, "tenant", "at")
            .create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", string("u" + i));
      item.put("tenant", string("t" + i % 4));
      item.put("at", string("2026-" + i));
      item.put("size", number(i));
      item.put("text", string("x".repeat(3_000)));
      items.add(item);
    }
    Tables.put(TestServers.first(), table, items);
    return table;
  }

  private static String target() {
    return Tables.on(TestServers.second()).key("id", "S").create();
  }

  private static Outcome copy(
      String from, String to, java.util.function.Consumer<CopySpecBuilder> words) throws Exception {
    return Copying.run(Copying.plan(TestServers.first(), from, TestServers.second(), to, words));
  }

  private static void where(
      CopySpecBuilder plan, List<Object> pks, Optional<Sort> sort, String index) {
    plan.where(new KeyCondition(pks, sort, Optional.ofNullable(index)), Copying.HERE);
  }

  private static void assertSameAs(
      String from, String to, Predicate<Map<String, AttributeValue>> selected) {
    Map<String, Map<String, AttributeValue>> all = TableComparison.items(TestServers.first(), from);
    Map<String, Map<String, AttributeValue>> expected = new HashMap<>(all);
    expected.values().removeIf(selected.negate());
    assertThat(expected).isNotEmpty();
    assertThat(TableComparison.of(expected, TableComparison.items(TestServers.second(), to)))
        .isEqualTo(new TableComparison(expected.size(), List.of(), List.of(), List.of()));
  }

  private static Set<String> numbers(String table) {
    return TableComparison.items(TestServers.second(), table).values().stream()
        .map(item -> item.get("n").n())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static AttributeValue value(String type, int number) {
    return switch (type) {
      case "S" -> string(text(number));
      case "N" -> AttributeValue.fromN(number + ".5");
      default ->
          AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) 0x7f, (byte) number}));
    };
  }

  /** The same as a user writes it. */
  private static Object raw(String type, int number) {
    return switch (type) {
      case "S" -> text(number);
      case "N" -> number + ".50";
      default -> new byte[] {(byte) 0x7f, (byte) number};
    };
  }

  private static String text(int number) {
    return "key \"%02d\" {ü}".formatted(number);
  }

  private static AttributeValue string(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(int number) {
    return AttributeValue.fromN("" + number);
  }
}
