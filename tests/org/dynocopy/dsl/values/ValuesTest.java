package org.dynocopy.dsl.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Closure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.DifferentValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe calls on values, against plain sets and BigDecimals. */
class ValuesTest {

  private static Object call(Object receiver, String method, Object... arguments) {
    return Calls.call(receiver, method, false, arguments);
  }

  private static Closure<Object> block(java.util.function.UnaryOperator<Object> of) {
    return new Closure<>(null) {
      private static final long serialVersionUID = 1;

      @Override
      public Object call(Object... arguments) {
        return of.apply(arguments[0]);
      }

      @Override
      public Object call(Object argument) {
        return of.apply(argument);
      }
    };
  }

  /** The number in every class of Java that has it. */
  private static List<Number> classes(BigInteger number) {
    List<Number> all = new ArrayList<>(List.of(number, new BigDecimal(number)));
    all.add(new BigDecimal(number).setScale(2));
    if (number.bitLength() < Long.SIZE) {
      all.add(number.longValue());
    }
    if (number.bitLength() < Integer.SIZE) {
      all.add(number.intValue());
    }
    if (number.bitLength() < Short.SIZE) {
      all.add(number.shortValue());
    }
    if (number.bitLength() < Byte.SIZE) {
      all.add(number.byteValue());
    }
    if (number.bitLength() < 20) {
      all.addAll(List.of(number.doubleValue(), number.floatValue()));
    }
    return all;
  }

  @Test
  void numberHasOneRepresentation() {
    for (int bits = 0; bits <= 130; bits++) {
      for (int more = -1; more <= 1; more++) {
        for (int sign : new int[] {-1, 1}) {
          BigInteger number =
              BigInteger.ONE
                  .shiftLeft(bits)
                  .add(BigInteger.valueOf(more))
                  .multiply(BigInteger.valueOf(sign));
          Object wanted =
              number.bitLength() < Integer.SIZE
                  ? (Object) number.intValue()
                  : number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
          for (Number one : classes(number)) {
            assertThat(Data.of(one)).as("%s %s", one.getClass(), one).isEqualTo(wanted);
          }
        }
      }
    }
    for (String text : List.of("1.5", "1.50", "15E-1")) {
      assertThat(Data.of(new BigDecimal(text))).isEqualTo(new BigDecimal("1.5"));
    }
    assertThat(Data.of(1.5)).isEqualTo(new BigDecimal("1.5"));
    assertThat(Data.of(0.1f)).isEqualTo(new BigDecimal("0.1"));
    assertThat(Data.of(Double.NaN)).isEqualTo(Double.NaN);
    assertThat(Data.of(List.of(7L, Map.of(8L, 9.0)))).isEqualTo(List.of(7, Map.of(8, 9)));
    assertThat(Data.of(Set.of(7L))).isEqualTo(Set.of(7));
  }

  private static Object value(String json) throws Exception {
    return new TableMap(new ItemMap(Item.of("{\"a\":" + json + "}"))).get("a");
  }

  @Test
  void noTwoOfAllKindsOfValuesAreTheSame() throws Exception {
    List<String> all = DifferentValues.ALL;
    for (String one : all) {
      for (String other : all) {
        assertThat(Comparison.same(value(one), value(other)))
            .as("%s and %s", one, other)
            .isEqualTo(one.equals(other));
      }
    }
  }

  private static Number any(int number, Random random) {
    List<Number> classes = classes(BigInteger.valueOf(number));
    return classes.get(random.nextInt(classes.size()));
  }

  private static List<Object> list(List<Integer> numbers, Random random) {
    List<Object> list = new ArrayList<>();
    numbers.forEach(number -> list.add(any(number, random)));
    return list;
  }

  private static List<Integer> plain(Object values) {
    List<Integer> plain = new ArrayList<>();
    ((Collection<?>) values).forEach(one -> plain.add(((Number) one).intValue()));
    return plain;
  }

  /** Whatever classes of Java the numbers of either side have. */
  @Test
  void listsAreLookedThroughByTheValuesOfNumbers() {
    Cases.forAll(
        400,
        random -> {
          List<Integer> a = random.ints(1 + random.nextInt(4), 0, 5).boxed().toList();
          List<Integer> b = random.ints(1 + random.nextInt(4), 0, 5).boxed().toList();
          int n = random.nextInt(5);
          List<Object> x = list(a, random);
          List<Object> y = list(b, random);
          Number v = any(n, random);
          String as = x + " " + y + " " + v;
          assertThat(call(x, "contains", v)).as(as).isEqualTo(a.contains(n));
          assertThat(call(x, "indexOf", v)).as(as).isEqualTo(a.indexOf(n));
          assertThat(call(x, "lastIndexOf", v)).as(as).isEqualTo(a.lastIndexOf(n));
          assertThat(call(x, "count", v))
              .as(as)
              .isEqualTo((int) a.stream().filter(one -> one == n).count());
          assertThat(call(x, "containsAll", y)).as(as).isEqualTo(a.containsAll(b));
          assertThat(call(x, "disjoint", y)).as(as).isEqualTo(a.stream().noneMatch(b::contains));
          assertThat(new TreeSet<>(plain(call(x, "intersect", y))))
              .as(as)
              .isEqualTo(new TreeSet<>(a.stream().filter(b::contains).toList()));
          List<Integer> without = a.stream().filter(one -> !b.contains(one)).toList();
          assertThat(plain(Numbers.minus(x, y))).as(as).isEqualTo(without);
          assertThat(plain(Numbers.minus(x, v)))
              .as(as)
              .isEqualTo(a.stream().filter(one -> one != n).toList());
          assertThat(call(x, "sum")).as(as).isEqualTo(a.stream().mapToInt(i -> i).sum());
          assertThat(call(x, "sum", block(one -> Numbers.multiply(one, 2))))
              .as(as)
              .isEqualTo(2 * a.stream().mapToInt(i -> i).sum());
          assertThat(call(x, "sum", 10)).as(as).isEqualTo(10 + a.stream().mapToInt(i -> i).sum());
          assertThat(
                  Comparison.equal(Numbers.multiply(call(x, "average"), a.size()), call(x, "sum")))
              .as(as)
              .isEqualTo(a.size() != 3 || a.stream().mapToInt(i -> i).sum() % 3 == 0);
          assertThat(call(x, "max")).as(as).isEqualTo(a.stream().max(Integer::compare).get());
          assertThat(call(x, "min")).as(as).isEqualTo(a.stream().min(Integer::compare).get());
          List<Integer> sorted = a.stream().sorted().toList();
          assertThat(plain(call(x, "sort", false))).as(as).isEqualTo(sorted);
          assertThat(plain(call(x, "toSorted"))).as(as).isEqualTo(sorted);
          assertThat(plain(call(x, "toUnique"))).as(as).isEqualTo(a.stream().distinct().toList());
          List<Object> kept = new ArrayList<>(x);
          boolean changes = !b.containsAll(a);
          assertThat(call(kept, "retainAll", y)).as(as).isEqualTo(changes);
          assertThat(plain(kept)).as(as).isEqualTo(a.stream().filter(b::contains).toList());
          List<Object> left = new ArrayList<>(x);
          assertThat(call(left, "removeAll", y)).as(as).isEqualTo(without.size() < a.size());
          assertThat(plain(left)).as(as).isEqualTo(without);
          List<Object> one = new ArrayList<>(x);
          List<Integer> wanted = new ArrayList<>(a);
          assertThat(call(one, "removeElement", v)).as(as).isEqualTo(wanted.remove((Object) n));
          assertThat(plain(one)).as(as).isEqualTo(wanted);
        });
  }

  @Test
  void setHasEachNumberOnce() {
    Cases.forAll(
        300,
        random -> {
          List<Integer> a = random.ints(1 + random.nextInt(4), 0, 5).distinct().boxed().toList();
          List<Integer> b = random.ints(1 + random.nextInt(4), 0, 5).boxed().toList();
          int n = random.nextInt(5);
          Set<Object> set = new LinkedHashSet<>(list(a, random));
          TreeSet<Integer> model = new TreeSet<>(a);
          String as = set + " " + b + " " + n;
          assertThat(call(set, "contains", any(n, random))).as(as).isEqualTo(model.contains(n));
          assertThat(call(set, "add", any(n, random))).as(as).isEqualTo(model.add(n));
          assertThat(call(set, "addAll", list(b, random))).as(as).isEqualTo(model.addAll(b));
          assertThat(new TreeSet<>(plain(set))).as(as).isEqualTo(model).hasSameSizeAs(set);
          assertThat(Numbers.leftShift(set, any(n, random))).as(as).isSameAs(set);
          assertThat(set).as(as).hasSameSizeAs(model);
          assertThat(call(set, "remove", any(n, random))).as(as).isEqualTo(model.remove(n));
          assertThat(new TreeSet<>(plain(set))).as(as).isEqualTo(model).hasSameSizeAs(set);
        });
  }

  /** A double or a float that Java has put there is what it says, and not what comes near it. */
  @Test
  void numberIsInASetIfItIsTheVeryNumber() {
    Map<Number, String> there =
        Map.of(
            9_007_199_254_740_992.0,
            "9007199254740992",
            16_777_216f,
            "16777216",
            0.1,
            "0.1",
            0.3f,
            "0.3");
    there.forEach(
        (number, text) -> {
          Set<Number> set = new LinkedHashSet<>(List.of(number, 5));
          BigDecimal exact = new BigDecimal(text);
          assertThat(Lookup.in(exact, set)).as(text).isTrue();
          BigDecimal near =
              exact.add(exact.scale() == 0 ? BigDecimal.ONE : new BigDecimal("1E-30"));
          assertThat(Lookup.in(near, set)).as("%s", near).isFalse();
        });
  }

  @Test
  void caseOfAValueIsWhatItHas() {
    assertThat(call(List.of(1, 2L), "isCase", 2)).isEqualTo(true);
    assertThat(call(List.of(1, 2L), "isCase", 3)).isEqualTo(false);
    assertThat(call("a", "isCase", "a")).isEqualTo(true);
    assertThat(call(Map.of("a", true), "isCase", "a")).isEqualTo(true);
    assertThat(call(7, "isCase", 7L)).isEqualTo(true);
    assertThat(call("ab", "contains", "b")).isEqualTo(true);
    assertThat(call("ab", "compareTo", "b")).isEqualTo(-1);
    assertThat(call("a", "equals", "a")).isEqualTo(true);
    assertThat(Calls.call(null, "size", true, new Object[0])).isNull();
    assertThat(Calls.callEach(List.of(1, 2), "plus", new Object[] {3})).isEqualTo(List.of(4, 5));
    assertThat(Calls.callEach(null, "plus", new Object[] {3})).isNull();
  }

  @Test
  void collectionsOfJavaAreOrderedByValues() {
    List<Object> values = new ArrayList<>(List.of(10L, new BigDecimal("9.5"), 2));
    assertThat(Orders.collections("max", values)).isEqualTo(10);
    assertThat(Orders.collections("min", values)).isEqualTo(2);
    Orders.collections("sort", values);
    assertThat(values).containsExactly(2, new BigDecimal("9.5"), 10L);
    // Java puts what is above U+FFFF before U+E000.
    List<String> texts = List.of("\ue000", "😀", "a");
    assertThat(call(texts, "max")).isEqualTo("😀");
    assertThat(call(texts, "min")).isEqualTo("a");
    assertThat(call(texts, "toSorted")).isEqualTo(List.of("a", "\ue000", "😀"));
    Map<String, Integer> map = new HashMap<>(Map.of("\ue000", 1, "😀", 2, "a", 3));
    assertThat(((Map<?, ?>) call(map, "sort")).keySet()).asString().isEqualTo("[a, \ue000, 😀]");
    assertThat(((Set<?>) Orders.tree("TreeSet", texts)).toString()).isEqualTo("[a, \ue000, 😀]");
    assertThat(Orders.tree("TreeMap", map).toString()).isEqualTo("{a=3, \ue000=1, 😀=2}");
    assertThat(((Set<?>) Orders.tree("TreeSet"))).isEmpty();
    assertThat(((Map<?, ?>) Orders.tree("TreeMap"))).isEmpty();
  }

  @Test
  void streamsCalculateByTheRules() {
    assertThat(((Stream<?>) call(Stream.of(3, 1L, 2.0), "sorted")).toList())
        .asString()
        .isEqualTo("[1, 2.0, 3]");
    assertThat(call(IntStream.of(Integer.MAX_VALUE, 1), "sum")).isEqualTo(2_147_483_648L);
    assertThat(call(LongStream.of(Long.MAX_VALUE, 1), "sum"))
        .isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(call(LongStream.of(1, 2), "average")).isEqualTo(new BigDecimal("1.5"));
    assertThat(call(List.of(1, 2).iterator(), "sum")).isEqualTo(3);
    Closure<Object> half = block(one -> Numbers.div(one, 2));
    assertThat(((IntStream) call(Stream.of(4, 6), "mapToInt", half)).sum()).isEqualTo(5);
    assertThat(((LongStream) call(Stream.of(4, 6), "mapToLong", half)).sum()).isEqualTo(5);
    for (String method : List.of("mapToInt", "mapToLong")) {
      assertThatThrownBy(() -> sum(call(Stream.of(3), method, half)))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("1.5 is not whole");
      assertThatThrownBy(() -> sum(call(Stream.of("x"), method, block(one -> one))))
          .hasMessageContaining("\"x\" is not a number");
    }
  }

  private static long sum(Object stream) {
    return stream instanceof IntStream ints ? ints.sum() : ((LongStream) stream).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "floor, -1.5, -2", "floor, 1.5, 1", "ceil, -1.5, -1", "ceil, 1.5, 2", "rint, 2.5, 2",
    "rint, 3.5, 4", "rint, -2.5, -2", "round, 2.5, 3", "round, -2.5, -2", "round, -2.51, -3",
    "round, 0.49, 0", "abs, -7.5, 7.5", "signum, -7.5, -1", "signum, 0, 0", "signum, 3, 1"
  })
  void mathRoundsAsJavaDoes(String function, String number, String result) {
    Object is = Numbers.math(function, new BigDecimal(number));
    assertThat(new BigDecimal(is.toString())).isEqualByComparingTo(result);
    assertThat(is).isEqualTo(Data.of(new BigDecimal(result)));
  }

  @Test
  void wholeTypesHoldWhatFitsIntoThem() {
    Map<Class<?>, Integer> types =
        Map.of(
            byte.class,
            8,
            short.class,
            16,
            int.class,
            32,
            long.class,
            64,
            Byte.class,
            8,
            Short.class,
            16,
            Integer.class,
            32,
            Long.class,
            64);
    types.forEach(
        (type, bits) -> {
          BigInteger most = BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
          BigInteger least = most.negate().subtract(BigInteger.ONE);
          for (BigInteger fits : List.of(most, least, BigInteger.ZERO)) {
            assertThat(Numbers.exact(fits, type)).as("%s", type).isEqualTo(Data.of(fits));
            assertThat(Numbers.cut(fits, type)).as("%s", type).isEqualTo(Data.of(fits));
          }
          for (BigInteger large :
              List.of(most.add(BigInteger.ONE), least.subtract(BigInteger.ONE))) {
            assertThatThrownBy(() -> Numbers.exact(large, type))
                .hasMessage(large + " is too large for " + type.getSimpleName());
            assertThatThrownBy(() -> Numbers.cut(large, type))
                .hasMessage(large + " is too large for " + type.getSimpleName());
          }
          BigDecimal fraction = new BigDecimal("-1.5");
          assertThat(Numbers.cut(fraction, type)).isEqualTo(-1);
          assertThat(Numbers.exact(new BigDecimal("-1.0"), type)).isEqualTo(-1);
          assertThatThrownBy(() -> Numbers.exact(fraction, type))
              .hasMessageContaining("-1.5 is not whole, as " + type.getSimpleName() + " is")
              .hasMessageContaining(bits == 64 ? "`.longValue()`" : "`.intValue()`");
        });
    assertThat(Numbers.exact(new BigDecimal("1.5"), BigDecimal.class))
        .isEqualTo(new BigDecimal("1.5"));
    assertThat(Numbers.exact("x", int.class)).isEqualTo("x");
  }

  @Test
  void whatWouldDependOnTheClassOfANumberIsRefused() {
    assertThat(call(7, "mod", 4)).isEqualTo(3);
    assertThatThrownBy(() -> call(-7, "mod", 4)).hasMessageContaining("use `%`");
    assertThat(call(8, "divide", 4)).isEqualTo(2);
    assertThat(call(new BigDecimal("7.5"), "divide", 2)).isEqualTo(new BigDecimal("3.75"));
    assertThatThrownBy(() -> call(7, "divide", 4)).hasMessageContaining("has a remainder");
    assertThatThrownBy(() -> call(new BigDecimal("7.5"), "gcd", 2))
        .hasMessageContaining("`gcd` needs a whole number, not 7.5");
    assertThat(call(255, "toString", 16)).isEqualTo("ff");
    assertThat(call(new BigDecimal("-7.5"), "intValue")).isEqualTo(-7);
    assertThat(Numbers.intdiv(-7, 2)).isEqualTo(-3);
    assertThat(Numbers.remainder(-7, 2)).isEqualTo(-1);
    assertThat(Numbers.step(7, "next")).isEqualTo(8);
    assertThat(Numbers.step(7, "previous")).isEqualTo(6);
    assertThat(Numbers.power(2, -2)).isEqualTo(new BigDecimal("0.25"));
    assertThat(Numbers.power(2, 10_000).toString()).hasSize(3_011);
    for (Object wrong : List.of(10_001, -10_001, new BigDecimal("0.5"))) {
      assertThatThrownBy(() -> Numbers.power(2, wrong)).hasMessageContaining("a power is a whole");
    }
    for (String scale : List.of("1E10000", "1E-10000")) {
      assertThat(Numbers.multiply(new BigDecimal(scale), 1)).isNotNull();
    }
    for (String scale : List.of("1E10001", "1E-10001")) {
      assertThatThrownBy(() -> Numbers.plus(new BigDecimal(scale), 1))
          .hasMessageContaining("is no number that a table can have");
    }
  }

  /** The old value where it stands before, the new one where it stands behind. */
  @Test
  void assignmentsThatCalculateGiveWhatGroovyGives() {
    Map<Object, Object> map = new HashMap<>(Map.of("n", 7));
    List<Object> list = new ArrayList<>(List.of(7));
    assertThat(Update.after(Update.element(map, "n", false), "next")).isEqualTo(7);
    assertThat(map).containsEntry("n", 8);
    assertThat(Update.before(Update.element(map, "n", false), "previous")).isEqualTo(7);
    assertThat(map).containsEntry("n", 7);
    assertThat(Update.calculate(Update.property(map, "n", false), "minus", 2)).isEqualTo(5);
    assertThat(map).containsEntry("n", 5);
    assertThat(Update.calculate(Update.element(list, 0, false), "div", 2))
        .isEqualTo(new BigDecimal("3.5"));
    assertThat(list).containsExactly(new BigDecimal("3.5"));
    assertThat(Update.first(1, 2)).isEqualTo(1);
  }

  @Test
  void whatIsAbsentIsNeitherLessNorGreater() {
    for (Object[] two : new Object[][] {{null, 5}, {5, null}, {null, null}, {null, "a"}}) {
      assertThat(Comparison.less(two[0], two[1])).isFalse();
      assertThat(Comparison.lessOrEqual(two[0], two[1])).isFalse();
      assertThat(Comparison.greater(two[0], two[1])).isFalse();
      assertThat(Comparison.greaterOrEqual(two[0], two[1])).isFalse();
    }
    assertThat(Comparison.compare(null, null)).isEqualTo(0);
    assertThatThrownBy(() -> Comparison.compare(null, 5)).hasMessageContaining("got null");
    assertThatThrownBy(() -> Comparison.compare(5, null)).hasMessageContaining("got null");
  }

  @Test
  void binariesCompareAsUnsignedBytes() {
    byte[][] sorted = {{}, {0}, {0, 0}, {0, 1}, {1}, {127}, {-128}, {-1}, {-1, 0}};
    for (int i = 0; i < sorted.length; i++) {
      for (int j = 0; j < sorted.length; j++) {
        Object buffer = java.nio.ByteBuffer.wrap(sorted[j]).asReadOnlyBuffer();
        String as = Arrays.toString(sorted[i]) + Arrays.toString(sorted[j]);
        assertThat(Comparison.less(sorted[i], buffer)).as(as).isEqualTo(i < j);
        assertThat(Comparison.greaterOrEqual(sorted[i], buffer)).as(as).isEqualTo(i >= j);
        assertThat(Comparison.equal(sorted[i], buffer)).as(as).isEqualTo(i == j);
      }
    }
  }

  @Test
  void mapIsAskedForWhatItSaysOfAKey() {
    Map<Object, Object> map = new HashMap<>(Map.of("yes", true, "no", false, "zero", 0));
    map.put("null", null);
    for (String key : List.of("yes", "no", "zero", "null", "none")) {
      assertThat(Lookup.in(key, map)).as(key).isEqualTo(key.equals("yes"));
      assertThat(new Lookup.Case(map, null).isCase(key)).as(key).isEqualTo(key.equals("yes"));
      assertThat(Lookup.containsKey(map, key)).as(key).isEqualTo(!key.equals("none"));
    }
    assertThat(call(map, "getOrDefault", "null", 5)).isNull();
    assertThat(call(map, "getOrDefault", "none", 5)).isEqualTo(5);
    assertThat(Lookup.has(new ArrayList<>(Arrays.asList(1, null)), null)).isTrue();
    assertThat(Lookup.has(List.of(1), null)).isFalse();
    assertThat(Lookup.in(null, null)).isTrue();
    assertThat(Lookup.in(1, null)).isFalse();
    assertThat(Lookup.notIn(1, List.of(1, 2))).isFalse();
  }

  @Test
  void valueThatCanNeverBeThereIsRefused() {
    String never = "which are never equal";
    assertThatThrownBy(() -> call(List.of(1), "contains", "a")).hasMessageContaining(never);
    assertThatThrownBy(() -> call(Set.of(1), "contains", "a")).hasMessageContaining(never);
    for (String method :
        List.of("removeAll", "retainAll", "disjoint", "intersect", "containsAll")) {
      assertThatThrownBy(() -> call(new ArrayList<>(List.of(1)), method, List.of("a")))
          .as(method)
          .hasMessageContaining(never);
    }
    // Null says nothing about types.
    assertThat(call(Arrays.asList(null, 1), "contains", (Object) null)).isEqualTo(true);
    assertThat(call(List.of(1), "disjoint", Arrays.asList(null, "a"))).isEqualTo(true);
    assertThat(call(List.of(1, "b"), "contains", "a")).isEqualTo(false);
  }

  @Test
  void dotIsNoMethodOfObjects() {
    for (String name : List.of("class", "metaClass", "properties")) {
      assertThatThrownBy(() -> Dot.get("text", name, false))
          .hasMessageContaining("a String has no attribute `" + name + "`");
      assertThatThrownBy(() -> Dot.get(List.of(1), name, false))
          .hasMessageContaining("`." + name + "` of a List or Set");
      assertThat(Dot.get(Map.of(name, 7), name, false)).isEqualTo(7);
    }
    assertThatThrownBy(() -> Dot.get(String.class, "methods", false))
        .hasMessageContaining("refused");
    assertThat(Dot.get(null, "name", true)).isNull();
    assertThat(Dot.spread(Arrays.asList(Map.of("a", 1), null, Map.of("b", 2)), "a"))
        .isEqualTo(Arrays.asList(1, null, null));
    java.util.GregorianCalendar calendar = new java.util.GregorianCalendar();
    Dot.set(calendar, "firstDayOfWeek", new BigDecimal("3.0"), false);
    assertThat(calendar.getFirstDayOfWeek()).isEqualTo(3);
    assertThatThrownBy(() -> Dot.set(calendar, "firstDayOfWeek", new BigDecimal("3.5"), false))
        .hasMessageContaining("3.5 is not whole");
  }

  @Test
  void greaterAndLessOfTwoNumbersAreTheNumbers() {
    for (Object[] two : new Object[][] {{1, 2L}, {2, 1L}, {new BigDecimal("1.5"), 2}}) {
      boolean less = Comparison.less(two[0], two[1]);
      assertThat(Numbers.math("max", two[0], two[1])).isEqualTo(less ? two[1] : two[0]);
      assertThat(Numbers.math("min", two[0], two[1])).isEqualTo(less ? two[0] : two[1]);
      assertThat(Comparison.equal(call(two[0], "max", two[1]), less ? two[1] : two[0])).isTrue();
    }
    assertThatThrownBy(() -> call(new BigDecimal("1.5"), "asType", Double.class))
        .hasMessageContaining("a double keeps fewer digits");
    assertThatThrownBy(() -> call(new BigDecimal("1.5"), "asType", Integer.class))
        .hasMessageContaining("1.5 is not whole");
    assertThat(call("7", "asType", Integer.class)).isEqualTo(7);
  }
}
