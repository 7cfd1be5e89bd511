package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * However a recipe compares an attribute, {@code A}, with a value of its own, {@code V}, it decides
 * as {@link BigDecimal#compareTo} does, and of strings as their bytes in UTF-8.
 */
@Execution(ExecutionMode.CONCURRENT)
class ComparisonLawTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  /** True if and only if both are the same. */
  private static final List<String> EQUAL =
      List.of(
          "A == V",
          "V == A",
          "!(A != V)",
          "A in [V]",
          "!(A !in [V])",
          "V in [A]",
          "[V].contains(A)",
          "[A].contains(V)",
          "A in ([V] as Set)",
          "([V] as HashSet).contains(A)",
          "new HashSet([V]).contains(A)",
          "List.of(V).contains(A)",
          "Set.of(V).containsAll([A])",
          "[V].containsAll([A])",
          "[V].indexOf(A) == 0",
          "[V].lastIndexOf(A) == 0",
          "[(V): true][A]",
          "[(V): 1].containsKey(A)",
          "[(A): 1].get(V) == 1",
          "Map.of(V, 1).getOrDefault(A, 2) == 1",
          "[x: V].containsValue(A)",
          "[x: V].values().contains(A)",
          "Objects.equals(A, V)",
          "A.equals(V)",
          "V.equals(A)",
          "switch (A) { case V: return true }; false",
          "switch (V) { case [A]: return true }; false",
          "switch (A) { case [V] as Set -> true; default -> false }",
          "(A <=> V) == 0",
          "A.compareTo(V) == 0",
          "!(A < V) && !(A > V)",
          "A <= V && A >= V",
          "[A, V].unique().size() == 1",
          "[A, V].toSet().size() == 1",
          "([A, V] as Set).size() == 1",
          "[A, V].groupBy { it }.size() == 1",
          "[A, V].countBy { it }[A] == 2",
          "[A].intersect([V]).size() == 1",
          "![A].disjoint([V])",
          "([A] - [V]).isEmpty()",
          "[A] == [V]",
          "[n: A] == [n: V]",
          "[[A]] == [[V]]",
          "([A] as Set) == ([V] as Set)",
          "[[n: A]].contains([n: V])",
          "([[A, 'x']] as Set).contains([V, 'x'])",
          "it.l.contains(V)",
          "V in it.l",
          "it.l == [V]",
          "it.l[0] in [V]",
          "it.l.any { it == V }",
          "it.l.find { it in [V] } != null",
          "it.l.count(V) == 1",
          "it.s.contains(V)",
          "V in it.s",
          "it.s == [V] as Set",
          "it.s.intersect([V]).size() == 1",
          "it.m.a == V",
          "it.m == [a: V]",
          "it.m.containsValue(V)",
          "it?.m?.a in [V]",
          "it['a'] in [V]",
          "it.with { a == V }",
          "it.m.collect { name, one -> one }.contains(V)",
          "[V].stream().anyMatch { it == A }",
          "[V].stream().toList().contains(A)",
          "(switch (A) { case V -> true; default -> false })",
          "[(V): 1].get(A, 2) == 1",
          "[V].count(A) == 1",
          "[A, V].toUnique().size() == 1",
          "def l = [V]; l.removeElement(A)",
          "def l = [V]; l.removeAll([A])",
          "def l = [V]; !l.retainAll([A])",
          "def l = [V]; l -= A; l.isEmpty()",
          "def s = [V] as Set; s << A; s.size() == 1",
          "def m = [(V): 1]; m.putIfAbsent(A, 2) == 1",
          "def m = [(V): 1]; m.computeIfAbsent(A) { 2 } == 1",
          "def m = [(V): 1]; m.remove(A) == 1",
          "def m = [(V): 5].withDefault { 0 }; m[A] += 1; m[A]++; ++m[A]; m == [(V): 8]",
          "def m = [(V): 5].withDefault { 0 }; def f = { A }; m[f()] *= 3; m == [(V): 15]",
          "same(A, V)",
          "is(A).equals(V)");

  /** A set into which Java has put a number of another class. */
  private static final String SET =
      "def s = new HashSet(); Collections.addAll(s, [V] as BigDecimal[]); ";

  private static final List<String> LESS =
      List.of(
          "A < V",
          "V > A",
          "!(A >= V)",
          "!(V <= A)",
          "(A <=> V) < 0",
          "(V <=> A) > 0",
          "A.compareTo(V) < 0",
          "it.l[0] < V",
          "it.m.a < V",
          "it.s.any { it < V }",
          "[A].any { it < V }");

  private static final List<String> LESS_NUMBERS =
      List.of(
          "[A, V].max() == V && A != V",
          "[V, A].min() == A && A != V",
          "[V, A].sort() == [A, V] && A != V",
          "[V, A].toSorted().first() == A && A != V",
          "A - V < 0");

  private static final List<String> EQUAL_NUMBERS =
      List.of(
          "A - V == 0",
          "A + 1 == V + 1",
          "(A + 1) in [V + 1]",
          "[(A * 3): true][V * 3]",
          "[-A].contains(-V)",
          "A / 4 == V / 4",
          "[A, 1].sum() == [V, 1].sum()",
          "[A.multiply(7)].contains(V.multiply(7))",
          "A.max(V) == A.min(V)",
          "[A].sum(1) { it } == V + 1",
          "A in V..V",
          "(V..V).contains(A) && (V..V).containsWithinBounds(A)",
          SET + "s.contains(A) && A in s",
          SET + "s.remove(A)",
          SET + "s.removeAll([A])",
          SET + "!s.retainAll([A])",
          SET + "!s.add(A)",
          SET + "s << A; s.size() == 1",
          SET + "s.addAll([A]); s.size() == 1",
          SET + "s.intersect([A]).size() == 1 && [A].intersect(s).size() == 1",
          SET + "!s.disjoint([A]) && ![A].disjoint(s)",
          SET + "(s - A).isEmpty() && (s - [A]).isEmpty() && ([A] - s).isEmpty()",
          "(A ** 2) * (A + 1) == (V ** 2) * (V + 1) && A == V");

  @TempDir Path folder;

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** Compiles all forms, to compare the attribute {@code a} with {@code values[i]}. */
  private List<ClientFilter> filters(List<String> forms, String values) throws IOException {
    StringBuilder recipe = new StringBuilder("def same(a, b) { a == b }\ndef is(x) { x }\n");
    recipe.append("def values = [" + values + "]\ncopy {\n  from 'prod:users'; to 'dev:users'\n");
    for (String form : forms) {
      String code = form.replaceAll("\\bA\\b", "a").replaceAll("\\bV\\b", "v");
      recipe.append("  filter { def a = it.a; def v = values[it.i]; " + code + " }\n");
    }
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(file, recipe + "}\n");
    Copy copy = (Copy) Recipe.load(file, Map.of(), ENVIRONMENTS).get(0);
    return copy.reading().clientFilters();
  }

  private static Item item(String type, String a, int i) {
    String value = "{\"" + type + "\":\"" + a + "\"}";
    return Item.of(
        ("{\"a\":VALUE,\"i\":{\"N\":\""
                    + i
                    + "\"},\"l\":{\"L\":[VALUE]},\"m\":{\"M\":{\"a\":VALUE}},")
                .replace("VALUE", value)
            + ("\"s\":{\"" + type + "S\":[\"" + a + "\"]}}"));
  }

  private static void hold(
      List<String> forms, List<ClientFilter> filters, int from, Item item, boolean expected)
      throws Exception {
    for (int i = 0; i < forms.size(); i++) {
      boolean kept = filters.get(from + i).test().keep(new ItemMap(item));
      assertThat(kept).as("%s of %s", forms.get(i), item).isEqualTo(expected);
    }
  }

  /** A number near others, so that many pairs are equal but written otherwise. */
  private static BigDecimal number(Random random) {
    BigDecimal[] near = {
      new BigDecimal(random.nextInt(4)),
      new BigDecimal(random.nextInt(8) - 4).movePointLeft(1),
      new BigDecimal(Integer.MAX_VALUE).add(new BigDecimal(random.nextInt(3))),
      new BigDecimal(Long.MAX_VALUE).add(new BigDecimal(random.nextInt(3))),
      new BigDecimal(random.nextInt(3) + 1).movePointRight(2),
      new BigDecimal(BigInteger.TEN.pow(37)).add(new BigDecimal(random.nextInt(3))),
      new BigDecimal("0." + "1234567890123456789012345678901234567" + random.nextInt(3)),
      new BigDecimal(random.nextInt(2) + 1).movePointLeft(random.nextBoolean() ? 130 : 20)
    };
    BigDecimal one = near[random.nextInt(near.length)];
    return random.nextInt(3) == 0 ? one.negate() : one;
  }

  /** Writes a number in one of many ways. */
  private static String written(BigDecimal number, Random random) {
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    int more = random.nextInt(3);
    return switch (random.nextInt(3)) {
      case 0 -> plain.setScale(Math.max(plain.scale(), 0) + more).toPlainString();
      case 1 -> plain.unscaledValue() + "E" + -plain.scale();
      default -> plain.setScale(Math.max(plain.scale(), 0)).toPlainString();
    };
  }

  private static String literal(BigDecimal number, Random random) {
    String text = written(number, random);
    boolean whole = text.matches("-?\\d+");
    boolean fits = whole && new BigInteger(text).bitLength() < Long.SIZE;
    String literal = fits && random.nextBoolean() ? text + "L" : whole ? text + "G" : text;
    return random.nextInt(4) == 0 && whole ? text : literal;
  }

  @Test
  void numbersCompareAsBigDecimalsInEveryForm() throws Exception {
    List<String> equal = joined(EQUAL, EQUAL_NUMBERS);
    List<String> less = joined(LESS, LESS_NUMBERS);
    Cases.forAll(
        1,
        random -> {
          List<BigDecimal> values = random.ints(40).mapToObj(i -> number(random)).toList();
          String literals =
              String.join(", ", values.stream().map(one -> literal(one, random)).toList());
          List<ClientFilter> filters = filters(joined(equal, less), literals);
          for (int i = 0; i < values.size(); i++) {
            BigDecimal near = values.get(random.nextInt(values.size()));
            for (BigDecimal a : List.of(values.get(i), near)) {
              Item item = item("N", written(a, random), i);
              int order = a.compareTo(values.get(i));
              hold(equal, filters, 0, item, order == 0);
              hold(less, filters, equal.size(), item, order < 0);
            }
          }
        });
  }

  /** What a value may be in. */
  private static final List<String> AROUND =
      List.of(
          "[X]",
          "['x', X]",
          "[a: X]",
          "[a: 'x', b: [X]]",
          "([X] as Set)",
          "([X] as Object[])",
          "Map.entry('x', X)",
          "Optional.of(X)",
          "new Tuple2(X, 'x')");

  /** Each decides whether two values are equal. */
  private static final List<String> DECISIONS =
      List.of(
          "L == R",
          "!(L != R)",
          "L.equals(R)",
          "Objects.equals(L, R)",
          "L in [R]",
          "[R].contains(L)",
          "[R].indexOf(L) == 0",
          "[R].count(L) == 1",
          "[R].containsAll([L])",
          "[x: R].containsValue(L)",
          "![R].disjoint([L])",
          "![R].intersect([L]).isEmpty()",
          "([L] - [R]).isEmpty()",
          "def l = [R]; l.removeElement(L)");

  @Test
  void valuesOfDifferentTypesFailAtAnyDepth() throws Exception {
    Cases.forAll(
        1,
        random -> {
          List<String> forms = new ArrayList<>();
          for (String decision : DECISIONS) {
            for (String around : AROUND) {
              String deep =
                  AROUND.get(random.nextInt(AROUND.size())).replaceFirst("\\bX\\b", around);
              String shape = random.nextBoolean() ? around : deep;
              forms.add(
                  decision
                      .replaceFirst("\\bL\\b", shape.replaceFirst("\\bX\\b", "A"))
                      .replaceFirst("\\bR\\b", shape.replaceFirst("\\bX\\b", "V")));
            }
          }
          List<ClientFilter> filters = filters(forms, "5.0, '5'");
          hold(forms, filters, 0, item("N", "5", 0), true);
          hold(forms, filters, 0, item("S", "5", 1), true);
          hold(forms, filters, 0, item("S", "6", 1), false);
          for (int i = 0; i < forms.size(); i++) {
            ItemMap item = new ItemMap(item("N", "5", 1));
            ClientFilter filter = filters.get(i);
            assertThatThrownBy(() -> filter.test().keep(item))
                .as(forms.get(i))
                .hasMessageContaining("which are never equal");
          }
        });
  }

  private static String string(Random random) {
    String[] parts = {"a", "b", "é", "\uE000", "\uFFFD", "😀", "USER#", "1", ""};
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  /** Writes a string as a literal, a template or a sum. */
  private static String code(String text, Random random) {
    String end = text.substring(1);
    return switch (random.nextInt(4)) {
      case 0 -> "'" + text + "'";
      case 1 -> "\"${'x'}" + end + "\"";
      case 2 -> "('x' + \"${'" + end + "'}\")";
      default -> "\"x${'" + end + "'}\".toString()";
    };
  }

  @Test
  void stringsCompareAsTheirBytesInEveryForm() throws Exception {
    Cases.forAll(
        1,
        random -> {
          List<String> values = random.ints(40).mapToObj(i -> string(random)).toList();
          String codes = String.join(", ", values.stream().map(one -> code(one, random)).toList());
          List<ClientFilter> filters = filters(joined(EQUAL, LESS), codes);
          for (int i = 0; i < values.size(); i++) {
            for (String a : List.of(values.get(i), values.get(random.nextInt(values.size())))) {
              int order =
                  Arrays.compareUnsigned(
                      a.getBytes(StandardCharsets.UTF_8),
                      values.get(i).getBytes(StandardCharsets.UTF_8));
              hold(EQUAL, filters, 0, item("S", a, i), order == 0);
              hold(LESS, filters, EQUAL.size(), item("S", a, i), order < 0);
            }
          }
        });
  }
}
