package org.dynocopy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** The one-liner, with what people type right and wrong. */
class CopyCommandTest {

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  private static URI server;
  private static String source;

  @BeforeAll
  static void fill() {
    server = TestServers.first();
    source =
        Tables.on(server)
            .key("id", "S")
            .key("version", "N")
            .gsi("byTenant", ALL, "tenant")
            .create();
    Tables.put(
        server,
        source,
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i % 10),
                        "version", AttributeValue.fromN("" + i),
                        "tenant", AttributeValue.fromS("t" + i % 4),
                        "status", AttributeValue.fromS(i % 2 == 0 ? "on" : "off")))
            .toList());
  }

  private static String target() {
    return Tables.on(server).key("id", "S").key("version", "N").create();
  }

  private static Cli.Result copy(String... args) {
    List<String> all = new ArrayList<>(List.of("copy"));
    all.addAll(List.of(args));
    all.addAll(List.of("--endpoint-url", server.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  @Test
  void aWholeTableIsCopiedAndAccountedFor() {
    String target = target();
    Cli.Result result = copy(source, target);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("the ledger adds up: 100 read = 0 filtered + 100 written + 0 dead letters")
        .contains("RCU")
        .contains("WCU");
    assertThat(TableComparison.of(server, source, server, target).same()).isEqualTo(100);
  }

  @Test
  void jsonOnStandardOutputIsALineThatPrograms() throws Exception {
    Cli.Result result = copy(source, target(), "--json", "--index", "byTenant", "--pk", "t1");
    JsonNode summary = new ObjectMapper().readTree(result.out());
    assertThat(result.out().lines()).hasSize(1);
    assertThat(summary.get("written").asInt()).isEqualTo(25);
    assertThat(summary.get("complete").asBoolean()).isTrue();
    assertThat(summary.get("exitCode").asInt()).isZero();
  }

  @Test
  void sortKeysAndFiltersSelect() {
    String target = target();
    Cli.Result result =
        copy(
            source,
            target,
            "--pk",
            "item 3",
            "--sk-between",
            "10",
            "60",
            "--filter",
            "#s = :s",
            "--names",
            "{\"#s\":\"status\"}",
            "--values",
            "{\":s\":{\"S\":\"off\"}}");
    assertThat(result.err()).contains("5 read = 0 filtered + 5 written");
    assertThat(TableComparison.items(server, target)).hasSize(5);
  }

  @Test
  void aDryRunTellsThePlanAndWritesNothing() throws Exception {
    String target = target();
    Cli.Result result =
        copy(source, target, "--dry-run", "--index", "byTenant", "--pk", "t1", "--pk", "t2");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("id (S), version (N)")
        .contains("GSI byTenant: keys tenant (S), projects whole items")
        .contains("query of index byTenant, 2 partition keys")
        .contains("about 50 items");
    assertThat(TableComparison.items(server, target)).isEmpty();
    JsonNode plan = new ObjectMapper().readTree(copy(source, target, "--dry-run", "--json").out());
    assertThat(plan.get("estimatedItems").asInt()).isEqualTo(100);
    assertThat(plan.get("source").get("keys")).hasSize(2);
  }

  @Test
  void theOneLinerPlansWhatARecipePlans(@TempDir Path folder) throws Exception {
    String target = target();
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        copy {
          from "%s"
          to "%s"
          segments 5
          writers 3
          where gsi: "byTenant", pk: ["t1", "t2"]
          filter "#s = :s", names: ["#s": "status"], values: [":s": "on"]
          project "status"
          limit 7
        }
        """
            .formatted(source, target));
    String[] words = {"--segments", "5", "--writers", "3", "--index", "byTenant", "--limit", "7"};
    List<String> line = new ArrayList<>(List.of(source, target, "--dry-run", "--json"));
    line.addAll(List.of(words));
    line.addAll(List.of("--pk", "t1", "--pk", "t2", "--project", "status"));
    line.addAll(List.of("--filter", "#s = :s", "--names", "{\"#s\":\"status\"}"));
    line.addAll(List.of("--values", "{\":s\":{\"S\":\"on\"}}"));
    Cli.Result planned =
        Cli.run(
            recipe.toString(),
            "--dry-run",
            "--json",
            "--endpoint-url",
            server.toString(),
            "--region",
            TestServers.REGION);
    assertThat(planned.exitCode()).as(planned.err()).isZero();
    assertThat(copy(line.toArray(String[]::new))).isEqualTo(planned);
  }

  private static void assertRefused(Cli.Result result, int exitCode, String... says) {
    assertThat(result.err()).contains(says).doesNotContain("Exception in", "\tat ");
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anUnknownTableListsTheNearestNames() {
    assertRefused(
        copy(source + "x", target()),
        2,
        "FROM: there is no table `" + source + "x`",
        "Did you mean `" + source + "`?");
  }

  @Test
  void twoUnknownTablesAreToldTogether() {
    assertRefused(
        copy(source + "x", source + "y"),
        2,
        "FROM: there is no table `" + source + "x`",
        "TO: there is no table `" + source + "y`",
        "`--create-target` makes it like the source");
  }

  @Test
  void anUnknownIndexListsThoseThereAre() {
    assertRefused(
        copy(source, target(), "--index", "byTenat", "--pk", "t1"),
        2,
        "--index: `" + source + "` has no index `byTenat`. It has `byTenant`.",
        "Did you mean `byTenant`?");
  }

  @Test
  void aKeyOfTheWrongTypeIsNamed() {
    assertRefused(
        copy(source, target(), "--pk", "item 1", "--sk", "first"),
        2,
        "--sk: the key `version` is of type N, a number: `first` is not");
  }

  @Test
  void aSortKeyWhereThereIsNoneIsNamed() {
    assertRefused(
        copy(source, target(), "--index", "byTenant", "--pk", "t1", "--sk-begins", "x"),
        2,
        "--sk-begins: the index `byTenant` has no sort key to compare: its key is tenant (S)");
  }

  @Test
  void numbersHaveNoPrefix() {
    assertRefused(
        copy(source, target(), "--pk", "item 1", "--sk-begins", "1"),
        2,
        "--sk-begins: numbers have no prefix");
  }

  @Test
  void aTargetWithOtherKeysIsRefused() {
    String other = Tables.on(server).key("id", "S").key("version", "S").create();
    assertRefused(copy(source, other), 2, "TO: the keys differ", "version (N)", "version (S)");
  }

  @Test
  void theSameTableTwiceIsRefusedUnderWhateverName() {
    assertRefused(copy(source, source), 2, "source and target are the same table");
    String arn = "arn:aws:dynamodb:" + TestServers.REGION + ":000000000000:table/" + source;
    assertRefused(copy(source, arn), 2, "source and target are the same table");
  }

  @Test
  void allMistakesOfALineAreToldAtOnce() {
    assertRefused(
        copy("nowhere:users", target(), "--sk", "1", "--segments", "0", "--limit", "0"),
        2,
        "FROM: unknown environment `nowhere`",
        "--sk: needs --pk too",
        "--segments: `segments` must be from 1 to 1000000, not 0",
        "--limit: `limit` must be at least 1, not 0");
  }

  @Test
  void aFilterThatTheServiceDoesNotUnderstandIsRefused() {
    String target = target();
    assertRefused(
        copy(source, target, "--filter", "a b"),
        2,
        "--filter: the service refuses",
        "Invalid FilterExpression");
    assertRefused(copy(source, target, "--filter", "a = :a", "--values", "{"), 2, "--values");
    assertThat(TableComparison.items(server, target)).isEmpty();
  }

  @Test
  void anEndpointThatDoesNotAnswerIsNamed() {
    Cli.Result result = Cli.run("copy", "users", "users2", "--endpoint-url", "http://127.0.0.1:1");
    assertRefused(result, 3, "http://127.0.0.1:1 does not answer (");
  }

  @Test
  void anEndpointThatIsNoUrlIsRefused() {
    Cli.Result result = Cli.run("copy", "users", "users2", "--endpoint-url", "localhost:8000");
    assertRefused(result, 2, "localhost:8000", "http://");
  }

  @Test
  void wrongWordsOfTheCommandLineAreNamed() {
    assertRefused(Cli.run("copy", "users"), 2, "TO", "Try `dynocopy copy --help`.");
    assertRefused(Cli.run("copy", "users", "users2", "--segmnts", "3"), 2, "--segmnts");
    assertRefused(Cli.run(), 2, "say which recipe to run");
    assertRefused(Cli.run("no-such.groovy"), 2, "no-such.groovy");
    assertRefused(Cli.run("."), 2, "`.` is a directory");
  }

  @Test
  void deadLettersEndWithOneAndGoWhereTheyAreWanted(@TempDir Path folder) {
    String strict =
        Tables.on(server)
            .key("id", "S")
            .key("version", "N")
            .gsi("byStatus", ALL, "status2")
            .create();
    String from = Tables.on(server).key("id", "S").key("version", "N").create();
    Tables.put(
        server,
        from,
        List.of(
            Map.of(
                "id", AttributeValue.fromS("good"),
                "version", AttributeValue.fromN("1")),
            Map.of(
                "id", AttributeValue.fromS("bad"),
                "version", AttributeValue.fromN("2"),
                "status2", AttributeValue.fromN("3"))));
    Path file = folder.resolve("dead.jsonl");
    Cli.Result result = copy(from, strict, "--dead-letter", file.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("2 read = 0 filtered + 1 written + 1 dead letters")
        .contains(file.toString());
    assertThat(file).content().contains("\"id\":{\"S\":\"bad\"}", "ValidationException");
  }
}
