package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.SameValue;
import org.dynocopy.json.Json;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * A table in memory, and one of its indexes if it has any: answers Query on it and BatchGetItem as
 * the service does, in pages of any size. Items with the same sort key have an order of their own.
 */
public final class FakeIndex implements FakeService.Answering {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CONDITION =
      Pattern.compile(
          "begins_with\\((#\\w+), (:\\w+)\\)"
              + "|(#\\w+) BETWEEN (:\\w+) AND (:\\w+)"
              + "|(#\\w+) (=|<=|>=|<|>) (:\\w+)");

  private final TableInfo info;
  private final List<TableInfo.Key> sort;
  private final List<TableInfo.Key> keys;
  private final boolean whole;
  private final Random random;
  private final int mostOnPage;
  private final Map<Object, Map<String, Object>> table = new HashMap<>();
  private final NavigableMap<Map<String, Object>, Map<String, Object>> index;

  /** The order from the upper end, if that is no mirror of the one from the lower end. */
  private Optional<NavigableMap<Map<String, Object>, Map<String, Object>>> backwards =
      Optional.empty();

  /** Runs before each answer, as other clients do. */
  public Runnable meanwhile = () -> {};

  public FakeIndex(TableInfo info, Random random) {
    this.info = info;
    this.random = random;
    this.mostOnPage = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(40);
    this.sort =
        info.indexes().values().stream()
            .findFirst()
            .map(TableInfo.Index::sort)
            .orElse(info.keys().subList(1, info.keys().size()));
    this.keys =
        Stream.concat(
                info.keys().stream(),
                info.indexes().values().stream().flatMap(i -> i.keys().stream()))
            .distinct()
            .toList();
    this.whole = info.indexes().values().stream().allMatch(TableInfo.Index::projectsAll);
    int salt = random.nextInt();
    this.index = new TreeMap<>(order(salt));
  }

  private Comparator<Map<String, Object>> order(int salt) {
    Comparator<Map<String, Object>> order = (a, b) -> 0;
    for (TableInfo.Key key : sort) {
      order = order.thenComparing(item -> item.get(key.name()), FakeIndex::compare);
    }
    order = order.thenComparing(item -> Integer.reverse(key(item).hashCode() * 31 ^ salt));
    for (TableInfo.Key key : info.keys()) {
      order = order.thenComparing(item -> item.get(key.name()), FakeIndex::compare);
    }
    return order;
  }

  /** From now on, items with the same sort key come in two orders that have nothing in common. */
  public void breakMirror() {
    NavigableMap<Map<String, Object>, Map<String, Object>> other =
        new TreeMap<>(order(random.nextInt()));
    other.putAll(index);
    backwards = Optional.of(other.descendingMap());
  }

  public static int compare(Object a, Object b) {
    return a instanceof BigDecimal number
        ? number.compareTo((BigDecimal) b)
        : Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static byte[] bytes(Object key) {
    return key instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) key;
  }

  /** Returns what tells an item from others. */
  public Object key(Map<String, Object> item) {
    return info.keyNames().stream().map(name -> SameValue.canonical(item.get(name))).toList();
  }

  /** Puts an item into the table, and into the index if it has its keys. */
  public void put(Map<String, Object> item) {
    remove(key(item));
    putBehind(item);
    if (keys.stream().allMatch(key -> item.containsKey(key.name()))) {
      index.put(item, item);
    }
  }

  /** Puts an item into the table, of which the index does not know yet. */
  public void putBehind(Map<String, Object> item) {
    table.put(key(item), item);
  }

  public void remove(Object key) {
    Map<String, Object> item = table.remove(key);
    if (item != null) {
      index.remove(item);
    }
  }

  /** Returns whether there is an item with the same key. */
  public boolean isThere(Map<String, Object> item) {
    return table.containsKey(key(item));
  }

  /** Returns the items in the order of the index. */
  public List<Map<String, Object>> items() {
    return List.copyOf(index.values());
  }

  @Override
  public synchronized Reply to(String operation, String body) throws IOException {
    meanwhile.run();
    JsonNode request = JSON.readTree(body);
    return operation.equals("Query") ? query(request) : batch(request);
  }

  private Reply query(JsonNode request) throws IOException {
    Predicate<Map<String, Object>> asked = condition(request);
    boolean down = request.path("ScanIndexForward").isBoolean();
    var left = down ? backwards.orElseGet(index::descendingMap) : index;
    boolean first = !request.has("ExclusiveStartKey");
    Map<String, Object> last = null;
    if (!first) {
      last = attributes(request.get("ExclusiveStartKey"));
      assertThat(asked).as("the provided starting key is outside query boundaries").accepts(last);
      left = left.tailMap(last, false);
    }
    int most = Math.min(request.path("Limit").asInt(mostOnPage), 1 + random.nextInt(mostOnPage));
    if (!first && random.nextInt(8) == 0) {
      most = 0;
    }
    var page = left.values().stream().filter(asked).limit(most + 1).collect(Collectors.toList());
    boolean more = page.size() > most;
    if (more) {
      page.remove(most);
    }
    last = page.isEmpty() ? last : page.get(page.size() - 1);
    // At its end, the service may know so only after one more page.
    boolean tellsMore = more || !page.isEmpty() && random.nextBoolean();
    List<String> items =
        page.stream()
            .filter(item -> !request.has("FilterExpression") || item.containsKey("kept"))
            .map(item -> json(item, projected(request, whole ? item.keySet().stream() : keys())))
            .toList();
    boolean counts = request.path("Select").asText().equals("COUNT");
    return Reply.of(
        "{\"Items\":%s,\"Count\":%d,\"ScannedCount\":%d%s,\"ConsumedCapacity\":{\"CapacityUnits\":1}}"
            .formatted(
                counts ? "[]" : items,
                items.size(),
                page.size(),
                tellsMore ? ",\"LastEvaluatedKey\":" + json(last, keys()) : ""));
  }

  private Stream<String> keys() {
    return keys.stream().map(TableInfo.Key::name);
  }

  private Reply batch(JsonNode request) throws IOException {
    JsonNode asked = request.get("RequestItems").get(info.name());
    List<String> items = new ArrayList<>();
    for (JsonNode key : asked.get("Keys")) {
      Map<String, Object> item = table.get(key(attributes(key)));
      if (item != null) {
        items.add(json(item, projected(asked, item.keySet().stream())));
      }
    }
    return Reply.of(
        "{\"Responses\":{\"%s\":%s},\"UnprocessedKeys\":{}}".formatted(info.name(), items));
  }

  private static Stream<String> projected(JsonNode request, Stream<String> all) {
    if (!request.has("ProjectionExpression")) {
      return all;
    }
    List<String> names =
        Stream.of(request.get("ProjectionExpression").asText().split(","))
            .map(name -> request.get("ExpressionAttributeNames").get(name).asText())
            .toList();
    return all.filter(names::contains);
  }

  private static Predicate<Map<String, Object>> condition(JsonNode request) throws IOException {
    Map<String, Object> values = attributes(request.get("ExpressionAttributeValues"));
    JsonNode names = request.get("ExpressionAttributeNames");
    String expression = request.get("KeyConditionExpression").asText();
    Predicate<Map<String, Object>> all = item -> true;
    Matcher part = CONDITION.matcher(expression);
    int end = 0;
    while (part.find()) {
      assertThat(expression.substring(end, part.start())).isEqualTo(end == 0 ? "" : " AND ");
      end = part.end();
      String word =
          part.group(1) != null ? "begins" : part.group(3) != null ? "BETWEEN" : part.group(7);
      String[] used =
          Stream.of(1, 2, 3, 4, 5, 6, 8)
              .map(part::group)
              .filter(group -> group != null)
              .toArray(String[]::new);
      String name = names.get(used[0]).asText();
      Object low = values.get(used[1]);
      Object high = used.length > 2 ? values.get(used[2]) : low;
      assertThat(compare(low, high)).as("BETWEEN needs a lower bound below").isNotPositive();
      all = all.and(item -> fits(item.get(name), word, low, high));
    }
    assertThat(expression.substring(end)).isEmpty();
    return all;
  }

  private static boolean fits(Object key, String word, Object low, Object high) {
    if (word.equals("begins")) {
      int length = bytes(low).length;
      return bytes(key).length >= length
          && Arrays.equals(Arrays.copyOf(bytes(key), length), bytes(low));
    }
    int order = compare(key, low);
    return switch (word) {
      case "=" -> order == 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> order >= 0 && compare(key, high) <= 0;
    };
  }

  private static Map<String, Object> attributes(JsonNode attributes) throws IOException {
    return new ItemMap(Item.of(attributes.toString()));
  }

  private static String json(Map<String, Object> item, Stream<String> names) {
    return names
        .map(name -> quoted(name) + ":" + value(item.get(name)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String name) {
    return new String(RequestJson.quoted(name), StandardCharsets.UTF_8);
  }

  private static String value(Object value) {
    byte[] json = Json.bytes(to -> AttributeJson.write(to, value));
    return new String(json, StandardCharsets.UTF_8);
  }
}
