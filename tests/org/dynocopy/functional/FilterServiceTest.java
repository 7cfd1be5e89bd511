package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A block of {@code filter} keeps the items that the service's own filter expression keeps. */
class FilterServiceTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 120;

  /**
   * A filter expression, and the block that says the same; V and W are values of the recipe.
   *
   * <p>Where types differ the block fails, which counts as not kept.
   */
  private static final List<String[]> SAME =
      Arrays.asList(
          new String[] {"a = :v", "it.a == V"},
          new String[] {"a < :v", "it.a < V"},
          new String[] {"a <= :v", "it.a <= V"},
          new String[] {"a > :v", "V < it.a"},
          new String[] {"a >= :v", "it.a >= V"},
          new String[] {"a IN (:v, :w)", "it.a in [V, W]"},
          new String[] {"a IN (:v, :w)", "[V, W].contains(it.a)"},
          new String[] {"a IN (:v, :w)", "switch (it.a) { case [V, W]: return true }; false"},
          new String[] {"a BETWEEN :v AND :w", "it.a >= V && it.a <= W"},
          new String[] {"c = :v", "it.c == V"},
          new String[] {"contains(c, :v)", "it.c?.contains(V)"},
          new String[] {"contains(c, :v)", "it.c != null && V in it.c"},
          new String[] {"m.n = :v", "it.m?.n == V"},
          new String[] {"m.properties = :v", "it.m?.properties == V"},
          new String[] {"m.l[0] = :v", "it.m?.l[0] == V"},
          new String[] {"m.n < :v AND a = :v", "it.m?.n < V && it.a == V"});

  private static final int ORDERED = 17;

  /** Numbers and their ways to be written, strings and other values, as a recipe has them. */
  private static final List<String> LITERALS =
      List.of(
          "1",
          "1L",
          "1.0",
          "1E0",
          "1.5",
          "1.50",
          "100",
          "1E+2",
          "-1",
          "0",
          "2147483648",
          "-0.5",
          "12345678901234567890123456789012345678",
          "'a'",
          "\"${'a'}\"",
          "'b'",
          "'1'",
          "true",
          "false",
          "[0, -1] as byte[]",
          "[1, 'a']",
          "[n: 1.0]",
          "['a', 'b'] as Set",
          "[1, 1.50] as Set");

  @TempDir Path folder;

  private static AttributeValue value(Random random) {
    List<AttributeValue> values =
        List.of(
            AttributeValue.fromN("1"),
            AttributeValue.fromN("1.50"),
            AttributeValue.fromN("1E+2"),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("0"),
            AttributeValue.fromN("2147483648"),
            AttributeValue.fromN("12345678901234567890123456789012345678"),
            AttributeValue.fromN("12345678901234567890123456789012345677"),
            AttributeValue.fromS("a"),
            AttributeValue.fromS("b"),
            AttributeValue.fromS("1"),
            AttributeValue.fromBool(true),
            AttributeValue.fromBool(false),
            AttributeValue.fromNul(true),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
            AttributeValue.fromL(List.of(AttributeValue.fromN("1.0"), AttributeValue.fromS("a"))),
            AttributeValue.fromM(Map.of("n", AttributeValue.fromN("1"))));
    return values.get(random.nextInt(values.size()));
  }

  private static AttributeValue several(Random random) {
    List<AttributeValue> values =
        List.of(
            AttributeValue.fromSs(List.of("b", "a")),
            AttributeValue.fromSs(List.of("c")),
            AttributeValue.fromNs(List.of("1.5", "1")),
            AttributeValue.fromNs(List.of("100")),
            AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {0, -1}))),
            AttributeValue.fromL(List.of(value(random), value(random))));
    return values.get(random.nextInt(values.size()));
  }

  private static Map<String, AttributeValue> item(int i, Random random) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS("i" + i));
    if (random.nextInt(6) > 0) {
      item.put("a", value(random));
    }
    if (random.nextInt(4) > 0) {
      item.put("c", several(random));
    }
    if (random.nextInt(3) > 0) {
      item.put(
          "m",
          AttributeValue.fromM(
              Map.of(
                  "n", value(random),
                  "properties", value(random),
                  "l", AttributeValue.fromL(List.of(value(random))))));
    }
    return item;
  }

  @Test
  void deletionByABlockLeavesWhatIsToBeKept() throws Exception {
    String table = Tables.on(SERVER).key("id", "S").create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (String kept : List.of("USER#1", "USER#2", "number", "old", "absent", "told", "sum")) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", AttributeValue.fromS(kept));
      item.put("n", AttributeValue.fromN("102.0"));
      item.put("deleted", AttributeValue.fromN("1"));
      Map<String, AttributeValue> status = Map.of("status", AttributeValue.fromS("live"));
      item.put("properties", AttributeValue.fromM(status));
      items.add(item);
    }
    Map<String, AttributeValue> gone = new HashMap<>(items.get(0));
    gone.put("id", AttributeValue.fromS("USER#9"));
    items.add(gone);
    Tables.put(SERVER, table, items);
    List<String> blocks =
        List.of(
            "!(it.n in [101, 102])",
            "![101, 102].contains(it.n) || !(it.n + 1 in 103..104) || ![(102): true][it.n]",
            "it.id.startsWith('USER') && !(it.id in keep)",
            "it.id.startsWith('USER') && !keep.toSet().contains(it.id)",
            "it.ttl < cutoff || cutoff > it.ttl || cutoff < 1",
            "it.properties.status != 'live' || it.metaClass != null",
            "it.deleted == true",
            "!([it.n, it.n].sum() in [204])",
            "it.id.startsWith('USER') && !(it.id.charAt(5) in ['1', '2', '9'])",
            "!longs.contains(it.n) || ![102L].any(it.n.&equals)");
    StringBuilder recipe =
        new StringBuilder(
            "env('test') { endpoint '%s'; region '%s'; credentials 'local', 'local' }\n"
                .formatted(SERVER, TestServers.REGION));
    recipe.append("def keep = (1..3).collect { \"USER#$it\" }\n");
    recipe.append("def longs = new HashSet()\nCollections.addAll(longs, [5, 102] as Long[])\n");
    recipe.append("def cutoff = 60 * 365 * 24 * 3600 * 1000\n");
    for (String block : blocks) {
      recipe.append("delete { from 'test:" + table + "'; filter { " + block + " } }\n");
    }
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(file, recipe);
    Cli.Result result = Cli.run(file.toString(), "--yes");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("7 dead letters");
    items.remove(gone);
    assertThat(TableComparison.items(SERVER, table)).hasSize(items.size());
  }

  @Test
  void blocksKeepWhatTheServicesExpressionsKeep() throws Exception {
    String table = Tables.on(SERVER).key("id", "S").create();
    Cases.forAll(1, random -> hold(table, random));
  }

  private void hold(String table, Random random) throws Exception {
    Tables.put(SERVER, table, IntStream.range(0, ITEMS).mapToObj(i -> item(i, random)).toList());
    Tables.put(SERVER, table, List.of(Map.of("id", AttributeValue.fromS("next"))));
    StringBuilder recipe =
        new StringBuilder(
            "env('test') { endpoint '%s'; region '%s'; credentials 'local', 'local' }\n"
                .formatted(SERVER, TestServers.REGION));
    List<String> asked = new ArrayList<>();
    List<String[]> some = new ArrayList<>(SAME);
    Collections.shuffle(some, random);
    for (String[] same : some.subList(0, 8)) {
      // The service orders numbers, strings and binary alone.
      boolean ordered = same[0].matches(".*[<>].*");
      String v = LITERALS.get(random.nextInt(ordered ? ORDERED : LITERALS.size()));
      String w = LITERALS.get(random.nextInt(LITERALS.size()));
      boolean two = same[0].contains(":w");
      if (same[0].contains("BETWEEN")) {
        // The service refuses bounds in the wrong order, or of other types.
        v = "1.0";
        w = "1E+2";
      }
      String block = same[1].replaceAll("\\bV\\b", "(V)").replace("V", v);
      block = block.replaceAll("\\bW\\b", "(W)").replace("W", w);
      String values = "values: [':v': " + v + (two ? ", ':w': " + w : "") + "]";
      asked.add(block);
      for (String filter : List.of("\"" + same[0] + "\", " + values, "{ " + block + " }")) {
        recipe.append("query { from 'test:" + table + "'; project 'id'\n  filter " + filter);
        recipe.append("\n}\nquery { from 'test:" + table + "'; where pk: 'next' }\n");
      }
    }
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(file, recipe);
    Cli.Result result = Cli.run(file.toString());
    String[] answers = result.out().split("\\{\"id\":\"next\"\\}\n", -1);
    assertThat(answers).as(result.err()).hasSize(asked.size() * 2 + 1);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(answers[2 * i + 1].lines().sorted())
          .as(asked.get(i))
          .containsExactlyElementsOf(answers[2 * i].lines().sorted().toList());
    }
  }
}
