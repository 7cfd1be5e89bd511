package org.dynocopy.store.dynamo.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.AT_TIME;
import static org.dynocopy.store.dynamo.TableInfos.TENANT;
import static org.dynocopy.store.dynamo.TableInfos.selection;
import static org.dynocopy.store.dynamo.TableInfos.sorted;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Index;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.store.dynamo.TableInfos;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.junit.jupiter.api.Test;

/** Keys of several attributes, as a GSI can have them. */
class QueryKeysTest {

  private static final Key YEAR = new Key("year", KeyAttributeType.N);
  private static final Key CITY = new Key("city", KeyAttributeType.S);
  private static final TableInfo USERS =
      TableInfos.users(
          0,
          new Index(
              "byPlace",
              true,
              List.of(TENANT, YEAR),
              List.of(CITY, AT_TIME),
              true,
              Set.of(),
              1,
              1));
  private static final Object T1 = Map.of("tenant", "t1", "year", 2026);

  private static KeyCondition byPlace(Object... partitionKeys) {
    return where(Optional.of("byPlace"), partitionKeys);
  }

  private static QueryKeys keys(KeyCondition where) {
    return selection(USERS, plan -> plan.where(where, AT)).keys().orElseThrow();
  }

  private static String request(KeyCondition where) {
    QueryKeys keys = keys(where);
    RequestJson request = new RequestJson();
    request.with("KeyConditionExpression", keys.expression(keys.all().iterator().next(), request));
    return new String(request.open(), StandardCharsets.UTF_8);
  }

  private static void refused(KeyCondition where, String message) {
    assertThatThrownBy(() -> keys(where))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("--pk: " + message);
  }

  @Test
  void everyAttributeOfAPartitionKeyIsAskedFor() {
    assertThat(request(byPlace(T1)))
        .contains("\"#dynocopy0 = :dynocopy0 AND #dynocopy1 = :dynocopy1\"")
        .contains("{\"#dynocopy0\":\"tenant\",\"#dynocopy1\":\"year\"}")
        .contains("{\":dynocopy0\":{\"S\":\"t1\"},\":dynocopy1\":{\"N\":\"2026\"}");
    assertThat(keys(byPlace(T1)).name(List.of("t1", new BigDecimal(2026))))
        .isEqualTo("partition key t1, 2026");
  }

  @Test
  void sortKeyIsComparedByItsLastAttributeThatIsGiven() {
    assertThat(request(sorted(byPlace(T1), SortWord.BEGINS, "Ber")))
        .contains(" AND begins_with(#dynocopy2, :dynocopy2)\"", "\"#dynocopy2\":\"city\"");
    Map<String, Object> low = Map.of("city", "Berlin", "at", 1);
    Map<String, Object> high = Map.of("at", "2.0", "city", "Berlin");
    assertThat(request(sorted(byPlace(T1), SortWord.BETWEEN, low, high)))
        .contains(" AND #dynocopy2 = :dynocopy2 AND #dynocopy3 BETWEEN :dynocopy3 AND :dynocopy4\"")
        .contains("\"#dynocopy2\":\"city\",\"#dynocopy3\":\"at\"")
        .contains("\":dynocopy3\":{\"N\":\"1\"},\":dynocopy4\":{\"N\":\"2.0\"}");
  }

  @Test
  void samePartitionKeyIsReadOnce() {
    Object again = Map.of("year", "2026.0", "tenant", "t1");
    assertThat(keys(byPlace(T1, again, Map.of("tenant", "t2", "year", 1))).values()).hasSize(2);
  }

  @Test
  void attributesThatDoNotFitAreTold() {
    String needs = "a query needs all attributes of the partition key: tenant (S), year (N)";
    refused(byPlace("t1"), needs);
    refused(byPlace(Map.of("year", 1)), needs);
    refused(
        byPlace(Map.of("tenant", "t1", "month", 1)),
        "`month` is not an attribute of this key: it has tenant (S), year (N)");
    refused(
        byPlace(Map.of("tenant", "t1", "year", "soon")),
        "the key `year` is of type N, a number: `soon` is not");
    refused(
        sorted(byPlace(T1), SortWord.EQUALS, Map.of("at", 1)),
        "the attributes of a sort key are compared from the left: city (S), at (N)");
    refused(
        sorted(byPlace(T1), SortWord.EQUALS, Map.of("town", "Berlin")),
        "`town` is not an attribute of this key: it has city (S), at (N)");
    refused(
        sorted(byPlace(T1), SortWord.BEGINS, Map.of("city", "Berlin", "at", 1)),
        "numbers have no prefix: `at` is of type N; use `skBetween`");
  }

  @Test
  void betweenDiffersInItsLastAttributeAlone() {
    String message = "`skBetween` takes two sort keys that differ in their last attribute alone";
    Map<String, Object> berlin = Map.of("city", "Berlin", "at", 1);
    refused(
        sorted(byPlace(T1), SortWord.BETWEEN, berlin, Map.of("city", "Bern", "at", 2)), message);
    refused(sorted(byPlace(T1), SortWord.BETWEEN, berlin, "Bern"), message);
    refused(sorted(byPlace(T1), SortWord.BETWEEN, "Berlin", berlin), message);
  }

  @Test
  void betweenGoesFromTheLowerToTheHigher() {
    String message = "a range of sort keys goes from the lower to the higher one: ";
    refused(
        sorted(byPlace(T1), SortWord.BETWEEN, "Bern", "Berlin"),
        message + "`Bern` to `Berlin` has nothing in it");
    Map<String, Object> ten = Map.of("city", "Bern", "at", 10);
    Map<String, Object> nine = Map.of("city", "Bern", "at", "9");
    refused(
        sorted(byPlace(T1), SortWord.BETWEEN, ten, nine),
        message + "`10` to `9` has nothing in it");
    assertThat(keys(sorted(byPlace(T1), SortWord.BETWEEN, nine, ten)).condition()).isPresent();
    assertThat(keys(sorted(byPlace(T1), SortWord.BETWEEN, "Bern", "Bern")).condition()).isPresent();
  }

  @Test
  void itemMatchesByAllItsKeys() {
    Map<String, Object> low = Map.of("city", "Berlin", "at", 1);
    Map<String, Object> high = Map.of("city", "Berlin", "at", 3);
    QueryKeys keys = keys(sorted(byPlace(T1), SortWord.BETWEEN, low, high));
    assertThat(keys.matching().test(item("t1", "2026.0", "Berlin", "3"))).isTrue();
    assertThat(keys.matching().test(item("t2", "2026", "Berlin", "3"))).isFalse();
    assertThat(keys.matching().test(item("t1", "2025", "Berlin", "3"))).isFalse();
    assertThat(keys.matching().test(item("t1", "2026", "Bern", "3"))).isFalse();
    assertThat(keys.matching().test(item("t1", "2026", "Berlin", "3.1"))).isFalse();
    assertThat(keys.matching().test(Map.of("tenant", "t1", "city", "Berlin", "at", BigDecimal.ONE)))
        .isFalse();
    assertThat(keys.matching().test(Map.of("tenant", 1, "year", "2026", "city", "Berlin")))
        .isFalse();
  }

  /** What has lost a key of the index, or has another type there, is no more in it. */
  @Test
  void itemWithoutAKeyOfTheIndexDoesNotMatch() {
    KeyCondition all = byPlace(T1);
    List<KeyCondition> conditions =
        List.of(
            all,
            sorted(all, SortWord.BEGINS, "Ber"),
            sorted(all, SortWord.EQUALS, Map.of("city", "Berlin", "at", 3)),
            sorted(all, SortWord.AT_LEAST, Map.of("city", "Berlin", "at", 3)));
    Map<String, Object> item = item("t1", "2026", "Berlin", "3");
    for (KeyCondition condition : conditions) {
      QueryKeys keys = keys(condition);
      List<Object> partition = keys.values().get(0);
      assertThat(keys.matching().test(item)).isTrue();
      assertThat(keys.match(partition, item)).isTrue();
      for (String key : item.keySet()) {
        Map<String, Object> other = new HashMap<>(item);
        other.remove(key);
        assertThat(keys.matching().test(other)).as("without %s", key).isFalse();
        assertThat(keys.match(partition, other)).as("without %s", key).isFalse();
        other.put(key, item.get(key) instanceof String ? BigDecimal.ONE : "3");
        assertThat(keys.matching().test(other)).as("other type of %s", key).isFalse();
        assertThat(keys.match(partition, other)).as("other type of %s", key).isFalse();
      }
    }
  }

  private static Map<String, Object> item(String tenant, String year, String city, String at) {
    return Map.of(
        "tenant", tenant, "year", new BigDecimal(year), "city", city, "at", new BigDecimal(at));
  }
}
