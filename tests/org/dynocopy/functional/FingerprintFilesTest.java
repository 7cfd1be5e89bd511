package org.dynocopy.functional;

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
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code verify} and {@code fingerprint} as commands, with files in the place of tables. */
class FingerprintFilesTest {

  private static final URI SERVER = TestServers.first();

  @TempDir Path folder;

  private String one;
  private String other;

  @BeforeEach
  void fill() {
    one = table();
    other = table();
  }

  private static String table() {
    String table = Tables.on(SERVER).key("tenant", "S").key("number", "N").create();
    Tables.put(
        SERVER,
        table,
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Map.of(
                        "tenant", AttributeValue.fromS("t" + i % 4),
                        "number", AttributeValue.fromN("" + i)))
            .toList());
    return table;
  }

  private void change(int number) {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.putItem(
          r ->
              r.tableName(other)
                  .item(
                      Map.of(
                          "tenant", AttributeValue.fromS("t" + number % 4),
                          "number", AttributeValue.fromN("" + number),
                          "more", AttributeValue.fromBool(true))));
    }
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint-url", SERVER.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private String fingerprint(String name, String table, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("fingerprint", table));
    args.addAll(List.of(more));
    Cli.Result result = run(args.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("{\"format\":\"dynocopy fingerprint\",\"version\":1,");
    Path file = folder.resolve(name);
    Files.writeString(file, result.out());
    return "file:" + file;
  }

  private static void assertSame(Cli.Result result) {
    assertThat(result.err()).contains("no differences");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  private static void assertRefused(Cli.Result result, String... says) {
    assertThat(result.err()).contains(says).doesNotContain("Exception in", "\tat ");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
  }

  @Test
  void aFileStandsForItsTableOnEitherSide() throws Exception {
    String file = fingerprint("one.fp", one);
    assertSame(run("verify", file, other));
    assertSame(run("verify", other, file, "--full", "--count"));
    assertSame(run("verify", file, fingerprint("other.fp", other)));
    assertThat(run("verify", file, other, "--count").err()).contains("200 items in");

    change(3);
    change(7);
    for (String[] sides :
        List.of(
            new String[] {file, other},
            new String[] {other, file},
            new String[] {file, fingerprint("changed.fp", other)})) {
      Cli.Result found = run("verify", sides[0], sides[1]);
      assertThat(found.err())
          .contains("differ in 2 of their 65,536 parts: at least 2 items")
          .doesNotContain("no differences");
      assertThat(found.exitCode()).isEqualTo(1);
      assertThat(found.out()).isEmpty();
    }
    change(300);
    assertThat(run("verify", file, other, "--count").exitCode()).isEqualTo(1);
  }

  @Test
  void aPartIsComparedWithTheSamePart() throws Exception {
    String file = fingerprint("t1.fp", one, "--pk", "t1");
    assertSame(run("verify", file, other, "--pk", "t1"));
    change(4);
    assertSame(run("verify", file, other, "--pk", "t1"));
    assertRefused(
        run("verify", file, other),
        "B: `" + file.substring(5) + "` is the part `pk [t1]`, and `" + other + "` is a whole");
    assertRefused(run("verify", file, other, "--pk", "t2"), "is the part `pk [t2]`");
    assertRefused(run("verify", file, fingerprint("all.fp", one)), "like can be compared");
  }

  @Test
  void whatCannotBeDoneWithAFileIsSaid() throws Exception {
    String file = fingerprint("one.fp", one);
    assertRefused(run("verify", file, other, "--repair"), "--repair: `repair` needs two tables");
    assertRefused(run("verify", other, file, "--repair"), "--repair: `repair` needs two tables");
    assertRefused(run("verify", other, file, "--sample", "3"), "`sample` needs two tables");
    String path = file.substring("file:".length());
    for (String[] sides : new String[][] {{path, other}, {other, path}}) {
      assertRefused(
          run("verify", sides[0], sides[1]),
          "`" + path + "` is a fingerprint, not a table. Did you mean `file:" + path + "`?");
    }
    String dry = run("verify", one, other, "--repair", "--dry-run").out();
    assertThat(dry).containsPattern("(?s)\\bfrom +" + one + " .*\\n +to +" + other + " ");
    assertRefused(run("verify", file, other, "--delete-extra"), "--delete-extra: goes with");
    assertRefused(run("verify", one, other, "--repair", "--count"), "`repair` goes with `full()`");
    assertRefused(run("verify", one, other, "--sample", "0"), "--sample: `sample` must be");
    assertRefused(run("verify", one, one), "source and target are the same");
    assertRefused(run("verify", one, other + "x"), "B: there is no table");
    assertRefused(run("verify", "file:" + folder.resolve("none.fp"), one), "cannot be read");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws Exception {
    String file = fingerprint("one.fp", one);
    String keys = Tables.on(SERVER).key("tenant", "S").key("number", "S").create();
    assertRefused(
        run("verify", file, keys),
        "the keys differ",
        "[tenant (S), number (N)]",
        "[tenant (S), number (S)]");
    Path path = Path.of(file.substring(5));
    String text = Files.readString(path);
    Files.writeString(path, text.substring(0, text.length() - 10));
    assertRefused(run("verify", file, other), "A: the fingerprint `" + path + "` is cut off");
    Files.writeString(path, text.replace("\"items\":200", "\"items\":201"));
    assertRefused(run("verify", other, file), "B: the fingerprint", "checksum does not fit");
    Files.writeString(path, text.replace("\"version\":1", "\"version\":7"));
    assertRefused(run("verify", other, file), "is a fingerprint of version 7", "reads version 1");
    Files.writeString(path, "id,name\n");
    assertRefused(run("verify", other, file), "is not a fingerprint: make one by");
  }

  @Test
  void aDryRunTellsAndDoesNothing() throws Exception {
    change(5);
    Cli.Result told =
        run("verify", one, other, "--repair", "--delete-extra", "--pk", "t1", "--dry-run");
    assertThat(told.out())
        .contains("verify " + one + " -> " + other, "check     full", "what is extra is deleted")
        .contains("query, 1 partition key");
    assertThat(told.exitCode()).isZero();
    assertThat(run("verify", one, other).exitCode()).isEqualTo(1);
    JsonNode json =
        new ObjectMapper()
            .readTree(run("verify", one, other, "--sample", "3", "--dry-run", "--json").out());
    assertThat(json.get("checks").asText()).isEqualTo("sample 3");
    assertThat(json.get("readings")).hasSize(2);
    assertThat(run("fingerprint", one, "--dry-run").out()).contains("fingerprint " + one, "scan");
  }

  @Test
  void programsGetAnObject() throws Exception {
    change(5);
    change(300);
    Cli.Result result = run("verify", one, other, "--json");
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode summary = new ObjectMapper().readTree(lines.get(2));
    assertThat(summary.get("exitCode").asInt()).isEqualTo(1);
    assertThat(summary.get("complete").asBoolean()).isTrue();
    JsonNode findings = summary.get("findings");
    assertThat(findings.get("different").asInt()).isEqualTo(1);
    assertThat(findings.get("extra").asInt()).isEqualTo(1);
    assertThat(findings.get("missing").asInt()).isZero();
    assertThat(findings.get("targetItems").asInt()).isEqualTo(201);
  }

  @Test
  void aCopyIsVerifiedByAnOption() {
    String to = Tables.on(SERVER).key("tenant", "S").key("number", "N").create();
    Cli.Result copied = run("copy", one, to, "--verify", "--yes");
    assertThat(copied.err()).contains("200 written", "200 fingerprinted", "no differences");
    assertThat(copied.exitCode()).isZero();
    assertRefused(run("copy", one, to, "--verify", "--limit", "3"), "does not go with `limit`");
  }
}
