package org.dynocopy.store.dynamo.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.SameValue;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * The keys that a query asks for, with the types of the table's or the index's key attributes.
 *
 * @param partition the attributes of the partition key
 * @param sort the attributes of the sort key
 * @param values the partition keys, each a value for every attribute; empty if they are in a file
 * @param file the file with the partition keys
 * @param condition the condition on the sort key
 */
public record QueryKeys(
    List<TableInfo.Key> partition,
    List<TableInfo.Key> sort,
    List<List<Object>> values,
    Optional<KeysFile> file,
    Optional<SortCondition> condition) {

  /**
   * A condition on the attributes of a sort key, from the left: the same for all but the last one
   * that is compared.
   *
   * @param equal the values of the attributes before it
   * @param word how it is compared
   * @param values with what
   */
  public record SortCondition(List<Object> equal, SortWord word, List<Object> values) {}

  /**
   * Checks a condition against the keys.
   *
   * @throws InvalidJobException if they have no such attributes or types
   */
  public static QueryKeys of(
      KeyCondition where, Reading reading, TableInfo table, Optional<TableInfo.Index> index) {
    List<TableInfo.Key> partition =
        index.map(TableInfo.Index::partition).orElse(table.keys().subList(0, 1));
    List<TableInfo.Key> sort =
        index.map(TableInfo.Index::sort).orElse(table.keys().subList(1, table.keys().size()));
    Location at = reading.words().at("pk", "where");
    // The same key twice would be read, and paid for, twice.
    Map<Object, List<Object>> values = new LinkedHashMap<>();
    for (Object value : where.partitionKeys()) {
      List<Object> key = partitionKey(partition, value, at);
      values.putIfAbsent(canonical(key), key);
    }
    Optional<KeysFile> file = where.keysFile().map(path -> KeysFile.of(path, partition, at));
    String what =
        index.map(i -> "the index `" + i.name() + "`").orElse("`" + reading.table() + "`");
    Location sortAt = reading.words().at("sk", "where");
    Optional<SortCondition> condition =
        where.sort().map(s -> sortCondition(s, partition, sort, what, sortAt));
    return new QueryKeys(partition, sort, List.copyOf(values.values()), file, condition);
  }

  /** Returns the partition keys, those of a file as they are asked for. */
  public Iterable<List<Object>> all() {
    return file.isPresent() ? file.get() : values;
  }

  /** Returns a value for each attribute of a partition key. */
  static List<Object> partitionKey(List<TableInfo.Key> partition, Object value, Location at) {
    Map<?, ?> parts = parts(partition, value, at);
    if (parts.size() < partition.size()) {
      throw new InvalidJobException(
          at, "a query needs all attributes of the partition key: " + names(partition));
    }
    return partition.stream().map(key -> typed(key, parts.get(key.name()), at)).toList();
  }

  /** Returns the values by attribute: the value itself is for the first one. */
  private static Map<?, ?> parts(List<TableInfo.Key> keys, Object value, Location at) {
    Map<?, ?> parts = value instanceof Map<?, ?> map ? map : Map.of(keys.get(0).name(), value);
    for (Object name : parts.keySet()) {
      if (keys.stream().noneMatch(key -> key.name().equals(name))) {
        throw new InvalidJobException(
            at, "`" + name + "` is not an attribute of this key: it has " + names(keys));
      }
    }
    return parts;
  }

  private static SortCondition sortCondition(
      KeyCondition.Sort said,
      List<TableInfo.Key> partition,
      List<TableInfo.Key> sort,
      String what,
      Location at) {
    if (sort.isEmpty()) {
      throw new InvalidJobException(
          at, what + " has no sort key to compare: its key is " + names(partition));
    }
    List<List<Object>> bounds = new ArrayList<>();
    for (Object value : said.values()) {
      Map<?, ?> parts = parts(sort, value, at);
      List<Object> typed = new ArrayList<>();
      for (TableInfo.Key key : sort.subList(0, parts.size())) {
        if (!parts.containsKey(key.name())) {
          throw new InvalidJobException(
              at, "the attributes of a sort key are compared from the left: " + names(sort));
        }
        typed.add(typed(key, parts.get(key.name()), at));
      }
      bounds.add(typed);
    }
    int last = bounds.get(0).size() - 1;
    List<Object> equal = bounds.get(0).subList(0, last);
    for (List<Object> bound : bounds) {
      if (bound.size() != last + 1 || !canonical(bound.subList(0, last)).equals(canonical(equal))) {
        throw new InvalidJobException(
            at, "`skBetween` takes two sort keys that differ in their last attribute alone");
      }
    }
    TableInfo.Key compared = sort.get(last);
    if (said.word() == SortWord.BEGINS && compared.type() == KeyAttributeType.N) {
      throw new InvalidJobException(
          at, "numbers have no prefix: `" + compared.name() + "` is of type N; use `skBetween`");
    }
    List<Object> values = bounds.stream().map(bound -> bound.get(last)).toList();
    if (said.word() == SortWord.BETWEEN
        && KeyAttributeType.compare(values.get(0), values.get(1)) > 0) {
      throw new InvalidJobException(
          at,
          "a range of sort keys goes from the lower to the higher one: "
              + values.stream().map(QueryKeys::quoted).collect(Collectors.joining(" to "))
              + " has nothing in it");
    }
    return new SortCondition(equal, said.word(), values);
  }

  private static Object typed(TableInfo.Key key, Object value, Location at) {
    return key.type()
        .of(value)
        .orElseThrow(
            () ->
                new InvalidJobException(
                    at,
                    "the key `"
                        + key.name()
                        + "` is of type "
                        + key.type()
                        + ": "
                        + quoted(value)
                        + " is not"));
  }

  private static String quoted(Object value) {
    return value instanceof byte[] ? "bytes" : "`" + value + "`";
  }

  private static String names(List<TableInfo.Key> keys) {
    return keys.stream().map(TableInfo.Key::toString).collect(Collectors.joining(", "));
  }

  private static List<Object> canonical(List<Object> values) {
    return values.stream().map(SameValue::canonical).toList();
  }

  /** Returns the same with a range of sort keys, both ends included, as the condition. */
  public QueryKeys between(Object low, Object high) {
    return with(SortWord.BETWEEN, List.of(low, high));
  }

  /** Returns the same with another condition on the sort key. */
  QueryKeys with(SortWord word, List<Object> bounds) {
    SortCondition range = new SortCondition(List.of(), word, bounds);
    return new QueryKeys(partition, sort, values, file, Optional.of(range));
  }

  /**
   * Returns what of the condition is above a sort key; empty if nothing is, or it cannot be said: a
   * query has no condition for above one key and below another.
   */
  public Optional<QueryKeys> above(Object key) {
    SortWord word = condition.map(SortCondition::word).orElse(SortWord.AT_LEAST);
    Object bound = condition.map(c -> c.values().get(c.values().size() - 1)).orElse(key);
    return KeyRange.next(key)
        .flatMap(
            next ->
                switch (word) {
                  case AT_LEAST, GREATER -> Optional.of(with(SortWord.AT_LEAST, List.of(next)));
                  case AT_MOST, BETWEEN -> upTo(next, bound);
                  case BEGINS -> upTo(next, KeyAttributeType.lastWith(bound));
                  case EQUALS, LESS -> Optional.empty();
                });
  }

  private Optional<QueryKeys> upTo(Object low, Object high) {
    return KeyAttributeType.compare(low, high) <= 0
        ? Optional.of(between(low, high))
        : Optional.empty();
  }

  /** Returns the conditions that a query sends, joined by AND. */
  public String expression(List<Object> partitionKey, RequestJson request) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < partition.size(); i++) {
      conditions.add(equal(request, partition.get(i), partitionKey.get(i)));
    }
    condition.ifPresent(
        c -> {
          for (int i = 0; i < c.equal().size(); i++) {
            conditions.add(equal(request, sort.get(i), c.equal().get(i)));
          }
          TableInfo.Key compared = sort.get(c.equal().size());
          conditions.add(compare(request, compared, c.word(), c.values()));
        });
    return String.join(" AND ", conditions);
  }

  private static String equal(RequestJson request, TableInfo.Key key, Object value) {
    return compare(request, key, SortWord.EQUALS, List.of(value));
  }

  /** Returns one condition of a query. */
  public static String compare(
      RequestJson request, TableInfo.Key key, SortWord word, List<Object> values) {
    String condition = word.expression().replace("#", request.name(key.name()));
    condition = condition.replace(":a", request.value(values.get(0)));
    return values.size() < 2 ? condition : condition.replace(":b", request.value(values.get(1)));
  }

  /** Returns how many partition keys there are, each counted once. */
  public long number() {
    return file.map(KeysFile::keys).orElse((long) values.size());
  }

  /** Returns what tells the items that are asked for; it holds digests of all keys of a file. */
  public Predicate<Map<String, Object>> matching() {
    Predicate<List<Object>> asked = file.map(KeysFile::contained).orElseGet(this::listed);
    return item ->
        partition.stream().allMatch(key -> key.type().is(item.get(key.name())))
            && asked.test(partition.stream().map(key -> item.get(key.name())).toList())
            && matchesSort(item);
  }

  private Predicate<List<Object>> listed() {
    Set<List<Object>> keys = values.stream().map(QueryKeys::canonical).collect(Collectors.toSet());
    return key -> keys.contains(canonical(key));
  }

  /** Returns whether an item is one that the query of this partition key asks for. */
  public boolean match(List<Object> partitionKey, Map<String, Object> item) {
    return matchesAll(partition, partitionKey, item) && matchesSort(item);
  }

  private boolean matchesSort(Map<String, Object> item) {
    // An item without a key of the index is not in it.
    if (!sort.stream().allMatch(key -> key.type().is(item.get(key.name())))) {
      return false;
    }
    if (condition.isEmpty()) {
      return true;
    }
    SortCondition c = condition.get();
    TableInfo.Key compared = sort.get(c.equal().size());
    return matchesAll(sort, c.equal(), item) && matches(compared, c.word(), c.values(), item);
  }

  private static boolean matchesAll(
      List<TableInfo.Key> keys, List<Object> values, Map<String, Object> item) {
    for (int i = 0; i < values.size(); i++) {
      if (!matches(keys.get(i), SortWord.EQUALS, List.of(values.get(i)), item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(
      TableInfo.Key key, SortWord word, List<Object> values, Map<String, Object> item) {
    Optional<Object> is = Optional.ofNullable(item.get(key.name()));
    return is.filter(key.type()::is)
        .filter(value -> key.type().compares(value, word, values))
        .isPresent();
  }

  /** Returns how the partition key is called in messages. */
  public String name(List<Object> partitionKey) {
    return "partition key "
        + partitionKey.stream().map(AttributeJson::text).collect(Collectors.joining(", "));
  }
}
