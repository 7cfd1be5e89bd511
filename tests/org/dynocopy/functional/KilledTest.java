package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Kills jobs when a certain request is on its way, as a power cut does, and runs the same command
 * again: in the end items and settings are those of a run that was not killed, and hardly an item
 * was written twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledTest {

  private static final int ITEMS = 500;

  @TempDir private Path folder;

  private final AtomicInteger puts = new AtomicInteger();
  private String source;
  private String target;

  /** A moment: when a request arrives, or when the server has done what it asks. */
  private record Moment(String operation, int number, boolean done) {}

  private static Moment before(String operation, int number) {
    return new Moment(operation, number, false);
  }

  private static Moment after(String operation, int number) {
    return new Moment(operation, number, true);
  }

  @BeforeEach
  void fill() {
    source = Tables.on(TestServers.first()).key("id", "S").create();
    target = source + "-killed";
    Tables.put(TestServers.first(), source, Resuming.items(ITEMS));
    expireIn(source);
  }

  private static void expireIn(String table) {
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      client.updateTimeToLive(
          r ->
              r.tableName(table)
                  .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
    }
  }

  private static String timeToLive(String table) {
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      var found = client.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription();
      return found.timeToLiveStatusAsString() + " " + found.attributeName();
    }
  }

  /** The same address in each run. */
  private final FaultProxy proxy = new FaultProxy(TestServers.first(), (asked, n) -> this::happen);

  private volatile int putsBefore;
  private final AtomicInteger left = new AtomicInteger();
  private volatile Optional<Moment> moment = Optional.empty();
  private volatile CompletableFuture<Process> process = new CompletableFuture<>();

  @AfterEach
  void stop() {
    proxy.close();
  }

  private void happen(FaultProxy.Request request) throws IOException, InterruptedException {
    boolean is = moment.filter(m -> m.operation().equals(request.operation())).isPresent();
    int number = is ? left.decrementAndGet() : 1;
    if (number > 0 || number == 0 && moment.orElseThrow().done()) {
      puts.addAndGet(request.puts());
      var answer = request.forward(request.body());
      if (number > 0) {
        request.answer(answer);
      }
    }
    if (number <= 0) {
      awaitCheckpoint(number == 0 && moment.orElseThrow().done() ? request.puts() : 0);
      process.join().destroyForcibly();
    }
  }

  /**
   * With one writer, all but what is on its way is settled, and soon in the checkpoint. Only in the
   * first run that writes is nothing written twice.
   */
  private void awaitCheckpoint(int underWay) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (putsBefore == 0 && kept() < puts.get() - underWay && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Returns how many items are settled by the checkpoint. */
  private long kept() throws IOException {
    Path place = folder.resolve(".dynocopy");
    if (!Files.isDirectory(place)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> file.toString().endsWith(".checkpoint"))
          .mapToLong(Resuming::kept)
          .sum();
    }
  }

  private Cli.Result run(List<String> words) throws Exception {
    process = new CompletableFuture<>();
    putsBefore = puts.get();
    Map<String, String> to = Map.of("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    process.complete(Cli.start(folder, to, List.of(), words.toArray(String[]::new)));
    return Cli.await(process.join(), folder);
  }

  private void killAt(Moment when, List<String> words) throws Exception {
    left.set(when.number());
    moment = Optional.of(when);
    Cli.Result killed = run(words);
    moment = Optional.empty();
    assertThat(killed.exitCode()).as("%s: %s", when, killed.err()).isEqualTo(137);
  }

  /** What holds in the end. */
  private void assertAsIfNotKilled(Cli.Result last) throws Exception {
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(TableComparison.of(TestServers.first(), source, TestServers.first(), target))
        .isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
    assertThat(timeToLive(target)).isEqualTo("ENABLED until");
    try (Stream<Path> left = Files.list(folder.resolve(".dynocopy"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("runs.jsonl|dead-letters.*|.gitignore"));
    }
  }

  /** Only what was on its way when it was killed may be written twice. */
  private void assertHardlyTwice() {
    assertThat(puts.get()).isBetween(ITEMS, ITEMS + 25);
  }

  @Test
  void newTargetEndsWithAllItemsAndSettings() throws Exception {
    List<String> copy = List.of("copy", source, target, "--create-target", "--writers", "1");
    killAt(after("CreateTable", 1), copy);
    killAt(before("BatchWriteItem", 9), copy);
    assertThat(timeToLive(target)).as("only a complete copy may expire").startsWith("DISABLED");
    killAt(before("UpdateTimeToLive", 1), copy);
    assertAsIfNotKilled(run(copy));
    assertHardlyTwice();
  }

  @Test
  void restoreIntoNewTableEndsWithAllItemsAndSettings() throws Exception {
    String backup = "file:" + folder.resolve("backup.jsonl.gz");
    Cli.Result backedUp = run(List.of("backup", source, "--to", backup));
    assertThat(backedUp.exitCode()).as(backedUp.err()).isZero();
    List<String> restore = List.of("restore", backup, target, "--writers", "1");
    killAt(after("CreateTable", 1), restore);
    killAt(after("BatchWriteItem", 9), restore);
    assertThat(timeToLive(target)).startsWith("DISABLED");
    killAt(before("UpdateTimeToLive", 1), restore);
    assertAsIfNotKilled(run(restore));
    assertHardlyTwice();
  }

  @Test
  void schemaCloneGoesOnAfterKill() throws Exception {
    List<String> clone = List.of("schema", "clone", source, target);
    killAt(after("CreateTable", 1), clone);
    killAt(before("UpdateTimeToLive", 1), clone);
    Cli.Result last = run(clone);
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(timeToLive(target)).isEqualTo("ENABLED until");
    // Once it is done, the table is like any other that is there.
    assertThat(run(clone).exitCode()).isEqualTo(2);
  }

  /** It was killed before the table was made; who made one since does not want another's TTL. */
  @Test
  void tableThatSomebodyElseMadeKeepsItsSettings() throws Exception {
    List<String> copy = List.of("copy", source, target, "--create-target", "--writers", "1");
    killAt(before("BatchWriteItem", 5), copy);
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      client.deleteTable(r -> r.tableName(target));
      client.createTable(
          r ->
              r.tableName(target)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
    }
    List<String> fresh = new ArrayList<>(copy);
    fresh.add("--fresh");
    Cli.Result last = run(fresh);
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(timeToLive(target)).startsWith("DISABLED");
  }

  @Test
  void replayGoesOnAndKeepsEachBrokenLineOnce() throws Exception {
    target = Tables.on(TestServers.first()).key("id", "S").create();
    expireIn(target);
    List<String> lines = new ArrayList<>();
    TableComparison.items(TestServers.first(), source, 1)
        .values()
        .forEach(item -> lines.add("{\"reason\":\"r\",\"item\":" + json(item) + "}"));
    lines.add(100, "no letter");
    Path letters = Files.write(folder.resolve("letters.jsonl"), lines);
    Path left = folder.resolve("left.jsonl");
    List<String> replay =
        List.of("replay", letters.toString(), target, "--writers", "1", "--dead-letter", "" + left);
    killAt(after("BatchWriteItem", 9), replay);
    Cli.Result last = run(replay);
    assertThat(last.exitCode()).as(last.err()).isEqualTo(1);
    assertThat(last.err()).contains("501 read = 0 filtered + 500 written + 1 dead letters");
    assertThat(left).hasContent("no letter");
    assertThat(TableComparison.of(TestServers.first(), source, TestServers.first(), target))
        .isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
    assertHardlyTwice();
  }

  private static String json(Map<String, AttributeValue> item) {
    Map<String, String> texts = new HashMap<>();
    item.forEach((name, value) -> texts.put(name, value.s()));
    return texts.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":{\"S\":\"" + e.getValue() + "\"}")
        .reduce((a, b) -> a + "," + b)
        .map(all -> "{" + all + "}")
        .orElseThrow();
  }

  @Test
  void limitIsExactHoweverOftenKilled() throws Exception {
    target = Tables.on(TestServers.first()).key("id", "S").create();
    String[] words = {
      "copy", source, target, "--limit", "300", "--segments", "8", "--writers", "1"
    };
    List<String> copy = Arrays.asList(words);
    killAt(after("BatchWriteItem", 4), copy);
    killAt(after("BatchWriteItem", 2), copy);
    Cli.Result last = run(copy);
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(TableComparison.items(TestServers.first(), target, 1)).hasSize(300);
    assertThat(last.err()).contains("+ 300 written + 0 dead letters");
  }
}
