package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What several jobs together end with, and what programs are told of those that did not go well.
 */
class JobResultsTest {

  private static final URI SERVER = TestServers.first();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of 20 items. */
  private static String source;

  private String target;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    source = table();
    Tables.fill(SERVER, source, 20);
  }

  @BeforeEach
  void makeTarget() {
    target = table();
  }

  private static String table() {
    return Tables.on(SERVER).key("id", "S").create();
  }

  private static int items(String table) {
    return TableComparison.items(SERVER, table).size();
  }

  private Cli.Result run(URI there, String jobs, String... args) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    String environments =
        """
        env("test") { endpoint "%s"; region "us-east-1" }
        env("there") { endpoint "%s"; region "us-east-1" }
        defaults { onFailure { deadLetter "%s" } }
        """;
    Files.writeString(
        recipe, environments.formatted(SERVER, there, folder.resolve("dead.jsonl")) + jobs);
    List<String> words = new ArrayList<>(List.of(recipe.toString(), "--yes", "--json"));
    words.addAll(List.of(args));
    return Cli.run(words.toArray(String[]::new));
  }

  private String copy(String more) {
    return "copy { from \"test:%s\"; to \"there:%s\"; %s }%n".formatted(source, target, more);
  }

  private static List<JsonNode> summaries(Cli.Result result) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      all.add(JSON.readTree(line));
    }
    return all;
  }

  private static FaultProxy refusing() {
    return new FaultProxy(
        SERVER,
        (operation, number) ->
            operation.equals("BatchWriteItem")
                ? request -> request.error(400, "AccessDeniedException", "not allowed")
                : Fault.NONE);
  }

  @Test
  void theExitCodeIsTheWorstOfAllJobs() throws Exception {
    String fails = "filter { item -> if (item.id == \"item 7\") throw new Exception(\"7\"); true }";
    Cli.Result result = run(SERVER, copy(fails) + copy(""));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(summaries(result))
        .extracting(job -> job.get("exitCode").asInt(), job -> job.get("deadLettered").asInt())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(0, 0));
    assertThat(summaries(result).get(0).get("conflicts").asInt()).isZero();
    assertThat(summaries(result).get(0).get("complete").asBoolean()).isTrue();
  }

  /** Who reads the items reads nothing else. */
  @Test
  void jsonOfAQueryIsItsItemsAlone() throws Exception {
    Cli.Result all = run(SERVER, "query { from \"test:" + source + "\" }");
    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(summaries(all)).hasSize(20).allMatch(item -> item.has("id") && !item.has("event"));
  }

  @Test
  void noJobRunsAfterOneThatFailed() throws Exception {
    String other = table();
    Tables.fill(SERVER, other, 5);
    try (FaultProxy proxy = refusing()) {
      Cli.Result result = run(proxy.endpoint(), copy("") + "truncate \"test:" + other + "\"\n");
      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(items(other)).isEqualTo(5);
      JsonNode summary = summaries(result).get(0);
      assertThat(summaries(result)).hasSize(1);
      assertThat(summary.get("complete").asBoolean()).isFalse();
      assertThat(summary.get("failure").asText()).contains("AccessDenied");
      assertThat(summary.get("written").asInt()).isZero();
      assertThat(summary.get("unaccounted").asInt()).isEqualTo(summary.get("read").asInt());
      assertThat(summary.get("exitCode").asInt()).isEqualTo(3);
    }
  }

  @Test
  void nothingIsRemovedAfterDeadLettersOrDifferences() throws Exception {
    String fails = "filter { item -> if (item.id == \"item 7\") throw new Exception(\"7\"); true }";
    String sourceName = "\"test:" + source + "\"";
    String verify = "verify { from " + sourceName + "; to \"test:" + target + "\"; full() }\n";
    String from = "{ from \"test:" + table() + "\"; to " + sourceName;
    Map<String, String> removing =
        Map.of(
            "truncate " + sourceName,
            copy(fails),
            "delete { from " + sourceName + "; filter \"size(id) > :n\", values: [\":n\": 1] }",
            verify,
            "copy " + from + "; replace() }",
            verify,
            "verify " + from + "; full(); repair deleteExtra: true }",
            copy(fails));
    for (Map.Entry<String, String> one : removing.entrySet()) {
      Cli.Result result = run(SERVER, one.getValue() + one.getKey() + "\n" + copy(""));
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(items(source)).as(one.getKey()).isEqualTo(20);
      assertThat(result.err())
          .contains(
              "was not run, and nothing after it: it removes items, and ",
              " before it ended with dead letters or differences");
    }
  }

  /** It is the first that did not go well, whatever went well since. */
  @Test
  void jobThatKeepsItemsFromBeingRemovedIsNamed() throws Exception {
    String fails = "filter { item -> if (item.id == \"item 7\") throw new Exception(\"7\"); true }";
    String counts = "query { from \"test:" + source + "\"; count() }\n";
    Cli.Result result = run(SERVER, copy(fails) + counts + "truncate \"test:" + source + "\"\n");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "truncate test:" + source + " was not run, and nothing after it",
            "and test:" + source + " -> there:" + target + " before it ended with dead letters");
    assertThat(items(source)).isEqualTo(20);
  }

  /** Each of them has tables of its own. */
  @Test
  void theOtherTablesOfAPatternAreReplacedAfterDeadLetters() throws Exception {
    String name = table();
    for (String copy : List.of(name + "-a", name + "-b")) {
      assertThat(
              Cli.run(
                      "schema",
                      "clone",
                      "--endpoint-url",
                      SERVER.toString(),
                      "--region",
                      "us-east-1",
                      name,
                      copy)
                  .exitCode())
          .isZero();
    }
    Tables.fill(SERVER, name + "-a", 8);
    Tables.fill(SERVER, name + "-b", 5);
    String job =
        """
        copy { from "test:%1$s-*"; to "test:to-%1$s-*"; createTarget(); replace backup: false
          filter { if (it.id == "item 7") throw new Exception("7"); true } }
        """;
    Cli.Result result = run(SERVER, job.formatted(name));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(items("to-" + name + "-a")).isEqualTo(7);
    assertThat(items("to-" + name + "-b")).isEqualTo(5);
  }

  @Test
  void noJobRunsAfterOneThatMustNotBeEmpty() throws Exception {
    String empty = copy("filter \"attribute_exists(nothing)\"; failIfEmpty()");
    Cli.Result result = run(SERVER, empty + "truncate \"test:" + source + "\"\n");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(summaries(result)).hasSize(1);
    assertThat(items(source)).isEqualTo(20);
  }

  @Test
  void conflictsAndDeadLettersAreToldApart() throws Exception {
    Tables.fill(SERVER, target, 12);
    Cli.Result result = run(SERVER, copy("onConflict \"skip\""));
    JsonNode summary = summaries(result).get(0);
    assertThat(summary.get("conflicts").asInt()).isEqualTo(12);
    assertThat(summary.get("written").asInt()).isEqualTo(8);
    assertThat(summary.get("deadLettered").asInt()).isZero();
    assertThat(summary.get("failure").isNull()).isTrue();
    assertThat(summary.get("complete").asBoolean()).isTrue();
    assertThat(Stream.of(0, summary.get("exitCode").asInt())).containsOnly(result.exitCode());
  }
}
