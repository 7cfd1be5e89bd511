package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.HostileItems;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Two tables compared and repaired, from the command line and by recipes. */
class VerifyTest {

  private static final URI ONE = TestServers.first();
  private static final URI OTHER = TestServers.second();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  @TempDir Path folder;

  private URI one = ONE;
  private URI other = OTHER;

  private static String table(URI server) {
    return Tables.on(server).key("id", "S").gsi("byTenant", ALL, "tenant").create();
  }

  private static Map<String, AttributeValue> user(int i) {
    return Map.of(
        "id", AttributeValue.fromS("u" + i),
        "tenant", AttributeValue.fromS("t" + i % 5),
        "balance", AttributeValue.fromN(i + ".50"));
  }

  private static List<Map<String, AttributeValue>> users(int from, int to) {
    return IntStream.range(from, to).mapToObj(VerifyTest::user).toList();
  }

  private static void put(URI server, String table, String id, String attribute, String number) {
    Map<String, AttributeValue> item = new HashMap<>(user(Integer.parseInt(id.substring(1))));
    item.put(attribute, AttributeValue.fromN(number));
    try (DynamoDbClient client = TestServers.client(server)) {
      client.putItem(r -> r.tableName(table).item(item));
    }
  }

  private static void delete(URI server, String table, String id) {
    try (DynamoDbClient client = TestServers.client(server)) {
      client.deleteItem(r -> r.tableName(table).key(Map.of("id", AttributeValue.fromS(id))));
    }
  }

  private Cli.Result run(String words, String... options) throws Exception {
    Path recipe = folder.resolve("recipe.groovy");
    String region = "region \"" + TestServers.REGION + "\"; credentials \"local\", \"local\"";
    Files.writeString(
        recipe,
        "env(\"a\") { endpoint \"%s\"; %s }\nenv(\"b\") { endpoint \"%s\"; %s }\n%s\n"
            .formatted(one, region, other, region, words));
    List<String> args = new ArrayList<>(List.of(recipe.toString()));
    args.addAll(List.of(options));
    return Cli.run(args.toArray(String[]::new));
  }

  private Cli.Result verify(String a, String b, String words, String... options) throws Exception {
    return run("verify { from \"a:" + a + "\"; to \"b:" + b + "\"; " + words + " }", options);
  }

  /** Returns {@code missing u1} and the like. */
  private static Set<String> differences(Cli.Result result) throws Exception {
    Set<String> differences = new TreeSet<>();
    for (String line : result.out().lines().toList()) {
      JsonNode difference = JSON.readTree(line);
      String what = difference.get("difference").asText();
      assertThat(difference.has("source")).isEqualTo(!what.equals("extra"));
      assertThat(difference.has("target")).isEqualTo(!what.equals("missing"));
      String key = difference.get("key").get("id").get("S").asText();
      assertThat(difference.get("key")).hasSize(1);
      differences.add(what + " " + key);
    }
    return differences;
  }

  private String[] differing(int items) {
    String a = table(one);
    String b = table(other);
    Tables.put(one, a, users(0, items));
    Tables.put(other, b, users(0, items));
    delete(other, b, "u17");
    delete(other, b, "u" + (items - 1));
    put(other, b, "u5", "balance", "5.51");
    put(other, b, "u6", "more", "1");
    put(one, a, "u7", "more", "1");
    put(other, b, "u" + items, "balance", "1");
    put(other, b, "u" + (items + 1), "balance", "1");
    // The same number in another text is no difference.
    put(other, b, "u8", "balance", "8.5000");
    return new String[] {a, b};
  }

  private void sevenDifferencesAreFoundAndMended(int items) throws Exception {
    String[] tables = differing(items);
    Cli.Result found = verify(tables[0], tables[1], "full()");
    assertThat(differences(found))
        .containsExactlyInAnyOrder(
            "missing u17",
            "missing u" + (items - 1),
            "different u5",
            "different u6",
            "different u7",
            "extra u" + items,
            "extra u" + (items + 1));
    assertThat(found.err())
        .contains("7 differences: 2 missing, 2 extra, 3 different")
        .doesNotContain("moved meanwhile");
    assertThat(found.exitCode()).isEqualTo(1);

    Cli.Result repaired = verify(tables[0], tables[1], "repair()");
    assertThat(repaired.err())
        .contains("repaired: 5 items copied, 0 deleted; not everything could be repaired");
    assertThat(repaired.exitCode()).isEqualTo(1);
    Cli.Result asked = verify(tables[0], tables[1], "repair deleteExtra: true");
    assertThat(asked.err()).contains("what is extra will be deleted", "confirm with --yes");
    assertThat(asked.exitCode()).isEqualTo(2);
    Cli.Result cleared = verify(tables[0], tables[1], "repair deleteExtra: true", "--yes");
    assertThat(differences(cleared)).containsExactly("extra u" + items, "extra u" + (items + 1));
    assertThat(cleared.err()).contains("0 items copied, 2 deleted; nothing is left to repair");
    assertThat(cleared.exitCode()).as(cleared.err()).isZero();

    assertThat(TableComparison.byValue(one, tables[0], other, tables[1]))
        .isEqualTo(new TableComparison(items, List.of(), List.of(), List.of()));
    Cli.Result same = verify(tables[0], tables[1], "");
    assertThat(same.out()).isEmpty();
    assertThat(same.err()).contains("no differences");
    assertThat(same.exitCode()).isZero();
  }

  @Test
  void sevenDifferencesInFiveThousandItems() throws Exception {
    sevenDifferencesAreFoundAndMended(5_000);
  }

  @Test
  void sevenDifferencesToDynalite() throws Exception {
    other = TestServers.dynalite();
    sevenDifferencesAreFoundAndMended(300);
  }

  /** The target's index takes no number for a tenant. */
  @Test
  void itemThatTheTargetRefusesIsNotRepaired() throws Exception {
    String a = Tables.on(one).key("id", "S").create();
    String b = table(other);
    Tables.put(one, a, users(0, 10));
    put(one, a, "u3", "tenant", "3");
    Tables.put(other, b, users(5, 10));
    Cli.Result repaired = verify(a, b, "repair()");
    assertThat(repaired.err()).contains("repaired: 4 items copied").contains("not everything");
    assertThat(repaired.exitCode()).isEqualTo(1);
  }

  @Test
  void countsAndSamplesTellAsMuchAsTheyCan() throws Exception {
    String[] tables = differing(300);
    Cli.Result counted = verify(tables[0], tables[1], "count()");
    assertThat(counted.err()).contains("300 items in a:", ", 300 in b:");
    assertThat(counted.exitCode()).isZero();
    delete(other, tables[1], "u1");
    Cli.Result fewer = verify(tables[0], tables[1], "count()", "--json");
    assertThat(fewer.err()).contains("299 in b:", "the numbers of items differ");
    assertThat(fewer.exitCode()).isEqualTo(1);
    JsonNode findings = JSON.readTree(fewer.out()).get("findings");
    assertThat(findings.get("sourceItems").asInt()).isEqualTo(300);
    assertThat(findings.get("same").asBoolean()).isFalse();

    Cli.Result all = verify(tables[0], tables[1], "sample 1000");
    assertThat(differences(all))
        .containsExactlyInAnyOrder(
            "missing u1",
            "missing u17",
            "missing u299",
            "different u5",
            "different u6",
            "different u7");
    assertThat(all.err()).contains("300 items chosen at random were looked for");
    assertThat(all.exitCode()).isEqualTo(1);
    Cli.Result few = verify(tables[0], tables[1], "sample 5");
    assertThat(few.err()).contains("5 items chosen at random were looked for");
  }

  @Test
  void aPartIsComparedWithTheSamePart() throws Exception {
    String[] tables = differing(300);
    // u17 and u7 are of t2; u299 and others of t4, u5 of t0.
    String part = "where gsi: \"byTenant\", pk: \"t2\"";
    Cli.Result found = verify(tables[0], tables[1], part);
    assertThat(differences(found)).containsExactlyInAnyOrder("missing u17", "different u7");
    assertThat(found.err()).contains("60 items in", "59 in");
    Cli.Result filtered =
        verify(tables[0], tables[1], "filter { item -> item.id in [\"u5\", \"u300\", \"u9\"] }");
    assertThat(differences(filtered)).containsExactlyInAnyOrder("different u5", "extra u300");

    // It belongs to the part on one side only: found by its key on the other side, too.
    Map<String, AttributeValue> moved = new HashMap<>(user(12));
    moved.put("tenant", AttributeValue.fromS("t9"));
    Tables.put(other, tables[1], List.of(moved));
    assertThat(differences(verify(tables[0], tables[1], part))).contains("different u12");
    assertThat(verify(tables[0], tables[1], part + "; repair()").exitCode()).isZero();
    assertThat(verify(tables[0], tables[1], part).exitCode()).isZero();
    assertThat(verify(tables[0], tables[1], "").exitCode()).isEqualTo(1);
  }

  @Test
  void whatMovesMeanwhileIsCountedButNoDifference() throws Exception {
    String[] tables = differing(300);
    AtomicInteger lookups = new AtomicInteger();
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                request -> {
                  synchronized (lookups) {
                    if (operation.equals("BatchGetItem") && lookups.getAndIncrement() == 0) {
                      Tables.put(OTHER, tables[1], List.of(user(17)));
                      put(OTHER, tables[1], "u5", "balance", "5.50");
                      delete(OTHER, tables[1], "u300");
                    }
                  }
                  Fault.NONE.happen(request);
                })) {
      other = proxy.endpoint();
      Cli.Result found = verify(tables[0], tables[1], "");
      assertThat(differences(found))
          .containsExactlyInAnyOrder("missing u299", "different u6", "different u7", "extra u301");
      assertThat(found.err())
          .contains("4 differences: 1 missing, 1 extra, 2 different")
          .contains("3 items differed at first and moved meanwhile");
    }
  }

  @Test
  void hostileItemsAreAlikeWhereverTheyAre() throws Exception {
    for (URI server : List.of(OTHER, TestServers.dynalite())) {
      other = server;
      String a = Tables.on(one).key(HostileItems.ID, "S").create();
      String b = Tables.on(other).key(HostileItems.ID, "S").create();
      Tables.put(one, a, HostileItems.of(1_500).toList());
      Tables.put(other, b, HostileItems.of(1_500).toList());
      Cli.Result same = verify(a, b, "segments 8");
      assertThat(same.exitCode()).as(same.err()).isZero();
      assertThat(same.err()).contains("1,500 items in", "no differences");
    }
  }

  @Test
  void whereNothingIsAlikeAllIsMended() throws Exception {
    String a = table(one);
    String b = table(other);
    Tables.put(one, a, users(0, 1_500));
    Tables.put(other, b, users(1_500, 2_000));
    Cli.Result cleared = verify(a, b, "repair deleteExtra: true", "--yes");
    assertThat(differences(cleared)).hasSize(2_000);
    assertThat(cleared.err())
        .contains("2,000 differences: 1,500 missing, 500 extra, 0 different")
        .contains("1,500 items copied, 500 deleted; nothing is left to repair");
    assertThat(cleared.exitCode()).isZero();
    assertThat(TableComparison.of(one, a, other, b).isSame()).isTrue();
  }

  @Test
  void aRateIsKept() throws Exception {
    String a = table(one);
    String b = table(other);
    String text = "x".repeat(2_000);
    for (URI server : List.of(one, other)) {
      Tables.put(
          server,
          server == one ? a : b,
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      Map.of(
                          "id", AttributeValue.fromS("u" + i), "text", AttributeValue.fromS(text)))
              .toList());
    }
    long began = System.nanoTime();
    Cli.Result same = verify(a, b, "rate read: 40");
    // 100 units of each table, which are read one after the other.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(4));
    assertThat(same.exitCode()).as(same.err()).isZero();
    Cli.Result unknown = verify(a, b, "rate read: \"50%\"");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("`rate read` is 50%", "`" + a + "`", "`" + b + "`");
  }

  @Test
  void emptyTablesAreAlike() throws Exception {
    Cli.Result same = verify(table(one), table(other), "count(); sample 3; full()");
    assertThat(same.exitCode()).as(same.err()).isZero();
    Cli.Result none = verify(table(one), table(other), "count(); sample 3");
    assertThat(none.exitCode()).as(none.err()).isZero();
  }

  @Test
  void faultsOnTheWayChangeNothing() throws Exception {
    String[] tables = differing(300);
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                number % 2 == 0
                    ? Fault.NONE
                    : number % 3 == 0 ? Faults.CUT : Faults.THROUGHPUT_EXCEEDED)) {
      other = proxy.endpoint();
      Cli.Result found = verify(tables[0], tables[1], "repair deleteExtra: true", "--yes");
      assertThat(differences(found)).hasSize(7);
      assertThat(found.exitCode()).as(found.err()).isZero();
    }
    assertThat(TableComparison.byValue(ONE, tables[0], OTHER, tables[1]).isSame()).isTrue();
  }
}
