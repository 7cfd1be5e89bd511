package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.dynocopy.InOtherProcesses;
import org.dynocopy.cli.Cli;
import org.dynocopy.functional.Replacing.Part;
import org.dynocopy.servers.FaultProxy;
import org.dynocopy.servers.FaultProxy.Fault;
import org.dynocopy.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Kills a replacement, as the kernel or a power cut does, wherever it is: no item is lost. */
@InOtherProcesses
class ReplaceKilledTest {

  /** The part of tenant t1, seen through an index. */
  private static final int PART = 4;

  @TempDir private Path folder;

  private final Random random = new Random();

  @Test
  void whereverItIsKilledTheTargetKeepsWhatItShouldAndTheNextOneFinishes() throws Exception {
    Replacing tables = new Replacing(TestServers.first(), TestServers.first(), "S", "S");
    tables.putSource(tables.many(random, 0, 600));
    tables.putTarget(tables.many(random, 300, 900));
    Part part = tables.parts().get(PART);
    Map<String, Map<String, AttributeValue>> source = tables.source();
    Map<String, Map<String, AttributeValue>> old = tables.target();
    Map<String, Map<String, AttributeValue>> expected = tables.expected(part);
    // In the backup, in the copy, and somewhere until the last key is removed.
    killAt(tables, "Query", 1 + random.nextInt(2));
    assertKept(part, source, old, tables.target());
    killAt(tables, "BatchWriteItem", 1 + random.nextInt(4));
    assertKept(part, source, old, tables.target());
    killAt(tables, "BatchWriteItem", 5 + random.nextInt(6));
    assertKept(part, source, old, tables.target());
    Cli.Result finished = Cli.await(start(tables, TestServers.first().toString()), folder);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(tables.target()).isEqualTo(expected);
    // What was killed leaves noted keys or half a backup; what went on has taken its own away.
    try (Stream<Path> left = Files.list(folder.resolve(".dynocopy"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.matches("(backup-table-|replace-).*"));
    }
  }

  /**
   * Each item in the part of both is there, in the one or the other version; all else is as it was.
   */
  private static void assertKept(
      Part part,
      Map<String, Map<String, AttributeValue>> source,
      Map<String, Map<String, AttributeValue>> old,
      Map<String, Map<String, AttributeValue>> now) {
    Map<String, Map<String, AttributeValue>> written = new HashMap<>(source);
    written.values().removeIf(part.test().negate());
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
    AtomicReference<Process> process = new AtomicReference<>();
    FaultProxy.Faults killing =
        (asked, n) ->
            request -> {
              if (asked.equals(operation) && n == number) {
                if (random.nextBoolean()) {
                  request.forward(request.body());
                }
                process.get().destroyForcibly();
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), killing)) {
      process.set(start(tables, proxy.endpoint().toString()));
      Cli.Result killed = Cli.await(process.get(), folder);
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
