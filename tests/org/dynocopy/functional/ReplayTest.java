package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Dead letters, and how they are written again once the cause is removed. */
class ReplayTest {

  private static final int ITEMS = 10_000;

  private static URI server;
  private static String source;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    server = TestServers.first();
    source = Tables.on(server).key("id", "S").create();
    Tables.put(
        server,
        source,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id",
                        AttributeValue.fromS("u" + i),
                        "age",
                        i % 3_333 == 1_111
                            ? AttributeValue.fromS("grün " + i)
                            : AttributeValue.fromN("" + i)))
            .toList());
  }

  private static String target() {
    return Tables.on(server).key("id", "S").create();
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint-url", server.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private static int items(String table) {
    return TableComparison.items(server, table, 1).size();
  }

  private static String letter(String item) {
    return "{\"at\":\"nightly.groovy:3:1\",\"reason\":\"no\",\"item\":" + item + "}";
  }

  private Path file(String... lines) throws Exception {
    return Files.write(folder.resolve("failed.jsonl"), List.of(lines));
  }

  private Path left() {
    return folder.resolve("left.jsonl");
  }

  @Test
  void itemsOnWhichAFilterFailedAreKeptAndComeInOnceReplayed() throws Exception {
    String target = target();
    Path failed = folder.resolve("failed.jsonl");
    Path recipe = folder.resolve("nightly.groovy");
    Files.writeString(
        recipe,
        """
        copy {
          from "%s"
          to "%s"
          filter { item -> item.age + 1 > 0G }
          onFailure { deadLetter "%s" }
        }
        """
            .formatted(source, target, failed));
    Cli.Result copied = run(recipe.toString());
    assertThat(copied.exitCode()).as(copied.err()).isEqualTo(1);
    assertThat(copied.err())
        .contains("10,000 read = 0 filtered + 9,997 written + 3 dead letters", failed.toString());
    assertThat(items(target)).isEqualTo(ITEMS - 3);
    List<String> lines = Files.readAllLines(failed);
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      JsonNode letter = new ObjectMapper().readTree(line);
      assertThat(letter.get("at").asText()).isEqualTo(recipe + ":4:3");
      assertThat(letter.get("reason").asText()).contains("nightly.groovy:4:", "grün");
      assertThat(letter.get("item").get("age").get("S").asText()).startsWith("grün");
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(failed)))
          .isEqualTo("rw-------");
    }

    Cli.Result dry = run("replay", failed.toString(), target, "--dry-run");
    assertThat(dry.out()).contains("3 items", target, "WCU");
    assertThat(items(target)).isEqualTo(ITEMS - 3);

    Cli.Result replayed = run("replay", failed.toString(), target, "--yes");
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    assertThat(replayed.err()).contains("3 read = 0 filtered + 3 written + 0 dead letters");
    assertThat(TableComparison.of(server, source, server, target).isSame()).isTrue();
    assertThat(Files.readAllLines(failed)).isEqualTo(lines);
  }

  @Test
  void brokenLinesAreNamedAndKeptAndTheOthersAreReplayed() throws Exception {
    String target = target();
    String good = letter("{\"id\":{\"S\":\"a\"}}");
    String noKey = letter("{\"name\":{\"S\":\"b\"}}");
    String otherKey = letter("{\"id\":{\"N\":\"7\"}}");
    String strange = letter("{\"id\":{\"X\":\"c\"}}");
    String cut = good.substring(0, 30);
    Path failed = file(good, noKey, "", strange, otherKey, "{\"id\":{\"S\":\"d\"}}", cut);
    String before = Files.readString(failed);
    Cli.Result result =
        run("replay", failed.toString(), target, "--dead-letter", left().toString(), "--json");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            failed + ":4: not an item of DynamoDB JSON",
            failed + ":6: not a dead letter",
            failed + ":7: not a line of JSON",
            "6 read = 0 filtered + 1 written + 5 dead letters",
            left().toString());
    assertThat(new ObjectMapper().readTree(result.out()).get("deadLettered").asInt()).isEqualTo(5);
    assertThat(items(target)).isEqualTo(1);
    assertThat(Files.readString(failed)).isEqualTo(before);
    assertThat(Files.readAllLines(left()))
        .hasSize(5)
        .contains(strange, cut, "{\"id\":{\"S\":\"d\"}}")
        .anyMatch(line -> line.contains("\"item\":{\"name\":{\"S\":\"b\"}}"))
        .anyMatch(line -> line.contains("\"item\":{\"id\":{\"N\":\"7\"}}"));
  }

  @Test
  void brokenLinesBeyondTheFirstTwentyAreCounted() throws Exception {
    String[] lines = new String[24];
    Arrays.fill(lines, "{");
    lines[0] = letter("{\"id\":{\"S\":\"a\"}}");
    Path failed = file(lines);
    Cli.Result result =
        run("replay", failed.toString(), target(), "--dead-letter", left().toString());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains(failed + ":21: ", failed + ": 3 more lines are broken")
        .doesNotContain(failed + ":22: ");
  }

  @Test
  void theLaterOfTwoLinesWithTheSameKeyWins() throws Exception {
    String target = target();
    List<String> lines = new ArrayList<>();
    for (int version = 0; version < 40; version++) {
      for (int id = 0; id < 50; id++) {
        lines.add(
            letter("{\"id\":{\"S\":\"u" + id + "\"},\"version\":{\"N\":\"" + version + "\"}}"));
      }
    }
    Path failed = file(lines.toArray(String[]::new));
    Cli.Result result = run("replay", failed.toString(), target);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(run("query", target, "--unique", "version").out()).isEqualTo("39\n");
    assertThat(items(target)).isEqualTo(50);
  }

  @Test
  void whatCannotBeReplayedIsRefusedBeforeAnythingIsWritten() throws Exception {
    String target = target();
    Path failed = file(letter("{\"id\":{\"S\":\"a\"}}"));
    assertRefused(
        run("replay", folder.resolve("none.jsonl").toString(), target), "none.jsonl: no such file");
    assertRefused(run("replay", folder.toString(), target), folder + ": not a file");
    assertRefused(run("replay", failed.toString(), target + "x"), "there is no table", "TABLE");
    assertRefused(
        run("replay", failed.toString(), target, "--dead-letter", failed.toString()),
        "--dead-letter: what fails again cannot go to the file that is replayed");
    assertRefused(
        run("replay", failed.toString(), target, "--stop-after", "0"),
        "--stop-after: `stopAfter` must be at least 1, not 0");
    assertThat(items(target)).isZero();
    assertRefused(
        run("replay", file("no", "{}").toString(), target),
        "there is no dead letter in " + failed + "; " + failed + ":1: not a line of JSON");
  }

  private static void assertRefused(Cli.Result result, String... says) {
    assertThat(result.err()).contains(says).doesNotContain("\tat ");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
  }

  @Test
  void aRecipeReplaysAndReadOnlyEnvironmentsRefuse() throws Exception {
    String target = target();
    Path failed = file(letter("{\"id\":{\"S\":\"a\"}}"));
    String text =
        """
        env("there") { endpoint "%s"; region "%s"; %s }
        replay "%s", to: "there:%s", writeRate: 500
        """;
    Path recipe = folder.resolve("again.groovy");
    Files.writeString(
        recipe, text.formatted(server, TestServers.REGION, "readOnly()", failed, target));
    assertRefused(Cli.run(recipe.toString()), "again.groovy:2:", "readOnly()");
    Files.writeString(recipe, text.formatted(server, TestServers.REGION, "", failed, target));
    Cli.Result result = Cli.run(recipe.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(items(target)).isEqualTo(1);
  }

  /** The first run keeps them, and the next one counts them, but does not keep them once more. */
  @Test
  void brokenLinesCountForTheMostThatAReplayBearsInTheNextRunToo() throws Exception {
    String target = target();
    Path failed =
        file(letter("{\"id\":{\"S\":\"a\"}}"), "no", "no", letter("{\"id\":{\"N\":\"7\"}}"));
    AtomicBoolean down = new AtomicBoolean(true);
    FaultProxy.Faults faults =
        (operation, number) ->
            operation.equals("BatchWriteItem") && down.get() ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(server, faults)) {
      String[] replay = {
        "replay",
        failed.toString(),
        target,
        "--dead-letter",
        left().toString(),
        "--stop-after",
        "3",
        "--endpoint-url",
        proxy.endpoint().toString(),
        "--region",
        TestServers.REGION
      };
      assertThat(Cli.run(replay).exitCode()).isEqualTo(3);
      down.set(false);
      Cli.Result next = Cli.run(replay);
      assertThat(next.exitCode()).as(next.err()).isEqualTo(3);
      assertThat(next.err()).contains("goes on where it was stopped");
    }
    assertThat(Files.readAllLines(left())).hasSize(3).filteredOn("no"::equals).hasSize(2);
  }
}
