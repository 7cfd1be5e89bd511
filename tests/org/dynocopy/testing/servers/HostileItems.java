package org.dynocopy.testing.servers;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items that a careless copy changes or loses: extreme numbers, empty values, sets and binaries
 * inside of maps, texts and names that look like JSON, 390 KB in one item.
 *
 * <p>The same ones for the same arguments, each with a key of its own. Each has a few of the
 * hostilities, in turn; of {@value #RARE} items one is large, in one of four ways, and one has a
 * name of 65,535 bytes.
 */
public final class HostileItems {

  /** Of so many items, one is large, and one has a very long attribute name. */
  public static final int RARE = 1_000;

  /** The name of the partition key. */
  public static final String ID = "id";

  /** The name of the sort key, where there is one. */
  public static final String SORT = "range";

  private static final int LARGE = 390 * 1024;
  private static final int LONGEST_NAME = 65_535;

  /** Edges of what a number can be, as different texts of it. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1",
          "1.0",
          "1.10",
          "-1",
          "007",
          "1e3",
          "1E+20",
          "0.1",
          "9007199254740993",
          "-9223372036854775809",
          "3.1415926535897932384626433832795028842",
          "12345678901234567890123456789012345678",
          "-0.00000000000000000000000000000000000001",
          "1E-130",
          "-1E-130",
          "1.2345678901234567890123456789012345678E-93",
          "9.9999999999999999999999999999999999999E+125",
          "-9.9999999999999999999999999999999999999E+125");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\"",
          "\\",
          "\\\\\"",
          "\\u0041",
          "{\"S\":\"x\"}",
          "\"}},{\"PutRequest\":{\"Item\":{",
          "],\"Count\":1,\"LastEvaluatedKey\":{\"id\":{\"S\":\"a\"}}}",
          "}]}]}}",
          "[[[[{{{{",
          "null",
          "</script>",
          "1.0",
          "\0",
          controls(),
          "\u007f\u0085\u00a0\u00ad\u200b\u2028\u2029\ufeff\ufffd\uffff",
          "ÅÅ ß İı ﬁ",
          "日本語 한국어 العربية עברית",
          "😀👩‍👩‍👧\ud800\udc00\udbff\udfff");

  private static final List<String> NAMES =
      List.of(
          "S",
          "N",
          "M",
          "NULL",
          "Item",
          "Items",
          "PutRequest",
          "UnprocessedItems",
          "LastEvaluatedKey",
          "Count",
          "size",
          "SELECT",
          "name",
          "a.b",
          "a[0]",
          "#n",
          ":v",
          "$",
          " ",
          "\"",
          "\\",
          "{",
          "}",
          "\\u0041",
          "\n\t\u0001",
          "é",
          "é",
          "名前",
          "😀");

  private final String type;
  private final String sortType;

  private final List<Consumer<Builder>> hostilities =
      List.of(
          HostileItems::numbers,
          HostileItems::empties,
          HostileItems::binaries,
          HostileItems::texts,
          HostileItems::names,
          HostileItems::deep,
          HostileItems::sets,
          HostileItems::plain);

  private HostileItems(String type, String sortType) {
    this.type = type;
    this.sortType = sortType;
  }

  /** Items with the key {@link #ID}, a string. */
  public static Stream<Map<String, AttributeValue>> of(long count) {
    return of("S", count);
  }

  /** Items with odd values of the type {@code S}, {@code N} or {@code B} in the key {@link #ID}. */
  public static Stream<Map<String, AttributeValue>> of(String type, long count) {
    return of(type, null, count);
  }

  /** Items with the key {@link #ID} and {@link #SORT}; twenty have the same {@link #ID}. */
  public static Stream<Map<String, AttributeValue>> of(String type, String sortType, long count) {
    var items = new HostileItems(type, sortType);
    return LongStream.range(0, count).mapToObj(items::item);
  }

  private Map<String, AttributeValue> item(long i) {
    var item = new Builder(i);
    item.put(ID, key(type, sortType == null ? i : i / 20));
    if (sortType != null) {
      item.put(SORT, key(sortType, i));
    }
    if (i % RARE == RARE / 2) {
      large(item);
    } else if (i % RARE == RARE / 3) {
      item.put("x".repeat(LONGEST_NAME), text("longest name"));
    } else {
      int first = (int) (i % hostilities.size());
      hostilities.get(first).accept(item);
      hostilities.get((first + 1 + item.random.nextInt(3)) % hostilities.size()).accept(item);
    }
    return item.attributes;
  }

  /** A different value for each {@code i}. */
  private static AttributeValue key(String type, long i) {
    return switch (type) {
      case "S" -> text(keyText(i));
      case "N" -> number(keyNumber(i));
      case "B" -> binary(keyBytes(i));
      default -> throw new IllegalArgumentException("no key is of type " + type);
    };
  }

  private static String keyText(long i) {
    String odd = TEXTS.get((int) (i % TEXTS.size()));
    return i % 3 == 0 ? i + odd : odd + i + "#" + (i % 50 == 1 ? "k".repeat(900) : "");
  }

  private static String keyNumber(long i) {
    var number = BigDecimal.valueOf(i % 2 == 0 ? i : -i);
    return switch ((int) (i % 5)) {
      case 0 -> number.toPlainString();
      case 1 -> number.add(new BigDecimal("0.00000000000000000000000000001")).toPlainString();
      case 2 -> number.scaleByPowerOfTen(-110).toString();
      case 3 -> number.scaleByPowerOfTen(100).toString();
      default -> number.toPlainString() + ".5";
    };
  }

  private static byte[] keyBytes(long i) {
    var bytes = new byte[8 + (int) (i % 7) * 20];
    Arrays.fill(bytes, (byte) (i % 2 == 0 ? 0 : 0xff));
    for (int at = 0; at < 8; at++) {
      bytes[at] = (byte) (i >>> 8 * at);
    }
    return bytes;
  }

  private static void numbers(Builder item) {
    var nested = new ArrayList<AttributeValue>();
    for (int at = 0; at < NUMBERS.size(); at++) {
      nested.add(number(NUMBERS.get(at)));
      if (item.random.nextInt(3) == 0) {
        item.put("n" + at, number(NUMBERS.get(at)));
      }
    }
    item.put("numbers", AttributeValue.fromL(nested));
  }

  private static void empties(Builder item) {
    var all = new LinkedHashMap<String, AttributeValue>();
    all.put("text", text(""));
    all.put("binary", binary());
    all.put("list", AttributeValue.fromL(List.of()));
    all.put("map", AttributeValue.fromM(Map.of()));
    all.put("null", AttributeValue.fromNul(true));
    all.put("no", AttributeValue.fromBool(false));
    all.forEach(item::put);
    item.put("nested", AttributeValue.fromM(all));
    item.put("elements", AttributeValue.fromL(List.copyOf(all.values())));
  }

  private static void binaries(Builder item) {
    var every = new byte[256];
    for (int at = 0; at < every.length; at++) {
      every[at] = (byte) at;
    }
    var some = new byte[item.random.nextInt(1, 100)];
    item.random.nextBytes(some);
    var set = AttributeValue.fromBs(List.of(bytes(0), bytes(), bytes(0, 0), bytes(0xff, 0xfe)));
    item.put("binary", binary(every));
    item.put("binaries", set);
    item.put(
        "nested",
        AttributeValue.fromM(
            Map.of("b", binary(some), "l", AttributeValue.fromL(List.of(set, binary(0xff))))));
  }

  private static void texts(Builder item) {
    for (int at = 0; at < TEXTS.size(); at++) {
      item.put("t" + at, text(TEXTS.get(at)));
    }
    item.put("all", text(String.join(",", TEXTS)));
    item.put("list", AttributeValue.fromL(TEXTS.stream().map(HostileItems::text).toList()));
    item.put("long", text("\u0001\"é😀".repeat(item.random.nextInt(500))));
  }

  private static void names(Builder item) {
    var map = new LinkedHashMap<String, AttributeValue>();
    NAMES.forEach(name -> map.put(name, text(name)));
    NAMES.forEach(name -> item.put(name, number("1")));
    item.put("named", AttributeValue.fromM(map));
  }

  private static void deep(Builder item) {
    var value = text("}]}]");
    for (int level = 0; level < 31; level++) { // a 32nd is refused
      value =
          level % 2 == 0
              ? AttributeValue.fromL(List.of(value, number("1.0")))
              : AttributeValue.fromM(Map.of("L", value, "S", AttributeValue.fromNul(true)));
    }
    item.put("deep", value);
  }

  private static void sets(Builder item) {
    var texts = AttributeValue.fromSs(TEXTS);
    var numbers =
        AttributeValue.fromNs(
            List.of("1", "-1", "1E-130", "12345678901234567890123456789012345678", "0.5"));
    item.put("texts", texts);
    item.put("numbers", numbers);
    item.put(
        "nested",
        AttributeValue.fromL(
            List.of(texts, numbers, AttributeValue.fromBs(List.of(bytes(1), bytes(2, 1))))));
  }

  private static void plain(Builder item) {
    for (int at = 0; at < 60; at++) {
      item.put("a" + at, at % 2 == 0 ? text("v" + at) : AttributeValue.fromBool(at % 3 == 0));
    }
  }

  /** Nearly all that an item can hold, in one value or in thousands. */
  private static void large(Builder item) {
    switch ((int) (item.number / RARE % 4)) {
      case 0 -> item.put("text", text("x".repeat(LARGE)));
      case 1 -> item.put("text", text("\"\u0001é😀\\".repeat(LARGE / 9)));
      case 2 -> {
        var bytes = new byte[LARGE];
        item.random.nextBytes(bytes);
        item.put("binary", binary(bytes));
      }
      default -> {
        var list = new ArrayList<AttributeValue>();
        for (int at = 0; at < LARGE / 40; at++) {
          list.add(number("0.12345678901234567890123456789012345678"));
        }
        item.put("numbers", AttributeValue.fromL(list));
      }
    }
  }

  private static String controls() {
    var controls = new byte[32];
    for (int at = 0; at < controls.length; at++) {
      controls[at] = (byte) at;
    }
    return new String(controls, StandardCharsets.US_ASCII);
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(String value) {
    return AttributeValue.fromN(value);
  }

  private static AttributeValue binary(int... value) {
    return AttributeValue.fromB(bytes(value));
  }

  private static AttributeValue binary(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }

  private static SdkBytes bytes(int... value) {
    var bytes = new byte[value.length];
    for (int at = 0; at < value.length; at++) {
      bytes[at] = (byte) value[at];
    }
    return SdkBytes.fromByteArray(bytes);
  }

  private static final class Builder {
    final long number;
    final SplittableRandom random;
    final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    Builder(long number) {
      this.number = number;
      this.random = new SplittableRandom(number);
    }

    /** Adds an attribute, but leaves those of the key alone. */
    void put(String name, AttributeValue value) {
      attributes.putIfAbsent(name, value);
    }
  }
}
