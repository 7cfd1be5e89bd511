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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the code of a recipe makes of the values of a table. */
@Execution(ExecutionMode.CONCURRENT)
class TableValuesTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  private static final String ITEM =
      """
      {"PK":{"S":"USER#2"},"Id":{"N":"102"},"price":{"N":"1.50"},"hundred":{"N":"1E+2"},
      "long":{"N":"1700000000000"},"big":{"N":"12345678901234567890123456789012345678"},
      "close":{"N":"12345678901234567890123456789012345679"},"max":{"N":"2147483647"},
      "small":{"N":"1E-130"},"flag":{"BOOL":true},"deleted":{"N":"1"},"nothing":{"NULL":true},
      "ns":{"NS":["7","1.50","100"]},"ss":{"SS":["a","USER#2"]},"bin":{"B":"AP8="},
      "bs":{"BS":["AP8=","AA=="]},
      "list":{"L":[{"N":"1.0"},{"S":"x"},{"N":"102"},{"M":{"n":{"N":"5.0"}}}]},
      "geo":{"M":{"properties":{"S":"p"},"metaClass":{"S":"m"},"class":{"S":"c"},"empty":{"BOOL":false},
      "n":{"N":"102.0"},"size":{"N":"3"},"deep":{"M":{"properties":{"N":"1"}}}}},
      "properties":{"M":{"status":{"S":"old"}}},"metaClass":{"S":"mc"},"class":{"S":"k"},
      "empty":{"S":"full"},"size":{"N":"9"},"values":{"S":"v"},
      "friends":{"L":[{"M":{"properties":{"S":"a"},"n":{"N":"1.50"}}},{"M":{"n":{"N":"2"}}}]},
      "text":{"S":"102"},"1":{"S":"one"}}
      """;

  @TempDir Path folder;

  private static final String BEFORE =
      """
      import java.time.*
      param 'n', default: 102
      param 'p', default: 1.50
      param 'l', default: 102L
      def ids = [101, 102]
      def longs = [101L, 102L]
      def prices = [1.5, 2.50] as Set
      def keep = (1..3).collect { "USER#$it" }
      def byId = [101: 'a', 102: 'b']
      def byKey = [("USER#${1 + 1}"): true]
      def cutoff = 60 * 365 * 24 * 3600 * 1000
      int typed = 102
      long wide = 102
      BigDecimal exact = 102.00
      def none = null
      def names = ["a", "USER#${2}"] as Set
      boolean same(a, b) { a == b }
      def twice(long x) { x * 2 }
      def decimal(BigDecimal x) { x in [102] && x == 102L }
      def integer(int x) { [102].contains(x) }
      def hasId = { [102].contains(it.Id) }
      long later() { 2147483647 + 1 }
      long far() { def x = 60 * 365 * 24 * 3600; return x * 1000 }
      int narrow() { 2147483647 + 1 }
      @groovy.transform.Field static final long FIELD = 102L
      copy {
        from 'prod:users'; to 'dev:users'
      """;

  /** Compiles all conditions at once, one on each line. */
  private List<ClientFilter> filters(List<String> conditions) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    StringBuilder recipe = new StringBuilder(BEFORE);
    conditions.forEach(condition -> recipe.append("  filter { " + condition + " }\n"));
    Files.writeString(file, recipe + "}\n");
    Copy copy = (Copy) Recipe.load(file, Map.of(), ENVIRONMENTS).get(0);
    return copy.reading().clientFilters();
  }

  private static boolean keeps(ClientFilter filter) throws Exception {
    return filter.test().keep(new ItemMap(Item.of(ITEM)));
  }

  private static final List<String> TRUE =
      List.of(
          "it.Id in [101, 102]",
          "ids.any { n -> n == it.Id } && " + "it.Id == 102 && ".repeat(40) + "it.flag",
          "('USER#' + none) == 'USER#null' && ids.get(1) == 102",
          "[101, 102].contains(it.Id)",
          "it.Id in 101..103",
          "it.Id in 101..<103",
          "!(it.Id in 1..<102)",
          "it.ns.contains(7)",
          "7 in it.ns",
          "1.5 in it.ns && 1.50 in it.ns && 100 in it.ns && 1E+2 in it.ns && 100L in it.ns",
          "switch (it.Id) { case [102, 103]: return true; default: return false }",
          "switch (it.Id) { case 102.0: return true }; false",
          "switch (it.Id) { case 100..110: return true }; false",
          "[101: true, 102: true][it.Id]",
          "byId[it.Id] == 'b' && byId.get(it.Id) == 'b' && byId.containsKey(it.Id)",
          "(it.Id + 1) in [103] && [103].contains(it.Id + 1) && [103: true][it.Id + 1]",
          "(it.Id - 1) in ids && ids.indexOf(it.Id) == 1 && ids.lastIndexOf(it.Id) == 1",
          "ids.containsAll([it.Id]) && ids.containsAll(it.Id, 101) == ids.containsAll([it.Id])",
          "longs.contains(it.Id) && it.Id in longs && it.Id in (longs as Set)",
          "it.price == 1.5 && it.price in [1.5] && it.price in [1.50] && [1.50] == [it.price]",
          "prices.contains(it.price) && it.price in prices && prices == [1.50, 2.5] as Set",
          "it.hundred == 100 && [100].contains(it.hundred) && it.hundred in [1E2]",
          "it.long in [1700000000000] && [1700000000000L].contains(it.long)",
          "it.big in [12345678901234567890123456789012345678]",
          "!(it.close in [12345678901234567890123456789012345678])",
          "it.close - it.big == 1 && it.big + 1 == it.close && (it.big + 1) in [it.close]",
          "it.max + 1 == 2147483648 && it.max * it.max == 4611686014132420609",
          "cutoff == 1892160000000 && 60 * 365 * 24 * 3600 * 1000 == cutoff && cutoff > it.long",
          "it.Id == typed && it.Id in [typed] && [wide].contains(it.Id) && [exact].contains(it.Id)",
          "same(it.Id, 102L) && twice(51) == it.Id && [twice(51)].contains(it.Id)",
          "Objects.equals(it.Id, 102) && Objects.equals(it.price, 1.50) && it.Id.equals(102L)",
          "byId.containsKey(it.Id) && [a: 102].containsValue(it.Id) && [a:"
              + " 1.5].containsValue(it.price)",
          "it.Id in [param('n')] && [param('l')].contains(it.Id) && it.price in [param('p')]",
          "[[102, 'x']].contains([it.Id, 'x']) && [n: 102] == [n: it.Id] && [it.geo.n] == [102L]",
          "it.list.contains(102) && it.list[0] == 1 && it.list.indexOf(102) == 2 && 1 in it.list",
          "it.list[3] == [n: 5] && [n: 5] in it.list && it.list.contains([n: 5.00])",
          "[it.Id].intersect([102L]) == [102] && [it.Id] - [102] == [] && [it.Id,"
              + " 102.0].unique().size() == 1",
          "[it.price, 1.5, 1.50].toSet().size() == 1 && [it.Id, 5].sort() == [5, 102] && [it.Id,"
              + " 5].max() == 102",
          "[it.Id, it.price].sum() == 103.5 && [it.max, it.max].sum() == 4294967294 && [it.max,"
              + " 1].average() == 1073741824",
          "[it].sum { it.max + it.max } == 4294967294 && [[n: 2147483647], [n: 1]]*.n.sum() =="
              + " 2147483648",
          "[it.Id, 102, 1].groupBy { it }[102].size() == 2 && [102].countBy { it } == [(it.Id): 1]",
          "it.Id / 2 == 51 && (it.Id / 2) in [51] && 1 / 4 == 0.25 && it.price * 2 in [3] &&"
              + " 7.intdiv(2) == 3",
          "it.Id % 100 == 2 && (it.Id % 100) in [2] && it.Id ** 2 in [10404] && 2 ** 100 =="
              + " 1267650600228229401496703205376",
          "-it.max - 2 == -2147483649 && Math.max(it.big, 5) == it.big && Math.abs(-it.big) in"
              + " [it.big]",
          "Math.floor(it.price) == 1 && Math.round(it.price) in [2] && it.price.setScale(1) == 1.5",
          "it.Id.setScale(2) == 102 && it.Id.toPlainString() == '102' && it.Id.toBigInteger() in"
              + " [102]",
          "it.PK in keep && keep.contains(it.PK) && keep.toSet().contains(it.PK) && it.PK in (keep"
              + " as Set)",
          "it.PK.equals(\"USER#${2}\") && \"USER#${2}\".equals(it.PK) && byKey[it.PK] &&"
              + " byKey.containsKey(it.PK)",
          "it.PK == \"USER#${1 + 1}\" && it.PK in [\"USER#${1 + 1}\"] && Objects.equals(it.PK,"
              + " \"USER#${2}\")",
          "it.PK in names && it.ss == names && it.ss.containsAll(names) &&"
              + " names.containsAll(it.ss)",
          "switch (it.PK) { case \"USER#${2}\": return true }; false",
          "switch (it.PK) { case keep: return true }; false",
          "it.properties.status == 'old' && it.geo.properties == 'p' && it.geo.deep.properties =="
              + " 1",
          "it.metaClass == 'mc' && it.class == 'k' && it.empty == 'full' && it.size == 9 &&"
              + " it.values == 'v'",
          "it.geo.metaClass == 'm' && it.geo.class == 'c' && it.geo.empty == false && it.geo?.size"
              + " == 3",
          "it.with { properties.status == 'old' && size == 9 && empty == 'full' }",
          "it.friends*.properties == ['a', null] && it.friends.n == [1.5, 2] && it.friends.any {"
              + " it.n == 2 }",
          "it['properties'].status == 'old' && it.'metaClass' == 'mc' && it.\"${'class'}\" == 'k'"
              + " && it.'1' == 'one'",
          "!(it.ttl < cutoff) && !(it.ttl > 5) && !(it.ttl <= cutoff) && !(it.ttl >= 0) && !(cutoff"
              + " > it.ttl)",
          "!(it.nothing < 5) && !(it.nothing > 5) && it.nothing == null && null == it.nothing &&"
              + " null == it.ttl",
          "it.ttl == none && it.Id != null && !(it.ttl in [1, 2]) && !(it.ttl in 1..5) && !(null in"
              + " ids)",
          "it.bin == it.bs.find { it.remaining() == 2 } && it.bin in it.bs &&"
              + " it.bs.contains(it.bin) && it.bin.length == 2",
          "it.bin == [0, -1] as byte[] && [it.bin].contains([0, -1] as byte[]) && [a: it.bin] =="
              + " [a: [0, -1] as byte[]]",
          "it.bin > ([0, 1] as byte[]) && it.bs.size() == 2",
          "it.Id == Instant.ofEpochSecond(102).epochSecond &&"
              + " [Instant.ofEpochSecond(102).epochSecond].contains(it.Id)",
          "[102L, 5L].stream().map { it }.toList().contains(it.Id) &&"
              + " ['102'].collect(Long::valueOf).contains(it.Id)",
          "['102']*.toLong().contains(it.Id) && [it.text.toLong()].contains(it.Id) &&"
              + " it.text.toBigDecimal() in ids",
          "([101, 102] as long[]).contains(it.Id) && it.Id in ([101, 102] as long[]) && it.Id in"
              + " ([101, 102] as Integer[])",
          "it.text as int == it.Id && (it.text as Long) in ids &&"
              + " [Long.parseLong(it.text)].contains(it.Id)",
          "def n = 2147483647; n++; n == 2147483648 && ++n == 2147483649 && n++ == 2147483649 && n"
              + " == 2147483650",
          "def n = 2147483647; n += 1; n *= 2; n == 4294967296 && (n in [4294967296])",
          "def m = [x: 2147483647]; m.x += 1; m['x'] += 1; m.x == 2147483649",
          "1 << 40 == 1099511627776 && it.max.plus(1) == 2147483648 && it.max.multiply(2) in"
              + " [4294967294] && it.max.next() == 2147483648",
          "(0.1 + 0.2) in [0.3] && 1E-130 == it.small && it.small in [1E-130] && 0.0 in [0] && -0.0"
              + " == 0",
          "it.Id <=> 102.0 == 0 && (it.Id <=> 5) > 0 && it.Id.compareTo(102.0) == 0 && 'b' > 'a'",
          "'\\uD83D\\uDE00' > '\\uFFFD' && 'Z' < 'a'",
          "'12'.length() in [2] && [it.PK.size()].contains(6) && it.PK[0..3] == 'USER' &&"
              + " it.PK.substring(0, 4) == 'USER'",
          "it.list[it.deleted] == 'x' && 'abc'.take(it.deleted) == 'a' && 'x' * 3 == 'xxx' &&"
              + " (1..it.deleted).size() == 1",
          "it.flag == true && it.flag in [true] && it.any { k, v -> k == 'Id' && v == 102 } &&"
              + " it.keySet().contains('Id')",
          "it.find { it.key == 'Id' }.value in [102] && it.containsKey('Id') &&"
              + " it.containsValue(102)",
          "[2147483647, 1]*.plus(1) == [2147483648, 2] && [[1], [102]]*.contains(it.Id) == [false,"
              + " true]",
          "later() == 2147483648 && far() in [1892160000000] && FIELD in [102]",
          "it.Id == it.text.toInteger() && it.Id.toString() == '102' && \"$it.Id\" == '102' &&"
              + " \"${it.price}\" == '1.5'",
          "[Optional.of(102L).get()].contains(it.Id) && it.Id in ([101, 102] as HashSet) && it.Id"
              + " in 101L..103L",
          "(101L..103L).contains(it.Id) && it.Id in (100..200).step(2) && new Date(0).time in [0]",
          "System.currentTimeMillis() / 1000 > it.Id && it.long < System.currentTimeMillis() &&"
              + " it.long.intdiv(1000) < Instant.now().epochSecond",
          "def c = new HashMap(); c[it.Id] = 1; c.put(5L, 2); c.get(102) == 1 && c[5] == 2 &&"
              + " c.computeIfAbsent(7L) { n -> n } == 7",
          "(it.PK.split('#')[1] as int) == 2 && it.PK - 'USER#' == '2' && it.PK[5].toInteger() in"
              + " [2] && it.PK.tokenize('#')[1] == '2'",
          "(it.PK =~ /(\\d+)/)[0][1] == '2' && it.PK ==~ /USER.*/ && it.ss.any { it =="
              + " \"USER#${2}\" }",
          "(it.ss + ['c']).size() == 3 && (it.list + 5).size() == 5 && (it.ttl ?: 5) == 5 &&"
              + " it.list[-1].n == 5",
          "Instant.ofEpochMilli(it.long).isBefore(Instant.now()) &&"
              + " Duration.ofDays(it.deleted).toMillis() == 86400000",
          "BigDecimal.valueOf(102) in [it.Id] && new BigDecimal('102.00') in [it.Id] &&"
              + " BigInteger.valueOf(102) in [it.Id] && (102 as BigInteger) == it.Id",
          "String.valueOf(it.Id) == '102' && Integer.toString(it.Id) == '102' && it.geo.size() == 7"
              + " && it.getOrDefault('ttl', 5) == 5",
          "it.subMap(['Id']) == [Id: 102] && it.findAll { k, v -> k == 'Id' && v == 102 }.size() =="
              + " 1 && !it.containsKey('ttl')",
          "it?.properties?.status == 'old' && [it.properties]*.status == ['old'] &&"
              + " it.geo.'properties' == 'p' && it?.ttl?.properties == null",
          "switch (it.PK) { case ~/USER.*/: return true }; false",
          "switch (it.Id) { case Number: return true }; false",
          "[*it.list, 5].size() == 5 && [*:it.geo].n == 102 && it.list.collect { it instanceof"
              + " Number ? it + 1 : 0 }[0] == 2",
          "decimal(it.Id) && integer(it.Id) && { BigDecimal x -> x == 102 }.call(it.Id) && {"
              + " Integer x -> x in [102] }.call(it.Id)",
          "BigDecimal limit = 41; it.Id > limit && limit in [41] && [limit].contains(41L)",
          "def (x, y) = [it.Id, it.price]; x in [102] && y in [1.50] && [x, y].contains(1.5)",
          "def s = 0; for (n in [1L, 2L] as long[]) { s += n; if (!([1, 2].contains(n))) { return"
              + " false } }; s == 3 && s in [3]",
          "def old = { a, b = 102L -> a in [b] }; old(it.Id) && old.curry(it.Id).call() &&"
              + " [it].findAll(hasId).size() == 1",
          "it.inject(0) { n, e -> e.value instanceof Number ? n + 1 : n } > 5 && it.list.min { it"
              + " instanceof Number ? it : 99999 } == 1",
          "it.Id.equals(null) == false && it.ttl.equals(null) && !it.PK.equals(null) &&"
              + " Objects.equals(it.ttl, null)",
          "it.hundred.hashCode() == 100.hashCode() && it.price.hashCode() == 1.50.hashCode() &&"
              + " it.PK.hashCode() == \"USER#${2}\".hashCode()",
          "Objects.hash(it.Id) == Objects.hash(102L) && [it.Id].hashCode() == [102.0].hashCode() &&"
              + " it.geo.deep == [properties: 1L]",
          "(it.ns as List).sort() == [1.5, 7, 100] && it.ns.max() == 100 && it.ns.sum() == 108.5 &&"
              + " it.ns.collect { it * 2 }.contains(3)",
          "[a: it.Id].find { k, v -> v in [102] }.key == 'a' && [3: 'x', (it.Id):"
              + " 'y'].keySet().contains(102L) && (it.Id in [102: true])",
          "[2, 10, 9].sort() == [2, 9, 10] && [1.5, 1, 2G].sort { -it } == [2, 1.5, 1] && ['b',"
              + " 'a'].sort() == ['a', 'b']",
          "it.text.toLong() * 1000 * 1000 * 1000 * 1000 * 1000 * 1000 * 1000 =="
              + " 102000000000000000000000",
          "([1L, 102L] as long[]).max() in [it.Id] && [102].contains(([102L] as long[])[0])",
          "it.geo.n instanceof Number && it.PK instanceof String && it.list instanceof List &&"
              + " it.ns instanceof Set");

  @TestFactory
  Stream<DynamicTest> valuesCompareAsInTheTable() throws IOException {
    List<ClientFilter> filters = filters(TRUE);
    return IntStream.range(0, filters.size())
        .mapToObj(i -> dynamicTest(TRUE.get(i), () -> assertThat(keeps(filters.get(i))).isTrue()));
  }

  private static final List<Map.Entry<String, String>> FAILING =
      List.of(
          Map.entry(
              "it.deleted == true",
              "compared with one of another: a number (1) with a Boolean (true)"),
          Map.entry("it.deleted != true", "a number (1) with a Boolean (true)"),
          Map.entry("it.text == 102", "a String (\"102\") with a number (102)"),
          Map.entry("it.text < 103", "a String (\"102\") with a number (103)"),
          Map.entry("it.Id in ['101', '102']", "a number (102) with a String"),
          Map.entry("['101', '102'].contains(it.Id)", "a number (102) with a String"),
          Map.entry("['102': true][it.Id]", "a number (102) with a String"),
          Map.entry("it.Id.equals('102')", "a number (102) with a String"),
          Map.entry("Objects.equals(it.text, 102)", "a String (\"102\") with a number"),
          Map.entry("it.ss == ['a', 'USER#2']", "a Set"),
          Map.entry("it.PK == Instant.now()", "a String (\"USER#2\") with java.time.Instant"),
          Map.entry("it.price in 1..3", "1.5 lies within 1..3 but is no element of it"),
          Map.entry("it.ttl <=> 5", "what is absent has no order"),
          Map.entry("it.flag < true", "a Boolean has no order"),
          Map.entry("(it.long as int) == 5", "1700000000000 is too large for int"),
          Map.entry("it.long.intValue() == 5", "1700000000000 is too large for int"),
          Map.entry("int x = it.long; x == 5", "1700000000000 is too large for int"),
          Map.entry("narrow() == 5", "2147483648 is too large for int"),
          Map.entry("it.PK.class == String", "a String has no attribute `class`"),
          Map.entry("it.Id.properties == 5", "a number has no attribute `properties`"),
          Map.entry("it.friends.properties == 5", "`.properties` of a List or Set"),
          Map.entry("!it.friends.empty", "or `isEmpty()`"),
          Map.entry("2 ** 0.5 == 1", "a power is a whole number"),
          Map.entry("it.Id / 0 == 1", "division by zero"),
          Map.entry("!(it.list.get(4) == 1)", "Index 4 out of bounds"),
          Map.entry("it.ttl + 1 == 1", "null"));

  @TestFactory
  Stream<DynamicTest> whatCannotMatchFailsWithTheReason() throws IOException {
    List<ClientFilter> filters = filters(FAILING.stream().map(Map.Entry::getKey).toList());
    return IntStream.range(0, filters.size())
        .mapToObj(i -> dynamicTest(FAILING.get(i).getKey(), () -> fails(filters.get(i), i)));
  }

  private static void fails(ClientFilter filter, int i) {
    String line = "recipe.groovy:" + (BEFORE.lines().count() + 1 + i) + ":";
    assertThatThrownBy(() -> keeps(filter))
        .hasMessageContaining(FAILING.get(i).getKey().startsWith("narrow") ? ":24:" : line)
        .hasMessageContaining(FAILING.get(i).getValue());
  }
}
