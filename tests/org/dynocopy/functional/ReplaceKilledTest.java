package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.functional.Replacing.Part;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Kills a replacement, as the kernel or a power cut does, wherever it is: no item is lost. */
@Execution(ExecutionMode.CONCURRENT)
class ReplaceKilledTest {

  /** The part of tenant t1, seen through an index. */
  private static final int PART = 4;

  @TempDir private Path folder;

  private final Random random = Cases.random();

  @Test
  void killedAnywhereTheTargetLosesNothingAndTheNextRunFinishes() throws Exception {
    Replacing tables = new Replacing(TestServers.first(), TestServers.first(), "S", "S");
    tables.putSource(tables.many(random, 0, 600));
    tables.putTarget(tables.many(random, 300, 900));
    Part part = tables.parts().get(PART);
    Map<String, Map<String, AttributeValue>> written = tables.source();
    Map<String, Map<String, AttributeValue>> old = tables.target();
    Map<String, Map<String, AttributeValue>> expected = tables.expected(part);
    written.values().removeIf(part.test().negate());
    int copying = batches(written);
    int removing = removed(part, written, old).size();
    // In the backup, in the copy, and among the removals.
    killAt(tables, "Query", 1 + random.nextInt(2));
    assertKept(part, written, old, tables.target());
    killAt(tables, "BatchWriteItem", 1 + random.nextInt(copying));
    assertKept(part, written, old, tables.target());
    killAt(tables, "DeleteItem", 1 + random.nextInt(removing));
    assertKept(part, written, old, tables.target());
    Cli.Result finished = Cli.await(start(tables, TestServers.first().toString()), folder);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(tables.target()).isEqualTo(expected);
    // What an earlier run has written is the source's: it is none to be removed.
    assertThat(finished.err())
        .contains("what an earlier run has copied was not copied again")
        .doesNotContain(" spared");
    // Noted keys and half a backup, which those that were killed have left, are gone.
    try (Stream<Path> left = Files.list(folder.resolve(".dynocopy"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("runs.jsonl|backup-table-.*(jsonl.gz|json)|.gitignore"));
    }
  }

  /** Returns what of the target's part the source has not. */
  private static Map<String, Map<String, AttributeValue>> removed(
      Part part,
      Map<String, Map<String, AttributeValue>> written,
      Map<String, Map<String, AttributeValue>> old) {
    Map<String, Map<String, AttributeValue>> removed = new HashMap<>(old);
    removed.values().removeIf(part.test().negate());
    removed.keySet().removeAll(written.keySet());
    return removed;
  }

  /** Returns how many batches are written for so many items, at least. */
  private static int batches(Map<String, Map<String, AttributeValue>> items) {
    return (items.size() + 24) / 25;
  }

  /**
   * Each item in the part of both is there, in the one or the other version; all else is as it was.
   */
  private static void assertKept(
      Part part,
      Map<String, Map<String, AttributeValue>> written,
      Map<String, Map<String, AttributeValue>> old,
      Map<String, Map<String, AttributeValue>> now) {
    old.forEach(
        (key, item) -> {
          if (written.containsKey(key)) {
            assertThat(now.get(key)).as(key).isIn(item, written.get(key));
          } else if (!part.test().test(item)) {
            assertThat(now.get(key)).as(key).isEqualTo(item);
          }
        });
    now.forEach((key, item) -> assertThat(item).as(key).isIn(old.get(key), written.get(key)));
  }

  private void killAt(Replacing tables, String operation, int number) throws Exception {
    CompletableFuture<Process> process = new CompletableFuture<>();
    FaultProxy.Faults killing =
        (asked, n) ->
            request -> {
              if (asked.equals(operation) && n == number) {
                if (random.nextBoolean()) {
                  request.forward(request.body());
                }
                process.join().destroyForcibly();
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), killing)) {
      process.complete(start(tables, proxy.endpoint().toString()));
      Cli.Result killed = Cli.await(process.join(), folder);
      assertThat(killed.exitCode()).as("%s %d: %s", operation, number, killed.err()).isEqualTo(137);
    }
  }

  private Process start(Replacing tables, String endpoint) throws Exception {
    String[] words =
        ("copy "
                + tables.from
                + " "
                + tables.to
                + " --replace --yes --writers 2 --index keys --pk t1")
            .split(" ");
    return Cli.start(folder, Map.of("AWS_ENDPOINT_URL", endpoint), List.of(), words);
  }
}
