package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.cli.Commands;
import org.dynocopy.state.JournalFile;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What a run of several jobs remembers, and what the same command makes of it. */
class RunJournalTest {

  @TempDir private static Path home;

  private static final List<String> WRITES = List.of("BatchWriteItem", "DeleteItem");

  private static Commands commands;

  private final AtomicInteger puts = new AtomicInteger();
  private volatile String denied = "";

  /** Denies what is written to one table, and counts what is written to the others. */
  private final FaultProxy proxy =
      new FaultProxy(
          TestServers.first(),
          (operation, number) ->
              request -> {
                if (!denied.isEmpty()
                    && WRITES.contains(operation)
                    && new String(request.body()).contains(denied)) {
                  Fault.DENIED.happen(request);
                } else {
                  puts.addAndGet(request.puts());
                  Fault.NONE.happen(request);
                }
              });

  private String one;
  private String two;
  private String three;
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
    one = table();
    two = table();
    three = table();
    Tables.put(TestServers.first(), one, items(60));
    folder = Files.createTempDirectory(home, "run");
    recipe = folder.resolve("jobs.groovy");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static String table() {
    return Tables.on(TestServers.first()).key("id", "S").create();
  }

  private static List<Map<String, AttributeValue>> items(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> Map.of("id", AttributeValue.fromS("item " + i)))
        .toList();
  }

  private static int size(String table) {
    return TableComparison.items(TestServers.first(), table).size();
  }

  private void write(String jobs) throws IOException {
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        def one = "test:%s"; def two = "test:%s"; def three = "test:%s"
        def file = "file:%s/backup.jsonl.gz"
        """
                .formatted(proxy.endpoint(), one, two, three, folder)
            + jobs);
  }

  private Cli.Result run(String... words) {
    return commands.run(Map.of("dynocopy.folder", folder.resolve(".dynocopy").toString()), words);
  }

  private Cli.Result runRecipe(String... options) {
    List<String> words = new ArrayList<>(List.of(recipe.toString(), "--yes"));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".dynocopy"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".gitignore"))
          .sorted()
          .toList();
    }
  }

  private Path journal() throws IOException {
    List<String> journals = left().stream().filter(name -> name.matches("run-.*\\.jsonl")).toList();
    assertThat(journals).hasSize(1);
    return folder.resolve(".dynocopy").resolve(journals.get(0));
  }

  private void stopInTheThird() throws IOException {
    write(
        """
        backup one, to: file
        copy { from one; to two }
        copy { from two; to three }
        """);
    denied = three;
    Cli.Result stopped = runRecipe();
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    assertThat(size(two)).isEqualTo(60);
    assertThat(size(three)).isZero();
    denied = "";
  }

  @Test
  void sameRecipeLeavesOutWhatIsDone() throws Exception {
    stopInTheThird();
    puts.set(0);
    Cli.Result dry = runRecipe("--dry-run");
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("done by an earlier run at 20");
    Cli.Result last = runRecipe("--json");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err())
        .containsPattern("backup test:" + one + "[^\n]*: done by an earlier run at 20")
        .containsPattern(one + " -> test:" + two + ": done by an earlier run at 20[^\n]*: 60 read")
        .containsPattern("60 read = 0 filtered \\+ 60 written");
    assertThat(last.out().lines()).hasSize(3);
    assertThat(last.out()).contains("\"doneAt\":\"20");
    assertThat(puts).hasValue(60);
    assertThat(size(three)).isEqualTo(60);
    assertThat(left()).containsExactly("runs.jsonl");
    // What is complete is closed: all of it is done again, where that can be.
    assertThat(runRecipe().err()).contains("backup.jsonl.gz is there already");
  }

  @Test
  void runsAreListedWithHowToGoOn() throws Exception {
    assertThat(run("runs").err()).contains("nothing has run in");
    stopInTheThird();
    Cli.Result stopped = run("runs");
    assertThat(stopped.out())
        .contains("failed ", "2 of 3 jobs done", "to go on: dynocopy " + recipe + " --yes");
    assertThat(runRecipe().exitCode()).isZero();
    Cli.Result done = run("runs");
    assertThat(done.out()).contains("done ").doesNotContain("to go on");
    assertThat(run("runs", "--json").out()).contains("\"how\":\"done\"", "\"goesOn\":false");
  }

  @Test
  void changedRecipeIsRefusedAndNamed() throws Exception {
    stopInTheThird();
    String text = Files.readString(recipe);
    Files.writeString(recipe, text.replace("to two }", "to two; limit 7 }"));
    Cli.Result refused = runRecipe();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("`limit` was not there and is 7", "Run it as it was to go on", "--fresh");
    Files.writeString(recipe, text + "copy { from one; to three }\n");
    assertThat(runRecipe().err()).contains("it had 3 jobs, and this one has 4");
    Files.writeString(
        recipe, "// another comment\n" + text.replace("to two }", "writers 1; to two }"));
    Cli.Result last = runRecipe("--budget", "5", "--prices", "read=1,write=1");
    assertThat(last.exitCode()).as(last.err()).isZero();
  }

  @Test
  void freshStartsTheWholeRunOver() throws Exception {
    stopInTheThird();
    Files.delete(folder.resolve("backup.jsonl.gz"));
    Files.delete(folder.resolve("backup.schema.json"));
    puts.set(0);
    Cli.Result fresh = runRecipe("--fresh");
    assertThat(fresh.exitCode()).as(fresh.err()).isZero();
    assertThat(puts).hasValue(120);
    assertThat(left()).containsExactly("runs.jsonl");
  }

  @Test
  void jobWhoseTableWasMadeAnewIsDoneAgain() throws Exception {
    write("copy { from one; to two }\ncopy { from one; to three }\n");
    denied = three;
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    denied = "";
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      client.deleteTable(r -> r.tableName(two));
      client.createTable(
          r ->
              r.tableName(two)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
    }
    puts.set(0);
    Cli.Result last = runRecipe();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("done again: it was done at 20", "was made anew since");
    assertThat(puts).hasValue(120);
  }

  /** The copy would bring what is left of its source, and the deletion would go on. */
  @Test
  void lostResultIsRefusedWhereItsSourceIsBeingRemoved() throws Exception {
    write("copy { from one; to two }\ntruncate one\n");
    denied = "DeleteRequest";
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    denied = "";
    assertThat(run("truncate", "--endpoint-url", TestServers.first() + "", "--yes", two).exitCode())
        .isZero();
    Cli.Result refused = runRecipe();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("not one of the sampled items is in", "has begun to remove items", "--fresh");
  }

  @Test
  void budgetIsOneOverAllTries() throws Exception {
    write(
        """
        copy { from one; to two }
        copy { from two; to three }
        """);
    String[] budget = {"--budget", "0.1", "--prices", "read=1,write=1000"};
    denied = three;
    assertThat(runRecipe(budget).exitCode()).isEqualTo(3);
    denied = "";
    budget[1] = "0.1";
    Cli.Result used = runRecipe(budget);
    assertThat(used.exitCode()).as(used.err()).isEqualTo(3);
    assertThat(used.err()).contains("of it by runs that were stopped");
    budget[1] = "1";
    Cli.Result last = runRecipe(budget);
    assertThat(last.exitCode()).as(last.err()).isZero();
  }

  @Test
  void brokenJournalIsRefusedAndCutOffOneGoesOn() throws Exception {
    stopInTheThird();
    String text = Files.readString(journal());
    Files.writeString(journal(), text.replace("\"event\":\"begins\"", "\"event\":\"begin\""));
    Cli.Result edited = runRecipe();
    assertThat(edited.exitCode()).isEqualTo(2);
    assertThat(edited.err()).contains(journal() + ":3: this line is not what", "--fresh");
    Files.writeString(journal(), text.replace("\"dynocopyRun\":1", "\"dynocopyRun\":9"));
    assertThat(runRecipe().err()).contains("is of version 9");
    Files.writeString(journal(), text.substring(0, text.length() - 20));
    Cli.Result last = runRecipe();
    assertThat(last.exitCode()).as(last.err()).isZero();
  }

  /** How many the first try has deleted is not known to the second. */
  @Test
  void deletionWithALimitIsNotBegunTwice() throws Exception {
    write(
        "delete { from one; filter { it.id != 'none' }; limit 10 }\nquery { from one; count() }\n");
    denied = one;
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    // It has ended by itself, and has deleted nothing.
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    List<String> lines = new ArrayList<>(Files.readAllLines(journal()));
    lines.removeIf(line -> line.contains("\"event\":\"spent\""));
    int begins = 0;
    while (!lines.get(begins).contains("\"event\":\"begins\"")) {
      begins++;
    }
    Files.write(journal(), lines.subList(0, begins + 1));
    denied = "";
    Cli.Result refused = runRecipe();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("begun to delete up to 10 items", "--fresh");
    assertThat(runRecipe("--fresh").exitCode()).isZero();
    assertThat(size(one)).isEqualTo(50);
  }

  /** What is left of a source from which items were removed is not what the run was about. */
  @Test
  void heldBackRunThatHasRemovedIsNotStartedOver() throws Exception {
    Tables.put(TestServers.first(), three, items(5));
    String fails = "filter { i -> if (i.id == 'item 7') throw new Exception('7'); true }";
    String copy = "copy { from one; to two; " + fails + " }\n";
    write("query { from three; count() }\n" + copy + "truncate one\n");
    assertThat(runRecipe().exitCode()).isEqualTo(1);
    write(copy + "truncate one\n");
    assertThat(runRecipe().exitCode()).isEqualTo(1);
    write("truncate three\n" + copy + "truncate one\n");
    assertThat(runRecipe().exitCode()).isEqualTo(1);
    write("truncate three\n" + copy);
    Cli.Result refused = runRecipe();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("it had 3 jobs, and this one has 2", "--fresh");
  }

  /** Its process was killed before it could delete its journal. */
  @Test
  void runOfWhichAllWasDoneStartsOver() throws Exception {
    write("copy { from one; to two }\ncopy { from two; to three }\n");
    denied = three;
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    denied = "";
    try (JournalFile file = JournalFile.open(journal())) {
      Map<String, Object> ended =
          new LinkedHashMap<>(
              file.lines().stream()
                  .filter(line -> Boolean.TRUE.equals(line.get("complete")))
                  .findFirst()
                  .orElseThrow());
      ended.put("job", "1");
      file.append(List.of(ended));
    }
    puts.set(0);
    Cli.Result last = runRecipe();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).doesNotContain("done by an earlier run");
    assertThat(run("runs").out().lines().filter(line -> line.contains(" done ")).count())
        .isEqualTo(2);
  }

  @Test
  void brokenJournalsDoNotHideOtherRuns() throws Exception {
    stopInTheThird();
    Path runs = journal().getParent();
    Files.writeString(runs.resolve("run-empty-1.jsonl"), "");
    Files.writeString(runs.resolve("run-cut-1.jsonl"), "{\"dynocopyRun\":1,");
    Files.createSymbolicLink(runs.resolve("run-link-1.jsonl"), runs.resolve("none"));
    for (String[] words : List.of(new String[] {"runs"}, new String[] {"runs", "--json"})) {
      Cli.Result listed = run(words);
      assertThat(listed.exitCode()).as(listed.err()).isZero();
      assertThat(listed.out()).contains("failed", recipe.toString()).doesNotContain("run-cut");
    }
  }
}
