package org.dynocopy.testing.servers;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Two tables compared item by item, by the SDK and nothing of ours. Numbers are compared as the
 * text that the server gives, sets without regard to order, binary by bytes.
 *
 * <p>{@link #byValue} takes two texts of one number for the same. It is for servers of two makes:
 * inside of lists and maps, DynamoDB Local keeps {@code 1.0} and {@code 1E-130} as they were
 * written, where dynalite and the service write numbers in one way.
 *
 * @param same how many items are the same
 * @param missing keys that only the source has
 * @param extra keys that only the target has
 * @param different keys of items that both have and that differ
 */
public record TableComparison(
    int same, List<String> missing, List<String> extra, List<String> different) {

  /** Many segments: DynamoDB Local takes a time for a page that grows with the segment. */
  static final int SEGMENTS = 64;

  /** Compares all items. */
  public static TableComparison of(URI fromServer, String from, URI toServer, String to) {
    return compare(
        digests(fromServer, from, n -> n), digests(toServer, to, n -> n), String::equals);
  }

  /** Compares items by their keys' text. */
  public static TableComparison of(
      Map<String, Map<String, AttributeValue>> from, Map<String, Map<String, AttributeValue>> to) {
    return compare(from, to, (one, other) -> same(one, other, false));
  }

  /** Compares all items, where two texts of one number are the same. */
  public static TableComparison byValue(URI fromServer, String from, URI toServer, String to) {
    UnaryOperator<String> plain = TableComparison::plain;
    return compare(digests(fromServer, from, plain), digests(toServer, to, plain), String::equals);
  }

  /** Compares the JSON of the servers' answers, without the SDK's reading of it. */
  public static TableComparison ofJson(URI fromServer, String from, URI toServer, String to) {
    return compare(RawScan.items(fromServer, from), RawScan.items(toServer, to), String::equals);
  }

  /** Returns whether two items have the same attributes. */
  public static boolean same(
      Map<String, AttributeValue> one, Map<String, AttributeValue> other, boolean byValue) {
    UnaryOperator<String> number = byValue ? TableComparison::plain : text -> text;
    return text(one, number).equals(text(other, number));
  }

  private static <T> TableComparison compare(
      Map<String, T> from, Map<String, T> to, BiPredicate<T, T> equal) {
    List<String> missing = new ArrayList<>();
    List<String> different = new ArrayList<>();
    int same = 0;
    for (Map.Entry<String, T> item : from.entrySet()) {
      T other = to.get(item.getKey());
      if (other == null) {
        missing.add(item.getKey());
      } else if (!equal.test(item.getValue(), other)) {
        different.add(item.getKey());
      } else {
        same++;
      }
    }
    List<String> extra = to.keySet().stream().filter(key -> !from.containsKey(key)).toList();
    return new TableComparison(same, missing, extra, different);
  }

  /** Returns whether both tables have the same items. */
  public boolean isSame() {
    return missing.isEmpty() && extra.isEmpty() && different.isEmpty();
  }

  /** Returns all items of a table by the text of their keys. */
  public static Map<String, Map<String, AttributeValue>> items(URI server, String table) {
    return items(server, table, SEGMENTS);
  }

  /** Returns the same of a small table in less time. */
  public static Map<String, Map<String, AttributeValue>> items(
      URI server, String table, int segments) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    scan(server, table, segments, items::put);
    return items;
  }

  /** Returns less than a hundred bytes for each item: two large tables fit into a small heap. */
  private static Map<String, String> digests(
      URI server, String table, UnaryOperator<String> number) {
    Map<String, String> digests = new HashMap<>();
    scan(server, table, SEGMENTS, (key, item) -> digests.put(key, digest(text(item, number))));
    return digests;
  }

  private static void scan(
      URI server,
      String table,
      int segments,
      BiConsumer<String, Map<String, AttributeValue>> each) {
    try (DynamoDbClient client = TestServers.client(server)) {
      List<String> keys =
          client.describeTable(r -> r.tableName(table)).table().keySchema().stream()
              .map(k -> k.attributeName())
              .toList();
      for (int segment = 0; segment < segments; segment++) {
        ScanRequest scan =
            ScanRequest.builder().tableName(table).segment(segment).totalSegments(segments).build();
        client.scanPaginator(scan).items().forEach(item -> each.accept(key(keys, item), item));
      }
    }
  }

  /** Returns what stands for a text and is not longer than a line. */
  static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the text of an item's key. */
  static String key(List<String> names, Map<String, AttributeValue> item) {
    // By value: two tables may write the number in a key differently.
    return names.stream()
        .map(name -> text(item.get(name), TableComparison::plain))
        .collect(Collectors.joining(" | "));
  }

  private static String text(Map<String, AttributeValue> map, UnaryOperator<String> number) {
    Set<String> entries = new TreeSet<>();
    map.forEach(
        (name, value) -> entries.add(name.length() + ":" + name + "=" + text(value, number)));
    return entries.toString();
  }

  private static String text(AttributeValue value, UnaryOperator<String> number) {
    return switch (value.type()) {
      case M -> "M" + text(value.m(), number);
      case L -> "L" + value.l().stream().map(element -> text(element, number)).toList();
      case SS -> "SS" + sorted(value.ss(), text -> text.length() + ":" + text);
      case NS -> "NS" + sorted(value.ns(), number);
      case BS -> "BS" + sorted(value.bs(), TableComparison::hex);
      case B -> "B" + hex(value.b());
      case S -> "S" + value.s().length() + ":" + value.s();
      case N -> "N" + number.apply(value.n());
      case BOOL -> "BOOL" + value.bool();
      case NUL -> "NULL";
      default -> throw new AssertionError("an unknown type: " + value);
    };
  }

  private static <T> Set<String> sorted(List<T> set, Function<? super T, String> text) {
    return set.stream().map(text).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String hex(SdkBytes bytes) {
    return HexFormat.of().formatHex(bytes.asByteArrayUnsafe());
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }
}
