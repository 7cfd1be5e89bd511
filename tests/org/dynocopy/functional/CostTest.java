package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What a dry run says that a job takes, beside what answers then say was consumed. */
class CostTest {

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Projection KEYS = Projection.builder().projectionType("KEYS_ONLY").build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String create() {
    return Tables.on(TestServers.first())
        .key("id", "S")
        .gsi("byTenant", ALL, "tenant")
        .gsi("byMail", KEYS, "mail")
        .create();
  }

  /** Fills a table with items of such sizes; every second one is in the second index. */
  private static String filled(int items, Function<Random, Integer> size) {
    String table = create();
    Random random = new Random(7);
    Tables.put(
        TestServers.first(),
        table,
        IntStream.range(0, items)
            .mapToObj(
                i -> {
                  Map<String, AttributeValue> item = new HashMap<>();
                  item.put("id", AttributeValue.fromS("item " + i));
                  item.put("tenant", AttributeValue.fromS("t" + i % 20));
                  item.put("text", AttributeValue.fromS("x".repeat(size.apply(random))));
                  if (i % 2 == 0) {
                    item.put("mail", AttributeValue.fromS("mail " + i));
                  }
                  return item;
                })
            .toList());
    return table;
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--endpoint-url", TestServers.first().toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private static JsonNode json(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    Cli.Result result = run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JSON.readTree(result.out());
  }

  private static void same(double estimated, double consumed) {
    System.err.printf("%.1f estimated, %.1f consumed%n", estimated, consumed);
    assertThat(estimated).isCloseTo(consumed, Percentage.withPercentage(10));
  }

  private static void check(String source, String... more) throws Exception {
    String target = create();
    List<String> words =
        new ArrayList<>(List.of("copy", source, target, "--prices", "read=1,write=5"));
    words.addAll(List.of(more));
    String[] args = words.toArray(String[]::new);
    words.add("--dry-run");
    JsonNode plan = json(words.toArray(String[]::new));
    JsonNode summary = json(args);
    double read = summary.get("readUnits").asDouble();
    double write = summary.get("writeUnits").asDouble();
    same(plan.get("estimatedReadUnits").asDouble(), read);
    same(plan.get("estimatedWriteUnits").asDouble(), write);
    same(plan.get("estimatedDollars").asDouble(), (read + 5 * write) / 1e6);
    assertThat(summary.get("dollars").asDouble()).isCloseTo((read + 5 * write) / 1e6, within(1e-9));
  }

  @Test
  void itemsOfOneSizeCostWhatTheDryRunSays() throws Exception {
    check(filled(3_000, random -> 400));
  }

  /** A filter may have to look at all items before it finds as many. */
  @Test
  void limitBoundsWhatIsEstimatedUnlessItemsAreFiltered() throws Exception {
    String source = filled(60, random -> 900);
    String target = create();
    String[] filter = {"--filter", "attribute_exists(mail)"};
    for (int limit : new int[] {20, 60, 100}) {
      String[] words = {"copy", source, target, "--dry-run", "--limit", "" + limit};
      JsonNode plan = json(words);
      int items = Math.min(60, limit);
      assertThat(plan.get("estimatedItems").asInt()).isEqualTo(items);
      // Of each table and index one at least, and of a second KB none.
      assertThat(plan.get("estimatedWriteUnits").asDouble()).isCloseTo(2.5 * items, within(1.0));
      assertThat(plan.get("estimateIsUpperBound").asBoolean()).isFalse();
      List<String> filtered = new ArrayList<>(List.of(words));
      filtered.addAll(List.of(filter));
      JsonNode most = json(filtered.toArray(String[]::new));
      assertThat(most.get("estimatedItems").asInt()).isEqualTo(60);
      assertThat(most.get("estimateIsUpperBound").asBoolean()).isTrue();
    }
  }

  @Test
  void itemsOfWidelyMixedSizesCostWhatTheDryRunSays() throws Exception {
    check(filled(3_000, random -> (int) Math.exp(random.nextDouble() * Math.log(40_000))));
  }

  @Test
  void itemsAroundAKilobyteCostWhatTheDryRunSays() throws Exception {
    check(filled(3_000, random -> 800 + random.nextInt(500)));
  }

  @Test
  void aFewItemsOfAPartitionKeyAreCountedByTheSample() throws Exception {
    check(filled(400, random -> 1_500), "--index", "byTenant", "--pk", "t3");
  }

  @Test
  void replacingCountsWhatIsReadAndRemovedOfTheTarget() throws Exception {
    String source = filled(1_500, random -> 300);
    String target = filled(2_000, random -> 300);
    JsonNode copy = json("copy", source, target, "--dry-run");
    JsonNode plan = json("copy", source, target, "--replace", "--dry-run");
    JsonNode summary = json("copy", source, target, "--replace", "--yes");
    double read = 0;
    double written = 0;
    for (JsonNode stage : summary.get("stages")) {
      read += stage.get("readUnits").asDouble();
      written += stage.get("writeUnits").asDouble();
    }
    // The service takes a unit for a key that is not there; DynamoDB Local takes none.
    same(plan.get("estimatedReadUnits").asDouble() - 500, read);
    // 500 items are removed, of the table and of what its indexes have of them.
    double removal =
        plan.get("estimatedWriteUnits").asDouble() - copy.get("estimatedWriteUnits").asDouble();
    assertThat(removal).isCloseTo(500 * 2.5, Percentage.withPercentage(10));
    System.err.printf(
        "%.1f estimated, %.1f consumed where items are the same%n",
        plan.get("estimatedWriteUnits").asDouble(), written);
  }

  /** Returns what all stages consumed, and checks that the dollars are those of these. */
  private static double[] units(JsonNode summary) {
    double read = 0;
    double written = 0;
    for (JsonNode stage : summary.get("stages")) {
      read += stage.get("readUnits").asDouble();
      written += stage.get("writeUnits").asDouble();
    }
    assertThat(summary.get("dollars").asDouble())
        .isCloseTo((read + 5 * written) / 1e6, within(1e-9));
    return new double[] {read, written};
  }

  @Test
  void aComparisonCostsWhatTheDryRunSays() throws Exception {
    String one = filled(2_000, random -> random.nextInt(3_000));
    String other = filled(2_000, random -> random.nextInt(3_000));
    for (String how : List.of("--full", "--count", "--sample=90", "--segments=8")) {
      String[] words = {"verify", one, other, "--prices", "read=1,write=5", how};
      JsonNode plan = json("verify", one, other, "--prices", "read=1,write=5", how, "--dry-run");
      same(plan.get("estimatedReadUnits").asDouble(), units(json(words))[0]);
      assertThat(plan.get("estimatedWriteUnits").asDouble()).isZero();
    }
    JsonNode plan = json("fingerprint", one, "--dry-run");
    same(
        plan.get("estimatedReadUnits").asDouble(),
        json("query", one, "--count", "--dry-run").get("estimatedReadUnits").asDouble());
  }

  @Test
  void aVerifiedCopyCostsWhatTheDryRunSays() throws Exception {
    String source = filled(600, random -> random.nextInt(3_000));
    for (String part : List.of("", "--index byTenant --pk t3")) {
      List<String> words = new ArrayList<>(List.of("copy", source, create(), "--verify"));
      words.addAll(part.isEmpty() ? List.of() : List.of(part.split(" ")));
      words.addAll(List.of("--prices", "read=1,write=5"));
      String[] args = words.toArray(String[]::new);
      words.add("--dry-run");
      JsonNode plan = json(words.toArray(String[]::new));
      double[] consumed = units(json(args));
      same(plan.get("estimatedReadUnits").asDouble(), consumed[0]);
      same(plan.get("estimatedWriteUnits").asDouble(), consumed[1]);
    }
  }

  @Test
  void whatARepairReadsAndWritesIsPaidFor() throws Exception {
    String one = filled(300, random -> random.nextInt(3_000));
    JsonNode summary =
        lastLine(run("verify", one, create(), "--repair", "--prices", "read=1,write=5", "--json"));
    assertThat(summary.get("findings").get("repaired").asInt()).isEqualTo(300);
    double[] consumed = units(summary);
    assertThat(consumed[0]).isGreaterThan(300);
    assertThat(consumed[1]).isGreaterThan(600);
    Cli.Result stopped =
        run("verify", one, create(), "--repair", "--prices", "read=1,write=5", "--budget", "0.001");
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    assertThat(stopped.err()).contains("budget");
  }

  private static JsonNode lastLine(Cli.Result result) throws Exception {
    List<String> lines = result.out().lines().toList();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  /** It costs more than can be known before: the items that it replaces are larger. */
  @Test
  void budgetIsOneOverAllRunsOfACopy() throws Exception {
    String source = filled(400, random -> 10);
    String target = filled(400, random -> 9_000);
    String[] copy = {"copy", source, target, "--prices", "read=1,write=5", "--budget", "0.01"};
    Cli.Result first = run(copy);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(3);
    assertThat(first.err()).contains("the budget of $0.01", " written").doesNotContain("of it by");
    Map<String, Map<String, AttributeValue>> after =
        TableComparison.items(TestServers.first(), target, 1);
    Cli.Result again = run(copy);
    assertThat(again.exitCode()).as(again.err()).isEqualTo(3);
    assertThat(again.err()).containsPattern("[0-9] of it by runs that were stopped");
    assertThat(TableComparison.items(TestServers.first(), target, 1)).isEqualTo(after);
    copy[copy.length - 1] = "1";
    Cli.Result more = run(copy);
    assertThat(more.exitCode()).as(more.err()).isZero();
  }

  @Test
  void aDeletionCostsWhatTheDryRunSays() throws Exception {
    String table = filled(2_000, random -> random.nextInt(3_000));
    JsonNode plan = json("truncate", table, "--dry-run");
    JsonNode summary = json("truncate", table, "--yes");
    same(plan.get("estimatedReadUnits").asDouble(), summary.get("readUnits").asDouble());
    same(plan.get("estimatedWriteUnits").asDouble(), summary.get("writeUnits").asDouble());
  }
}
