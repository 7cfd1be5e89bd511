package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.dynocopy.cli.Cli;
import org.dynocopy.cli.Commands;
import org.dynocopy.files.LockFile;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Second tries of what was stopped: from older files, of patterns, and where files have no room.
 */
class RunTriesTest {

  @TempDir private static Path home;

  private static Commands commands;

  private final AtomicInteger puts = new AtomicInteger();
  private volatile String denied = "";

  /** Denies requests that have a text, and counts what is written. */
  private final FaultProxy proxy =
      new FaultProxy(
          TestServers.first(),
          (operation, number) ->
              request -> {
                boolean lists = operation.equals("ListTables") || operation.startsWith("Describe");
                if (!denied.isEmpty()
                    && !lists
                    && Pattern.compile(denied).matcher(new String(request.body(), UTF_8)).find()) {
                  Fault.DENIED.happen(request);
                } else {
                  puts.addAndGet(request.puts());
                  Fault.NONE.happen(request);
                }
              });

  private String one;
  private String two;
  private Path folder;
  private Path recipe;

  @BeforeAll
  static void start() throws IOException {
    commands = Commands.start(home, Map.of());
  }

  @AfterAll
  static void end() {
    commands.close();
  }

  @BeforeEach
  void fill() throws IOException {
    one = Tables.on(TestServers.first()).key("id", "S").create();
    two = Tables.on(TestServers.first()).key("id", "S").create();
    folder = Files.createTempDirectory(home, "tries");
    recipe = folder.resolve("jobs.groovy");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static List<Map<String, AttributeValue>> items(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> Map.of("id", AttributeValue.fromS("item " + i)))
        .toList();
  }

  private static void make(DynamoDbClient client, String name) {
    client.createTable(
        r ->
            r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
  }

  private static int size(String table) {
    return TableComparison.items(TestServers.first(), table).size();
  }

  private void write(String jobs) throws IOException {
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        def one = "test:%s"; def two = "test:%s"
        """
                .formatted(proxy.endpoint(), one, two)
            + jobs);
  }

  private Cli.Result run(String... options) {
    return run(folder.resolve(".dynocopy"), options);
  }

  private Cli.Result run(Path working, String... options) {
    String[] words =
        Stream.concat(Stream.of(recipe.toString(), "--yes"), Stream.of(options))
            .toArray(String[]::new);
    return commands.run(Map.of("dynocopy.folder", working.toString()), words);
  }

  private static Path journal(Path working) throws IOException {
    try (Stream<Path> files = Files.list(working)) {
      return files
          .filter(file -> file.getFileName().toString().matches("run-.*\\.jsonl"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String part(String checkpoint, String name) {
    Matcher part = Pattern.compile("\"" + name + "\":\\{\"S\":\"arn:[^\"]*\"}").matcher(checkpoint);
    assertThat(part.find()).isTrue();
    return part.group();
  }

  /** What decides of the copy, but for its tables, is as the version before has written it. */
  @Test
  void checkpointOfTheVersionBeforeGoesOn() throws Exception {
    Tables.put(TestServers.first(), one, items(60));
    Path file = folder.resolve("my.checkpoint");
    write(
        """
        copy {
          from one; to two; segments 1; resume "%s"
          filter { it.id.startsWith("item ") }
        }
        """
            .formatted(file));
    denied = two;
    assertThat(run().exitCode()).isEqualTo(3);
    denied = "";
    String now = Files.readString(file);
    String before =
        Files.readString(Path.of("tests/checkpoints/version-4.checkpoint"))
            .lines()
            .findFirst()
            .orElseThrow();
    before = before.replace(part(before, "from"), part(now, "from"));
    before = before.replace(part(before, "to"), part(now, "to"));
    CRC32 crc = new CRC32();
    crc.update(before.getBytes(UTF_8));
    Files.writeString(file, before + "\n" + Long.toHexString(crc.getValue()) + "\n");
    List<Map<String, AttributeValue>> written =
        Pattern.compile("item \\d+")
            .matcher(before)
            .results()
            .map(id -> Map.of("id", AttributeValue.fromS(id.group())))
            .toList();
    Tables.put(TestServers.first(), two, written);
    puts.set(0);
    Cli.Result last = run();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("goes on where it was stopped, with 14 items settled");
    assertThat(puts).hasValue(46);
    assertThat(size(two)).isEqualTo(60);
  }

  @Test
  void patternTakesNewTablesAndNamesThoseThatAreGone() throws Exception {
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      for (String name : List.of("-a", "-b", "-c")) {
        make(client, one + name);
        Tables.put(TestServers.first(), one + name, items(10));
      }
      write("copy { from one + '-*'; to two + '-*'; createTarget() }\n");
      denied = two + "-c";
      assertThat(run().exitCode()).isEqualTo(3);
      denied = "";
      client.deleteTable(r -> r.tableName(one + "-b"));
      make(client, one + "-d");
      Tables.put(TestServers.first(), one + "-d", items(5));
    }
    puts.set(0);
    Cli.Result last = run();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err())
        .contains("these are gone: " + one + "-b")
        .containsPattern("have come since [^\n]*: " + one + "-d\n")
        .containsPattern(one + "-a -> [^\n]*done by an earlier run at");
    assertThat(puts).hasValue(15);
    assertThat(size(two + "-b")).isEqualTo(10);
    assertThat(size(two + "-d")).isEqualTo(5);
  }

  private void stopInTheSecond(Path working) throws IOException {
    Tables.put(TestServers.first(), one, items(60));
    write("copy { from one; to two }\ntruncate one\n");
    denied = "DeleteRequest";
    Cli.Result stopped = run(working);
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    denied = "";
    assertThat(size(one)).isEqualTo(60);
  }

  @Test
  void journalOfALiveProcessIsLeftToIt() throws Exception {
    Path working = folder.resolve(".dynocopy");
    stopInTheSecond(working);
    String before = Files.readString(journal(working));
    try (LockFile held = LockFile.on(journal(working))) {
      Cli.Result refused = run();
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
      assertThat(refused.err())
          .contains("the same command is running already: ", journal(working) + ".lock")
          .contains("(process " + ProcessHandle.current().pid() + ")")
          .doesNotContain("\tat ");
    }
    assertThat(journal(working)).hasContent(before);
    assertThat(size(one)).isEqualTo(60);
    assertThat(run().exitCode()).isZero();
    assertThat(size(one)).isZero();
  }

  @Test
  void folderThatCannotBeWrittenIsNamedFirst() throws Exception {
    Tables.put(TestServers.first(), one, items(3));
    write("copy { from one; to two }\ntruncate one\n");
    Path file = Files.createFile(folder.resolve("file"));
    Cli.Result refused = run(file.resolve("working"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("to " + file + ": name another folder by DYNOCOPY_FOLDER")
        .doesNotContain("\tat ");
    assertThat(size(two)).isZero();
  }

  @Test
  void journalWithoutRoomIsRefusedAndNothingIsLost() throws Exception {
    try (SmallDisk disk = SmallDisk.in(Files.createDirectory(folder.resolve("small")))) {
      Assumptions.assumeTrue(disk instanceof SmallDisk.Mounted, "a disk can be mounted");
      Path working = disk.folder().resolve("working");
      stopInTheSecond(working);
      String before = Files.readString(journal(working));
      disk.fill(journal(working));
      Cli.Result full = run(working);
      assertThat(full.exitCode()).as(full.err()).isEqualTo(2);
      assertThat(full.err())
          .contains("what this run does cannot be kept in " + journal(working), disk.says())
          .doesNotContain("\tat ");
      assertThat(journal(working)).hasContent(before);
      assertThat(size(two)).isEqualTo(60);
      disk.grow();
      Cli.Result last = run(working);
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(last.err()).contains("done by an earlier run at");
      assertThat(size(one)).isZero();
      assertThat(size(two)).isEqualTo(60);
    }
  }

  @Test
  void freshStartsEveryCommandWithAJournalOver() throws Exception {
    Tables.put(TestServers.first(), one, items(3));
    Tables.put(TestServers.first(), one, List.of(Map.of("id", AttributeValue.fromS("x"))));
    for (String job : List.of("verify ONE TWO", "backup TWO --to FILE", "delete TWO --pk x")) {
      two = Tables.on(TestServers.first()).key("id", "S").create();
      Tables.put(TestServers.first(), two, items(3));
      Tables.put(TestServers.first(), two, List.of(Map.of("id", AttributeValue.fromS("x"))));
      assertStartsOver(job);
    }
    assertStartsOver("truncate TWO");
  }

  private void assertStartsOver(String job) {
    String words =
        job.replace("ONE", one).replace("TWO", two).replace("FILE", "file:" + folder + "/b.jsonl")
            + (job.matches("[dt].*") ? " --yes" : "");
    denied = words.endsWith("--yes") ? "DeleteRequest|\"Key\"" : two;
    Cli.Result stopped = command(words);
    assertThat(stopped.exitCode()).as(words + stopped.err()).isEqualTo(3);
    denied = "";
    Cli.Result fresh = command(words + " --fresh");
    assertThat(fresh.exitCode()).as(words + fresh.err()).isZero();
    Cli.Result nothing = command(words + " --fresh");
    assertThat(nothing.err()).contains("--fresh: nothing here could go on where it was stopped");
  }

  /**
   * Items so large that a scan has several pages; all but the first are denied to the first try.
   */
  @Test
  void budgetsOfJobsThatReadHoldOverAllTries() throws Exception {
    String large = "x".repeat(30_000);
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "text", AttributeValue.fromS(large)))
            .toList();
    for (String jobs :
        List.of(
            "backup one, to: 'file:%s/b.jsonl.gz', segments: 1".formatted(folder),
            "verify { from one; to two; full() }",
            "query { from one; filter { it.id == 'none' } }",
            "query { from one; count() }; copy { from one; to two }")) {
      Tables.put(TestServers.first(), one, items);
      write(jobs + "\n");
      String[] budget = {"--prices", "read=1000000,write=1000000", "--budget", "0.01"};
      Matcher cost = Pattern.compile("about \\$([\\d,.]+),").matcher(run(budget).err());
      assertThat(cost.find()).as(jobs).isTrue();
      double enough = Double.parseDouble(cost.group(1).replace(",", "")) * 1.01;
      denied = jobs.contains("copy") ? two : "ExclusiveStartKey|\"Segment\":[1-9]";
      budget[3] = "99999";
      Cli.Result stopped = run(budget);
      assertThat(stopped.exitCode()).as(jobs + stopped.err()).isEqualTo(3);
      denied = "";
      budget[3] = "%.2f".formatted(enough);
      Cli.Result used = run(budget);
      assertThat(used.exitCode()).as(jobs + used.err()).isIn(2, 3);
      assertThat(used.err()).as(jobs).contains("of it by runs that were stopped");
      budget[3] = "99999";
      Cli.Result last = run(budget);
      assertThat(last.exitCode()).as(jobs + last.err()).isIn(0, 1);
    }
  }

  private Cli.Result command(String words) {
    String server = " --region us-east-1 --endpoint-url " + proxy.endpoint();
    return commands.run(
        Map.of("dynocopy.folder", folder.resolve(".dynocopy").toString()),
        (words + server).split(" "));
  }
}
