package org.dynocopy.store.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.selection;
import static org.dynocopy.store.dynamo.TableInfos.sorted;
import static org.dynocopy.store.dynamo.TableInfos.users;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/**
 * An item is taken for one that a query asks for if and only if it has these keys, of the index's
 * types: what is removed by an index is looked at so right before its request.
 */
class KeyMatchLawTest {

  @Test
  void itemMatchesIfItsKeysAreAsked() {
    Cases.forAll(3_000, KeyMatchLawTest::check);
  }

  private static void check(Random random) {
    KeyAttributeType type = KeyAttributeType.values()[random.nextInt(3)];
    SortWord word = SortWord.values()[random.nextInt(SortWord.values().length)];
    if (type == KeyAttributeType.N && word == SortWord.BEGINS) {
      return;
    }
    Object low = value(type, random);
    Object high = value(type, random);
    if (word == SortWord.BETWEEN && order(low, high) >= 0) {
      return;
    }
    TableInfo.Index index =
        new TableInfo.Index(
            "byBoth",
            true,
            List.of(TableInfos.TENANT),
            List.of(new TableInfo.Key("s", type)),
            true,
            Set.of(),
            1,
            1);
    KeyCondition tenants = where(Optional.of("byBoth"), "t1", "t2");
    KeyCondition asked =
        word == SortWord.BETWEEN ? sorted(tenants, word, low, high) : sorted(tenants, word, low);
    QueryKeys keys = selection(users(0, index), plan -> plan.where(asked, AT)).keys().orElseThrow();

    Map<String, Object> item = new HashMap<>(Map.of("id", "a", "at", BigDecimal.ONE));
    Object tenant = random.nextInt(8) == 0 ? BigDecimal.ONE : "t" + random.nextInt(4);
    Object sort = value(random.nextInt(8) == 0 ? KeyAttributeType.S : type, random);
    if (random.nextInt(12) > 0) {
      item.put("tenant", tenant);
    }
    if (random.nextInt(12) > 0) {
      item.put("s", sort);
    }
    boolean ofType = item.containsKey("s") && sort.getClass() == low.getClass();
    boolean sorted = ofType && isAsked(word, sort, low, high);
    boolean listed = item.containsKey("tenant") && Set.of("t1", "t2").contains(tenant);
    String what = type + " " + word + " " + text(low) + " " + text(high) + ": " + item;
    assertThat(keys.matching().test(item)).as(what).isEqualTo(listed && sorted);
    assertThat(keys.match(List.of("t1"), item))
        .as(what)
        .isEqualTo(listed && tenant.equals("t1") && sorted);
  }

  private static boolean isAsked(SortWord word, Object sort, Object low, Object high) {
    int order = order(sort, low);
    return switch (word) {
      case EQUALS -> order == 0;
      case BEGINS -> text(sort).startsWith(text(low));
      case BETWEEN -> order >= 0 && order(sort, high) <= 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  private static Object value(KeyAttributeType type, Random random) {
    String digits = random.nextInt(4) + (random.nextBoolean() ? ".0" : "");
    return switch (type) {
      case N -> new BigDecimal((random.nextBoolean() ? "-" : "") + digits);
      // By code point the last one is the greatest, though not by UTF-16 units.
      case S -> some(random, "a", "b", "\uff5e", "\ud83d\ude00");
      case B -> bytes(some(random, "00", "01", "7f", "80", "ff"));
    };
  }

  private static String some(Random random, String... of) {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> of[random.nextInt(of.length)])
        .reduce("", String::concat);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static int order(Object one, Object other) {
    if (one instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) other);
    }
    return Arrays.compareUnsigned(raw(one), raw(other));
  }

  private static byte[] raw(Object value) {
    return value instanceof byte[] bytes ? bytes : value.toString().getBytes(UTF_8);
  }

  private static String text(Object value) {
    return HexFormat.of().formatHex(raw(value));
  }
}
