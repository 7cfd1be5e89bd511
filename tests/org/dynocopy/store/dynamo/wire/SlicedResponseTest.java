package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever the service sends: a slice has exactly the bytes that stood there. */
@Execution(ExecutionMode.CONCURRENT)
class SlicedResponseTest {

  private static SlicedResponse cut(String json) throws Exception {
    return SlicedResponse.of(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A key to go on after is none of them. */
  @Test
  void answerHasNoMoreItemsThanThereIsRoomFor() throws Exception {
    String most = "{},".repeat((int) SlicedResponse.MOST_ITEMS - 1) + "{}";
    assertThat(cut("{\"Items\":[" + most + "],\"LastEvaluatedKey\":{}}").items())
        .hasSize((int) SlicedResponse.MOST_ITEMS);
    assertThatThrownBy(() -> cut("{\"Items\":[" + most + ",{},{}]}"))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("items, which is more than was asked for");
    assertThat(SlicedResponse.mostItems(96 << 20)).isEqualTo(12_288);
    assertThat(SlicedResponse.mostItems(4L << 30)).isEqualTo(1_000_000);
  }

  private static List<String> texts(List<Item> slices) {
    return slices.stream().map(Item::toString).toList();
  }

  /** Returns random items, of which some are empty and a few large. */
  private static List<String> items(Random random, RandomJson json, int most) {
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      items.add(json.item(random.nextInt(20) == 0 ? 40 : random.nextInt(6), 4));
    }
    return items;
  }

  private static String array(RandomJson json, List<String> elements) {
    var next = elements.iterator();
    return json.array(elements.size(), next::next);
  }

  /** What is not asked for, and looks as if it were. */
  private static Map<String, Supplier<String>> decoys(RandomJson json) {
    Map<String, Supplier<String>> fields = new LinkedHashMap<>();
    fields.put("ItemCollectionMetrics", () -> json.item(2, 3));
    fields.put("Unknown", () -> "{\"Items\":[{}],\"Count\":99,\"LastEvaluatedKey\":{}}");
    fields.put("items", () -> json.array(2, () -> json.item(1, 1)));
    fields.put("Also", () -> "[[[]],{},null,true,-1.5e-7," + json.string() + "]");
    return fields;
  }

  private static Optional<String> token(SlicedResponse answer) {
    return answer.lastKey().map(Position::token).map(t -> new String(t, StandardCharsets.UTF_8));
  }

  @Test
  void itemsOfAPageAreItsVeryBytes() {
    Cases.forAll(
        1_500,
        random -> {
          RandomJson json = new RandomJson(random, random.nextBoolean());
          List<String> items = items(random, json, 12);
          String key = json.item(1 + random.nextInt(3), 0);
          boolean last = random.nextInt(3) == 0;
          int scanned = random.nextInt(100_000);
          Map<String, Supplier<String>> fields = decoys(json);
          fields.put("Items", () -> array(json, items));
          fields.put("Count", () -> String.valueOf(items.size()));
          fields.put("ScannedCount", () -> String.valueOf(scanned));
          fields.put(
              "ConsumedCapacity",
              () ->
                  json.object(
                      Map.of(
                          "TableName", () -> "\"CapacityUnits\"",
                          "CapacityUnits", () -> "128.5",
                          "Table", () -> "{\"CapacityUnits\":7}",
                          "GlobalSecondaryIndexes", () -> "{\"i\":{\"CapacityUnits\":9}}")));
          if (!last) {
            fields.put("LastEvaluatedKey", () -> key);
          }
          String page = json.space() + json.object(fields) + json.space();
          SlicedResponse answer = cut(page);
          assertThat(texts(answer.items())).isEqualTo(items);
          assertThat(answer.count()).isEqualTo(items.size());
          assertThat(answer.scanned()).isEqualTo(scanned);
          assertThat(token(answer)).isEqualTo(last ? Optional.empty() : Optional.of(key));
          assertThat(answer.units()).isEqualTo(128.5);
          assertThat(answer.bytes()).isEqualTo(page.getBytes(StandardCharsets.UTF_8).length);
          assertThat(answer.unprocessed()).isEmpty();
        });
  }

  @Test
  void unprocessedItemsOfABatchAreTheirVeryBytes() {
    Cases.forAll(
        500,
        random -> {
          RandomJson json = new RandomJson(random, random.nextBoolean());
          List<String> items = items(random, json, 25);
          List<String> puts =
              items.stream()
                  .map(i -> json.object(Map.of("PutRequest", () -> "{\"Item\":" + i + "}")))
                  .toList();
          Map<String, Supplier<String>> fields = decoys(json);
          fields.put(
              "UnprocessedItems", () -> json.object(Map.of("users", () -> array(json, puts))));
          fields.put(
              "ConsumedCapacity",
              () ->
                  "[{\"TableName\":\"users\",\"CapacityUnits\":2.5},"
                      + "{\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":1.0}}]");
          SlicedResponse answer = cut(json.object(fields));
          assertThat(texts(answer.unprocessed())).isEqualTo(items);
          assertThat(answer.units()).isEqualTo(3.5);
          assertThat(answer.items()).isEmpty();
          assertThat(answer.count()).isEqualTo(-1);
        });
  }

  @Test
  void itemsAndUnprocessedKeysOfABatchGetAreTheirVeryBytes() {
    Cases.forAll(
        500,
        random -> {
          RandomJson json = new RandomJson(random, random.nextBoolean());
          List<String> items = items(random, json, 10);
          List<String> keys = items(random, json, 10);
          Map<String, Supplier<String>> request = new LinkedHashMap<>();
          request.put("Keys", () -> array(json, keys));
          request.put("ConsistentRead", () -> "true");
          request.put("ExpressionAttributeNames", () -> "{\"#a\":\"Keys\"}");
          Map<String, Supplier<String>> fields = decoys(json);
          fields.put("Responses", () -> json.object(Map.of("users", () -> array(json, items))));
          fields.put(
              "UnprocessedKeys",
              () ->
                  keys.isEmpty() ? "{}" : json.object(Map.of("users", () -> json.object(request))));
          SlicedResponse answer = cut(json.object(fields));
          assertThat(texts(answer.items())).isEqualTo(items);
          assertThat(texts(answer.unprocessed())).isEqualTo(keys);
        });
  }

  @Test
  void largePagesAreCutRightToTheirEnd() {
    Cases.forAll(
        2,
        random -> {
          RandomJson json = new RandomJson(random, false);
          List<String> items = new ArrayList<>();
          long size = 0;
          while (size < 6_000_000) {
            String item = json.item(20, 4);
            items.add(item);
            size += item.length();
          }
          items.add("{\"big\":{\"S\":\"" + "x😀\\\"}".repeat(60_000) + "\"}}");
          items.add("{\"after\":{\"S\":\"x\"}}");
          SlicedResponse answer =
              cut("{\"Items\":" + array(json, items) + ",\"Count\":" + items.size() + "}");
          assertThat(texts(answer.items())).isEqualTo(items);
          assertThat(answer.count()).isEqualTo(items.size());
        });
  }

  @Test
  void anyNumberOfAttributeNamesOfAnyLengthIsCut() throws Exception {
    StringBuilder item = new StringBuilder("{\"" + "n".repeat(65_535) + "\":{\"S\":\"\"}");
    for (int i = 0; i < 60_000; i++) {
      // Pairs of letters with one hash: every name with as many has the same.
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      item.append(",\"").append(name).append("\":{\"NULL\":true}");
    }
    String text = item.append("}").toString();
    SlicedResponse answer = cut("{\"Items\":[" + text + "," + text + "],\"Count\":2}");
    assertThat(answer.items()).extracting(Item::toString).containsExactly(text, text);
    assertThat(new ItemMap(answer.items().get(1)).keySet()).hasSize(60_001);
  }

  /** A parser that defends itself against names made to collide would refuse users' data. */
  @Test
  void attributeNamesThatCollideInTheParserAreCut() throws Exception {
    Set<String> names = new LinkedHashSet<>();
    Random random = new Random(1);
    while (names.size() < 3_000) {
      collidingName(random).ifPresent(names::add);
    }
    String text =
        names.stream()
            .map(name -> "\"" + name + "\":{\"NULL\":true}")
            .collect(Collectors.joining(",", "{", "}"));
    SlicedResponse answer = cut("{\"Items\":[" + text + "],\"Count\":1}");
    assertThat(texts(answer.items())).containsExactly(text);
    assertThat(new ItemMap(answer.items().get(0)).keySet()).hasSize(3_000);
  }

  /** Returns a name of two groups of four bytes with the one hash that they all have. */
  private static Optional<String> collidingName(Random random) {
    byte[] name = new byte[8];
    int first = 0;
    for (int i = 0; i < 4; i++) {
      name[i] = (byte) ('a' + random.nextInt(26));
      first = first << 8 | name[i];
    }
    // As ByteQuadsCanonicalizer.calcHash does, then solved for the second group.
    int hash = first + (first >>> 15);
    hash ^= hash >>> 9;
    int inverseOf33 = 0x3e0f83e1;
    int second = (0x12345678 - hash) * inverseOf33;
    for (int i = 0; i < 4; i++) {
      name[4 + i] = (byte) (second >>> (24 - 8 * i));
    }
    String text = new String(name, StandardCharsets.ISO_8859_1);
    return text.matches("[ !#-\\[\\]-~]{8}") ? Optional.of(text) : Optional.empty();
  }

  @Test
  void nestingAsDeepAsTheServiceAllowsIsCut() throws Exception {
    String value = "{\"L\":[".repeat(32) + "{\"N\":\"1\"}" + "]}".repeat(32);
    String item = "{\"a\":" + value + "}";
    assertThat(texts(cut("{\"Items\":[" + item + "],\"Count\":1}").items())).containsExactly(item);
  }

  @Test
  void whatTheServiceDoesNotSayIsNotMadeUp() throws Exception {
    SlicedResponse answer = cut("{}");
    assertThat(answer.count()).isEqualTo(-1);
    assertThat(answer.scanned()).isEqualTo(-1);
    assertThat(answer.lastKey()).isEmpty();
    assertThat(answer.units()).isZero();
    assertThat(cut("{\"LastEvaluatedKey\":null}").lastKey()).isEmpty();
  }

  @Test
  void positionOutlivesItsPage() throws Exception {
    byte[] page = "{\"LastEvaluatedKey\":{\"id\":{\"S\":\"a\"}}}".getBytes(StandardCharsets.UTF_8);
    SlicedResponse answer = SlicedResponse.of(page);
    assertThat(answer.lastKey().get().token()).isNotSameAs(page);
    Arrays.fill(page, (byte) 'x');
    assertThat(token(answer)).contains("{\"id\":{\"S\":\"a\"}}");
  }
}
