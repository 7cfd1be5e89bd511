package org.dynocopy.cli;

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
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** The commands beside copy, with what people type right and wrong. */
class CommandsTest {

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  private static URI server;

  /** Items u0 to u3 with the versions 0 to 9 each, of the tenants t0 and t1. */
  private static String users;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    server = TestServers.first();
    users = users();
  }

  private static String users() {
    String table =
        Tables.on(server)
            .key("id", "S")
            .key("version", "N")
            .gsi("byTenant", ALL, "tenant")
            .create();
    Tables.put(
        server,
        table,
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("u" + i / 10),
                        "version", AttributeValue.fromN("" + i % 10),
                        "tenant", AttributeValue.fromS("t" + i % 2),
                        "größe", AttributeValue.fromN(i + ".50")))
            .toList());
    return table;
  }

  private static int items(String table) {
    return TableComparison.items(server, table, 1).size();
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint-url", server.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private static String out(String... args) {
    Cli.Result result = run(args);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private static void assertRefused(Cli.Result result, String... says) {
    assertThat(result.err()).contains(says).doesNotContain("Exception in", "\tat ");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
  }

  @Test
  void aQueryPrintsLinesInTheOrderOfTheSortKey() {
    Cli.Result result = run("query", users, "--pk", "u1", "--sk-at-most", "2", "--unique", "größe");
    assertThat(result.out()).isEqualTo("10.5\n11.5\n12.5\n");
    assertThat(result.err()).startsWith("3 items looked at, 3 read, ");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aQueryPrintsEachFormat() throws Exception {
    String[] two = {"query", users, "--pk", "u1", "--head", "2", "--project", "tenant", "-o"};
    assertThat(out(with(two, "csv"))).isEqualTo("id,version,tenant\nu1,0,t0\nu1,1,t1\n");
    assertThat(out(with(two, "table"))).contains("tenant", "t0", "t1");
    JsonNode array = new ObjectMapper().readTree(out(with(two, "json")));
    assertThat(array).hasSize(2);
    assertThat(array.get(1).get("tenant").asText()).isEqualTo("t1");
    assertThat(out(with(two, "jsonl", "--dynamodb-json")))
        .contains("\"tenant\":{\"S\":\"t0\"}")
        .hasLineCount(2);
    assertThat(out(with(two, "JSONL"))).hasLineCount(2);
    assertRefused(
        run(with(two, "xml")),
        "`--output` takes one of json, jsonl, table, csv, spreadsheet, not `xml`");
    assertRefused(run(with(two, "csv", "--dynamodb-json")), "--dynamodb-json: goes with");
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aQueryCountsSamplesAndNamesDistinctValues() {
    assertThat(out("query", users, "--count")).isEqualTo("40\n");
    assertThat(out("query", users, "--index", "byTenant", "--pk", "t1", "--count"))
        .isEqualTo("20\n");
    String[] filter = {"--filter", "version < :v", "--values", "{\":v\":{\"N\":\"3\"}}"};
    assertThat(out(with(new String[] {"query", users, "--count"}, filter))).isEqualTo("12\n");
    assertThat(out("query", users, "--count", "--head", "7")).isEqualTo("7\n");
    assertThat(out("query", users, "--sample", "5")).hasLineCount(5);
    assertThat(out("query", users, "--sample", "500")).hasLineCount(40);
    assertThat(run("query", users, "--head", "5").err()).startsWith("5 items printed, ");
    assertThat(run("query", users, "--sample", "5").err())
        .startsWith("40 items looked at, 40 read");
    assertThat(out("query", users, "--unique", "tenant").lines())
        .containsExactlyInAnyOrder("\"t0\"", "\"t1\"");
    assertThat(out("query", users, "--pk", "nobody")).isEmpty();
    assertThat(out("query", users, "--pk", "nobody", "--count")).isEqualTo("0\n");
    assertThat(run("query", users, "--unique", "tennant").err())
        .contains("no item has the attribute `tennant`");
    assertThat(run("query", users, "--pk", "nobody", "--unique", "tennant").err())
        .doesNotContain("no item has");
    assertRefused(
        run("query", users, "--unique", "tenant", "--project", "id"),
        "--project: `project` does not go with `unique`");
    assertRefused(run("query", users, "--count", "--sample", "3"), "choose one of");
    assertRefused(run("query", users, "--sample", "0"), "--sample: ", "at least 1");
    assertRefused(run("query", users, "--head", "0"), "--head: ", "at least 1");
  }

  @Test
  void aQueryOfManyKeysReadsThemFromAFile() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "u1\n\nu3\nnobody\n");
    assertThat(out("query", users, "--pks", keys.toString())).hasLineCount(20);
    assertRefused(run("query", users, "--pks", keys + "x"), "--pks: there is no file");
    assertRefused(run("query", users, "--pks", keys.toString(), "--pk", "u1"), "not both");
  }

  /** Every command that selects says the same of the same mistake. */
  @ParameterizedTest
  @ValueSource(strings = {"query", "delete"})
  void whatCannotBeSelectedIsNamed(String command) {
    String hash = Tables.on(server).key("id", "S").create();
    assertRefused(
        run(command, hash, "--pk", "u1", "--sk", "1"),
        "--sk: `" + hash + "` has no sort key to compare: its key is id (S)");
    assertRefused(
        run(command, users, "--pk", "u1", "--sk", "1", "--sk-begins", "2"),
        "--sk-begins: a query compares the sort key once");
    assertRefused(
        run(command, users, "--index", "byTennant", "--pk", "t1"),
        "has no index `byTennant`. It has `byTenant`. Did you mean `byTenant`?");
    assertRefused(run(command, users, "--pk", "u1", "--sk", "one"), "of type N", "`one` is not");
    assertRefused(run(command, users, "--sk", "1"), "--sk: needs --pk too");
    assertRefused(run(command, users, "--index", "byTenant"), "--index: needs --pk too");
    assertRefused(run(command, users + "x", "--pk", "u1"), "TABLE: there is no table");
    assertRefused(
        run(command, users, "--filter", "a = :a", "--values", "[1]"), "--values: not like");
    assertRefused(
        run(command, users, "--filter", "a = :a", "--values", "{\":a\":{\"N\":\"1\"}} oops"),
        "--values: not like");
    assertRefused(
        run(command, users, "--filter", "#a = a", "--names", "{\"#a\":{\"b\":\"c\"}}"),
        "--names: not like '{\"#s\":\"status\"}': `#a` is neither a string nor a number");
    for (String value :
        List.of("{\"N\":\"abc\"}", "{\"N\":\"\"}", "{\"S\":null}", "{\"NULL\":false}")) {
      assertRefused(
          run(command, users, "--filter", "a = :a", "--values", "{\":a\":" + value + "}"),
          "--values: not like '{\":s\":{\"S\":\"on\"}}': ");
    }
    assertRefused(run(command, users, "--names", "{\"#a\":\"b\"}"), "--names: goes with --filter");
    assertRefused(
        run(command, users, "--pk", "u1", "--values", "{\":a\":{\"N\":\"1\"}}"),
        "--values: goes with --filter");
    assertRefused(
        run(command, users, "--pk", "u1", "--sk-between", "5", "2"),
        "--sk-between: a range of sort keys goes from the lower",
        "`5` to `2`");
    assertRefused(run(command), "needs TABLE: it is `dynocopy ");
  }

  @ParameterizedTest
  @CsvSource({"select,S,v 1", "order.größe,S,ü", "#n,N,1", ":n,N,-7.25", "a b,S,{\"x", "size,S,t1"})
  void keysMayHaveAnyName(String name, String type, String key) {
    String table = Tables.on(server).key(name, type).create();
    AttributeValue value = type.equals("N") ? AttributeValue.fromN(key) : AttributeValue.fromS(key);
    AttributeValue other = type.equals("N") ? AttributeValue.fromN("5") : AttributeValue.fromS("z");
    Tables.put(server, table, List.of(Map.of(name, value), Map.of(name, other)));
    assertThat(out("query", table, "--pk", key)).hasLineCount(1).contains(name);
    assertThat(out("query", table, "--pk", key, "--project", "x")).hasLineCount(1);
    out("delete", table, "--pk", key, "--yes");
    assertThat(items(table)).isEqualTo(1);
  }

  @Test
  void aDeletionTakesWhatIsSelectedAndNothingElse() throws Exception {
    String scratch = users();
    Cli.Result result =
        run("delete", scratch, "--index", "byTenant", "--pk", "t1", "--yes", "--json");
    assertThat(result.err())
        .contains("delete " + scratch + ": 20 items will be deleted from `" + scratch + "`.")
        .contains("20 read = 0 filtered + 20 deleted + 0 dead letters");
    JsonNode summary = new ObjectMapper().readTree(result.out());
    assertThat(summary.get("written").asInt()).isEqualTo(20);
    assertThat(summary.get("exitCode").asInt()).isZero();
    assertThat(TableComparison.items(server, scratch, 1).values())
        .hasSize(20)
        .allSatisfy(item -> assertThat(item.get("tenant").s()).isEqualTo("t0"));
    assertThat(run("delete", scratch, "--pk", "u1", "--sk-less", "4", "--yes").err())
        .contains("2 items will be deleted");
    assertThat(run("delete", scratch, "--pk", "u2", "--limit", "2", "--yes").err())
        .contains("2 items will be deleted");
    assertThat(items(scratch)).isEqualTo(16);
    assertRefused(run("delete", scratch, "--yes"), "say which by a key or a filter, or use");
    assertRefused(run("delete", scratch, "--limit", "3", "--yes"), "needs to know which items");
  }

  @Test
  void deadLettersThatCannotBeWrittenAreSaidBeforeAnythingIsDone() throws Exception {
    String made = users + "-not-made";
    assertRefused(
        run("copy", users, made, "--create-target", "--dead-letter", folder.toString()),
        "--dead-letter: cannot write dead letters to " + folder);
    assertRefused(run("schema", "show", made), "there is no table");
    assertRefused(
        run("copy", users, users(), "--dry-run", "--dead-letter", folder.toString()),
        "cannot write dead letters");
    Path backup = folder.resolve("users.jsonl");
    out("backup", users, "--to", "file:" + backup);
    assertRefused(
        run("restore", "file:" + backup, made, "--yes", "--dead-letter", folder.toString()),
        "cannot write dead letters");
    assertRefused(run("schema", "show", made), "there is no table");
  }

  @Test
  void aQueryHasOneReaderWhereOrderMattersAlone() throws Exception {
    String[] two = {"query", users, "--pk", "u1", "--pk", "u2", "--dry-run"};
    assertThat(out(two)).contains("2 partition keys, by one reader");
    assertThat(out(with(two, "--unique", "tenant", "--head", "3"))).contains("by one reader");
    for (String[] any :
        List.of(
            new String[] {"--count"},
            new String[] {"--count", "--head", "3"},
            new String[] {"--unique", "tenant"},
            new String[] {"--sample", "3"},
            new String[] {"--segments", "2"})) {
      assertThat(out(with(two, any))).as(any[0]).doesNotContain("by one reader");
    }
    assertThat(out(with(two, "--count"))).contains("2 partition keys, 2 at once");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(out(with(two, "--json"))).get("readers").asInt()).isEqualTo(1);
    assertThat(json.readTree(out(with(two, "--json", "--count"))).get("readers").asInt())
        .isEqualTo(2);
    assertThat(out("query", users, "--pk", "u1", "--pk", "u2", "--count")).isEqualTo("20\n");
  }

  @Test
  void aTruncationLeavesNothing() {
    String scratch = users();
    Cli.Result result = run("truncate", scratch, "--yes");
    assertThat(result.err())
        .contains("all items (about 40) will be deleted from `" + scratch + "`.")
        .contains("40 deleted");
    assertThat(result.exitCode()).isZero();
    assertThat(items(scratch)).isZero();
    assertThat(run("truncate", scratch, "--yes").err()).contains("0 deleted");
    assertRefused(run("truncate", scratch, "--pk", "u1"), "--pk");
  }

  @Test
  void whatRemovesItemsIsNotDoneUnlessItIsMeant() throws Exception {
    String before = users();
    Path backup = folder.resolve("users.jsonl");
    out("backup", before, "--to", "file:" + backup);
    String empty = Tables.on(server).key("id", "S").key("version", "N").create();
    assertRefused(run("truncate", before), "all items (about 40)", "confirm with --yes");
    assertRefused(run("delete", before, "--pk", "u1"), "10 items will be", "confirm with --yes");
    assertRefused(run("copy", empty, before, "--replace"), "about 40 items; those that the source");
    assertRefused(run("restore", "file:" + backup, before), "40 items will be restored", "--yes");
    assertThat(items(before)).isEqualTo(40);
    // It is not known how old the table's own count of 0 is.
    assertRefused(run("copy", before, empty, "--replace"), "about 0 items", "confirm with --yes");
    assertThat(items(empty)).isZero();
  }

  @Test
  void aDryRunTellsThePlanAndDoesNothing() throws Exception {
    String table = users();
    Path backup = folder.resolve("users.jsonl.gz");
    assertThat(out("query", table, "--pk", "u1", "--dry-run")).contains("query, 1 partition key");
    assertThat(out("delete", table, "--pk", "u1", "--dry-run")).contains("25 keys at once");
    assertThat(out("truncate", table, "--dry-run")).contains("scan, 16 segments", "about 40 items");
    assertThat(out("backup", table, "--to", "file:" + backup, "--dry-run")).contains("users.jsonl");
    assertThat(out("copy", users, table, "--replace", "--dry-run"))
        .contains("the target is backed up, then the items are written");
    assertThat(out("schema", "clone", table, table + "-2", "--dry-run")).contains("KeySchema");
    assertThat(backup).doesNotExist();
    assertThat(items(table)).isEqualTo(40);
    for (String[] words :
        List.of(
            new String[] {"query", table, "--pk", "u1"},
            new String[] {"delete", table, "--pk", "u1"},
            new String[] {"truncate", table},
            new String[] {"backup", table},
            new String[] {"copy", users, table, "--replace"},
            new String[] {"schema", "clone", table, table + "-2"})) {
      JsonNode plan = new ObjectMapper().readTree(out(with(words, "--dry-run", "--json")));
      assertThat(plan.get("event").asText()).as(words[0]).isEqualTo("plan");
      assertThat(plan.get("job").asText()).contains(table);
    }
  }

  @Test
  void aBackupIsRestoredIntoTheSameTableOrANewOne() throws Exception {
    String table = users();
    Path file = folder.resolve("users.jsonl.gz");
    Cli.Result backup = run("backup", table, "--to", "file:" + file, "--json");
    assertThat(backup.err()).contains("40 backed up", "backed up " + table + " to " + file);
    assertThat(new ObjectMapper().readTree(backup.out()).get("written").asInt()).isEqualTo(40);
    assertRefused(run("backup", table, "--to", "file:" + file), "is there already");
    run("truncate", table, "--yes");
    assertThat(run("restore", "file:" + file, table, "--yes").exitCode()).isZero();
    assertThat(TableComparison.of(server, users, server, table).isSame()).isTrue();
    String made = table + "-restored";
    Cli.Result restored = run("restore", "file:" + file, made, "--yes");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(TableComparison.of(server, users, server, made).isSame()).isTrue();
    assertThat(out("schema", "diff", table, made)).isEmpty();
    assertRefused(run("restore", "file:" + file + "x", table), "users.jsonl.gzx");
    assertRefused(run("restore", "users.jsonl", table), "BACKUP: ");
    assertRefused(run("backup", table, "--to", "users.jsonl"), "--to: ");
    String other = Tables.on(server).key("name", "S").create();
    assertRefused(run("restore", "file:" + file, other), "name");
  }

  @Test
  void aReplacementFromTheCommandLine() throws Exception {
    String table = users();
    String empty = Tables.on(server).key("id", "S").key("version", "N").create();
    Cli.Result result =
        run("copy", empty, table, "--replace", "--no-backup", "--yes", "--pk", "u1");
    assertThat(result.err()).contains("10 removed").doesNotContain("backed up");
    assertThat(items(table)).isEqualTo(30);
    Cli.Result again =
        run(
            "copy",
            users,
            table,
            "--replace",
            "--no-backup",
            "--truncate-first",
            "--yes",
            "--json");
    assertThat(again.exitCode()).as(again.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(again.out());
    assertThat(summary.get("stages").findValuesAsText("verb"))
        .containsExactly("noted", "deleted", "written");
    assertThat(TableComparison.of(server, users, server, table).isSame()).isTrue();
    assertRefused(run("copy", users, table, "--truncate-first"), "--truncate-first: goes with");
    assertRefused(run("copy", users, table, "--no-backup"), "--no-backup: goes with --replace");
    assertRefused(run("copy", users, table, "--replace", "--limit", "3"), "`limit` does not go");
    assertRefused(
        run("copy", users, empty, "--replace", "--index", "byTenant", "--pk", "t1"),
        "`" + empty + "` has no index `byTenant`");
    String made = table + "-made";
    assertThat(run("copy", users, made, "--replace", "--create-target").exitCode()).isZero();
    assertThat(TableComparison.of(server, users, server, made).isSame()).isTrue();
  }

  @Test
  void schemasAreShownComparedAndCloned() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(out("schema", "show", users));
    assertThat(schema.toString()).contains("byTenant", "KeySchema");
    String clone = users + "-clone";
    Cli.Result cloned = run("schema", "clone", users, clone);
    assertThat(cloned.err()).contains("made " + clone + " like " + users);
    assertThat(cloned.exitCode()).isZero();
    assertThat(items(clone)).isZero();
    assertThat(out("schema", "diff", users, clone)).isEmpty();
    assertRefused(run("schema", "clone", users, clone), "TO: there is a table", "schema diff");
    assertRefused(run("schema", "show", users + "x"), "there is no table", "Did you mean");
    assertRefused(
        Cli.run("schema"),
        "`schema` needs a command behind it, one of `clone`, `diff`, `show`",
        "schema --help");
    String other = Tables.on(server).key("id", "S").create();
    Cli.Result different = run("schema", "diff", users, other);
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(different.out()).contains("version", "byTenant");
  }
}
