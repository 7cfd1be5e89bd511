package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A run is stopped, something else than dynocopy removes items from its target, and the same
 * command is run again. The sample has all items that were written, as they are so few.
 */
class SettledItemsTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 120;
  private static final String SOURCE = Tables.on(SERVER).key("id", "S").create();

  private static final List<String> JOBS =
      List.of(
          "copy SOURCE TARGET",
          "copy SOURCE TARGET --on-conflict skip",
          "copy SOURCE TARGET --replace --no-backup",
          "copy SOURCE TARGET --replace --truncate-first --no-backup",
          "restore file:FOLDER/backup.jsonl TARGET",
          "replay FOLDER/letters.jsonl TARGET");

  @TempDir private static Path shared;

  @TempDir private Path folder;

  private String target = table();

  private static String table() {
    return Tables.on(SERVER).key("id", "S").create();
  }

  /** Of each two items one has expired long ago, by an attribute {@code t}. */
  @BeforeAll
  static void fill() throws IOException {
    Tables.put(SERVER, SOURCE, items(Instant.now().getEpochSecond()));
    List<String> lines =
        IntStream.range(0, ITEMS)
            .mapToObj(i -> "{\"item\":{\"id\":{\"S\":\"" + i + "\"}},\"reason\":\"none\"}")
            .toList();
    Files.write(shared.resolve("letters.jsonl"), lines);
    String backup = "file:" + shared.resolve("backup.jsonl");
    String[] words = {
      "backup", SOURCE, "--to", backup, "--endpoint-url", "" + SERVER, "--region", "us-east-1"
    };
    assertThat(Cli.run(words).exitCode()).isZero();
  }

  private static List<Map<String, AttributeValue>> items(long now) {
    return IntStream.range(0, ITEMS)
        .mapToObj(
            i ->
                Map.of(
                    "id", AttributeValue.fromS("" + i),
                    "t", AttributeValue.fromN("" + (now + (i % 2 == 0 ? -90_000 : 90_000)))))
        .toList();
  }

  private Cli.Result run(String job, String... options) {
    return run(SERVER, job, options);
  }

  private Cli.Result run(URI server, String job, String... options) {
    String words =
        job.replace("SOURCE", SOURCE)
            .replace("TARGET", target)
            .replace("FOLDER", shared.toString());
    return Cli.run(
        Stream.of(
                Stream.of(words.split(" ")),
                Stream.of("--endpoint-url", server.toString(), "--region", "us-east-1", "--yes"),
                Stream.of(options))
            .flatMap(all -> all)
            .toArray(String[]::new));
  }

  /** Runs a job until some items are written, no more than a sample has, and returns their keys. */
  private List<String> stop(String job, Random random) {
    int most = job.contains("conflict") ? 1 + random.nextInt(50) : 1 + random.nextInt(2);
    FaultProxy.Faults denied =
        (operation, number) ->
            List.of("BatchWriteItem", "PutItem").contains(operation) && number > most
                ? Fault.DENIED
                : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, denied)) {
      Cli.Result stopped = run(proxy.endpoint(), job, "--writers", "1");
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    }
    List<String> written = new ArrayList<>();
    TableComparison.items(SERVER, target, 1).values().forEach(i -> written.add(i.get("id").s()));
    assertThat(written).hasSizeBetween(1, 50);
    Collections.sort(written);
    Collections.shuffle(written, random);
    return written;
  }

  private void remove(List<String> keys) {
    remove(target, keys);
  }

  private static void remove(String table, List<String> keys) {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      for (String key : keys) {
        Map<String, AttributeValue> id = Map.of("id", AttributeValue.fromS(key));
        client.deleteItem(r -> r.tableName(table).key(id));
      }
    }
  }

  private void expire() {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTimeToLive(
          r ->
              r.tableName(target).timeToLiveSpecification(t -> t.attributeName("t").enabled(true)));
    }
  }

  private void assertWhole() {
    assertThat(TableComparison.items(SERVER, target, 1)).hasSize(ITEMS);
  }

  private static void assertGoneOn(Cli.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("goes on where it was stopped")
        .doesNotContain("earlier runs wrote");
  }

  private void assertRefused(String job, int written) {
    Cli.Result refused = run(job);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "none of the sampled items",
            target,
            "example id=",
            "--fresh",
            written + " items or more")
        .doesNotContain("\tat ");
    assertThat(TableComparison.items(SERVER, target, 1)).isEmpty();
  }

  /** However little was removed, it is found before anything is written, or shows in the end. */
  @Test
  void nothingThatOthersRemovedIsLeftOutUnnoticed() {
    Cases.forAll(
        1,
        random -> {
          int turn = random.nextInt(3);
          for (String job : JOBS) {
            target = table();
            List<String> written = stop(job, random);
            int some = random.nextInt(written.size());
            int removed = List.of(0, some, written.size()).get(turn++ % 3);
            remove(written.subList(0, removed));
            if (removed == 0) {
              assertGoneOn(run(job));
            } else if (removed == written.size()) {
              assertRefused(job, written.size());
              assertRefused(job, written.size());
              assertThat(run(job, "--fresh").exitCode()).isZero();
            } else {
              Cli.Result left = run(job, "--json");
              assertThat(left.exitCode()).as(left.err()).isEqualTo(1);
              String says = removed + " of " + written.size() + " sampled items";
              assertThat(left.err()).contains(says, "goes on where it was stopped");
              assertThat(left.out())
                  .contains(says, "\"missing\":" + removed, "\"sampled\":" + written.size());
              assertThat(run(job).err()).doesNotContain("goes on where it was stopped");
            }
            assertWhole();
          }
        });
  }

  /** Also where this is all that was written. */
  @Test
  void expiredItemsMayBeGone() {
    String job = "restore file:FOLDER/backup.jsonl TARGET";
    List<String> written = stop(job, new Random(1));
    List<String> expired = written.stream().filter(id -> Integer.parseInt(id) % 2 == 0).toList();
    remove(expired);
    expire();
    assertGoneOn(run(job));
    target = table();
    written = stop(job, new Random(1));
    remove(written);
    expire();
    assertRefused(job, (int) written.stream().filter(id -> Integer.parseInt(id) % 2 > 0).count());
  }

  /** As of an application that writes to both tables while they are copied. */
  @Test
  void itemsMayBeGoneFromBothTables() {
    String source = table();
    Tables.put(SERVER, source, items(1));
    String job = "copy " + source + " TARGET";
    List<String> written = stop(job, new Random(1));
    List<String> removed = written.subList(1, written.size());
    remove(removed);
    remove(source, removed.subList(1, removed.size()));
    Cli.Result one = run(job);
    assertThat(one.exitCode()).as(one.err()).isEqualTo(1);
    assertThat(one.err()).contains("1 of " + written.size() + " sampled items");
    target = table();
    written = stop(job, new Random(1));
    removed = written.subList(1, written.size());
    remove(removed);
    remove(source, removed);
    assertGoneOn(run(job));
    target = table();
    Tables.put(SERVER, source, items(1));
    written = stop(job, new Random(1));
    remove(written);
    remove(source, written);
    assertGoneOn(run(job));
  }

  /** A copy needs no right to read its target. */
  @Test
  void targetThatMayNotBeReadIsNotLookedAt() {
    String job = "copy SOURCE TARGET";
    remove(stop(job, new Random(1)));
    FaultProxy.Faults denied =
        (operation, number) -> operation.equals("BatchGetItem") ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, denied)) {
      Cli.Result last = run(proxy.endpoint(), job);
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(last.err()).containsOnlyOnce("was not looked at").contains("goes on where");
    }
  }

  /** What is looked for is counted, and a dry run says so. */
  @Test
  void lookIsToldBeforeAndCounted() {
    String job = "copy SOURCE TARGET";
    int written = stop(job, new Random(1)).size();
    String says = "the keys of " + written + " of them are looked for in " + target;
    assertThat(run(job, "--dry-run").out()).contains("resume    goes on from the", says);
    assertThat(run(job, "--dry-run", "--json").out()).contains("\"goesOn\":\"goes on from", says);
    String before = run("copy SOURCE " + table(), "--json").out();
    String after = run(job, "--json").out();
    // By a consistent read each; and the page of the source that was half done is read twice.
    assertThat(units(after) - units(before)).isBetween((double) written, written + 50.0);
  }

  private static double units(String json) {
    return Double.parseDouble(json.replaceAll("(?s).*?\"readUnits\":([0-9.]+).*", "$1"));
  }

  /** As the version before has left it. */
  @Test
  void checkpointWithoutSampleIsGoneOnFrom() throws IOException {
    Path checkpoint = folder.resolve("kept");
    String job = "copy SOURCE TARGET --resume " + checkpoint;
    remove(stop(job, new Random(1)));
    String line = Files.readAllLines(checkpoint).get(0);
    String older = line.replaceFirst(",\"sample\":\\{\"M\":.*", "}}");
    assertThat(older).isNotEqualTo(line);
    CRC32 crc = new CRC32();
    crc.update(older.getBytes(UTF_8));
    Files.writeString(checkpoint, older + "\n" + Long.toHexString(crc.getValue()) + "\n");
    assertGoneOn(run(job));
  }
}
