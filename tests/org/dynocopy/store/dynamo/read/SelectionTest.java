package org.dynocopy.store.dynamo.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.gsi;
import static org.dynocopy.store.dynamo.TableInfos.lsi;
import static org.dynocopy.store.dynamo.TableInfos.selection;
import static org.dynocopy.store.dynamo.TableInfos.sorted;
import static org.dynocopy.store.dynamo.TableInfos.users;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.TableInfos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  private static final Optional<String> TABLE = Optional.empty();
  private static final Optional<String> BY_TENANT = Optional.of("byTenant");

  private static void refused(TableInfo table, KeyCondition where, String message) {
    assertThatThrownBy(() -> selection(table, plan -> plan.where(where, AT)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("--pk: " + message);
  }

  @Test
  void withoutWhereTheWholeTableIsScanned() {
    Selection selection = selection(users(0), plan -> plan);
    assertThat(selection.isScan()).isTrue();
    assertThat(selection.completed()).isFalse();
    assertThat(selection.attributes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 16, 500",
    "1, 16, 500",
    "20971520, 20, 500",
    "1073741824, 256, 500",
    "17179869184, 256, 500",
    "68719476736, 1024, 1024",
    "9000000000000000000, 4096, 4096",
  })
  void segmentsFollowFromTheSizeAndAreAtLeastTheReaders(
      long bytes, int segments, int withFiveHundred) {
    TableInfo table = users(bytes);
    assertThat(selection(table, plan -> plan).segments()).isEqualTo(segments);
    assertThat(selection(table, plan -> plan.segments(500, AT)).segments())
        .isEqualTo(withFiveHundred);
  }

  @Test
  void keysHaveTheTypesOfTheTable() {
    Selection selection =
        selection(
            users(0),
            plan -> plan.where(sorted(where(TABLE, 42, "b"), SortWord.BETWEEN, "1", 2), AT));
    assertThat(selection.keys().get().values()).containsExactly(List.of("42"), List.of("b"));
    assertThat(selection.keys().get().condition().get().values())
        .containsExactly(new BigDecimal("1"), new BigDecimal("2"));
    assertThat(selection.isScan()).isFalse();
  }

  @Test
  void keyGivenTwiceIsReadOnce() {
    Selection selection = selection(users(0), plan -> plan.where(where(TABLE, "1", 1, "2"), AT));
    assertThat(selection.keys().get().values()).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void keyOfTheWrongTypeIsTold() {
    refused(
        users(0),
        where(TABLE, new byte[] {1}),
        "the key `id` is of type S, a string: bytes is not");
    refused(
        users(0),
        sorted(where(TABLE, "a"), SortWord.LESS, "later"),
        "the key `at` is of type N, a number: `later` is not");
  }

  @Test
  void unknownIndexIsToldWithThoseThatThereAre() {
    refused(
        users(0, gsi("byTenant", true), lsi("byName", true)),
        where(Optional.of("byTennant"), "a"),
        "`users` has no index `byTennant`. It has `byTenant`, `byName`. Did you mean `byTenant`?");
    refused(users(0), where(BY_TENANT, "a"), "`users` has no index `byTenant`. It has none.");
  }

  @Test
  void sortConditionNeedsASortKey() {
    TableInfo.Index index =
        new TableInfo.Index(
            "byTenant", true, List.of(TableInfos.TENANT), List.of(), true, Set.of(), 1, 1);
    refused(
        users(0, index),
        sorted(where(BY_TENANT, "a"), SortWord.EQUALS, "b"),
        "the index `byTenant` has no sort key to compare: its key is tenant (S)");
  }

  @Test
  void numbersHaveNoPrefix() {
    refused(
        users(0),
        sorted(where(TABLE, "a"), SortWord.BEGINS, 4),
        "numbers have no prefix: `at` is of type N; use `skBetween`");
  }

  @Test
  void indexIsQueriedByItsOwnKeys() {
    Selection selection =
        selection(users(0, gsi("byTenant", true)), plan -> plan.where(where(BY_TENANT, "t1"), AT));
    assertThat(selection.keys().get().partition()).containsExactly(TableInfos.TENANT);
    assertThat(selection.keys().get().sort()).containsExactly(TableInfos.AT_TIME);
    assertThat(selection.index()).isPresent();
  }

  @Test
  void onlyAGlobalIndexThatLacksSomethingWantedIsCompleted() {
    KeyCondition byTenant = where(BY_TENANT, "t1");
    assertThat(completed(gsi("byTenant", true), byTenant)).isFalse();
    assertThat(completed(gsi("byTenant", false), byTenant)).isTrue();
    assertThat(completed(gsi("byTenant", false, "name"), byTenant)).isTrue();
    assertThat(completed(lsi("byTenant", false), byTenant)).isFalse();
    assertThat(completed(gsi("byTenant", false, "name"), byTenant, "name", "tenant", "at"))
        .isFalse();
    assertThat(completed(gsi("byTenant", false, "name"), byTenant, "name", "age")).isTrue();
  }

  private static boolean completed(TableInfo.Index index, KeyCondition where, String... project) {
    return selection(
            users(0, index),
            plan ->
                project.length == 0
                    ? plan.where(where, AT)
                    : plan.where(where, AT).project(List.of(project), AT))
        .completed();
  }

  @Test
  void projectionAlwaysHasTheKeys() {
    assertThat(selection(users(0), plan -> plan.project(List.of("a", "at", "a"), AT)).attributes())
        .containsExactly("id", "at", "a");
  }

  @Test
  void serviceDoesNotFilterOnAnIndexThatHasNotWholeItems() {
    ServerFilter filter = new ServerFilter("age > :v", Map.of(), Map.of(":v", 1));
    assertThatThrownBy(
            () ->
                selection(
                    users(0, gsi("byTenant", false, "name")),
                    plan -> plan.where(where(BY_TENANT, "t1"), AT).filter(filter, AT)))
        .hasMessageContaining("the service would filter on the index `byTenant`");
  }

  /** What the index does not project looks absent to the filter, and the items would be lost. */
  @Test
  void filterOnWhatAnIndexLacksIsNotLeftToTheService() {
    ServerFilter filter = new ServerFilter("age > :v", Map.of(), Map.of(":v", 1));
    assertThatThrownBy(
            () ->
                selection(
                    users(0, gsi("byTenant", false, "name")),
                    plan ->
                        plan.where(where(BY_TENANT, "t1"), AT)
                            .project(List.of("name"), AT)
                            .filter(filter, AT)))
        .isInstanceOf(InvalidJobException.class);
  }
}
