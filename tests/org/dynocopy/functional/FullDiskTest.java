package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies on disks without room: what they have kept before is whole, and they go on from there. */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {

  @TempDir private Path folder;

  private Resuming copies;

  @BeforeEach
  void tables() {
    copies = new Resuming(folder);
  }

  private SmallDisk small() throws Exception {
    SmallDisk disk = SmallDisk.in(Files.createDirectory(folder.resolve("small")));
    copies.startBy(disk::starter);
    return disk;
  }

  /** So many segments that the checkpoint is far larger than what else is written. */
  private static String[] keeping(Path file) {
    return new String[] {"--resume", file.toString(), "--segments", "200"};
  }

  @Test
  void aCheckpointWithoutRoomEndsTheRunAndTheOlderOneServes() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    FaultProxy.Faults denied =
        (o, number) ->
            broken.get() && o.equals("BatchWriteItem") && number > 40 ? Fault.DENIED : Fault.NONE;
    try (SmallDisk disk = small();
        FaultProxy target = new FaultProxy(TestServers.second(), denied)) {
      Path file = disk.folder().resolve("my.checkpoint");
      Cli.Result stopped = copies.run(TestServers.first(), target.endpoint(), keeping(file));
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
      broken.set(false);
      byte[] older = Files.readAllBytes(file);
      disk.fill(file);
      Cli.Result full = copies.run(TestServers.first(), target.endpoint(), keeping(file));
      assertThat(full.exitCode()).as(full.err()).isEqualTo(3);
      assertThat(full.err()).contains("cannot keep ", disk.says()).doesNotContain("\tat ");
      assertThat(Files.readAllBytes(file)).isEqualTo(older);
      disk.grow();
      Cli.Result last = copies.run(TestServers.first(), target.endpoint(), keeping(file));
      assertThat(Resuming.before(last)).isPositive();
      copies.assertDone(last);
    }
  }

  @Test
  void deadLettersWithoutRoomEndTheRunAndNoneIsLost() throws Exception {
    try (SmallDisk disk = small()) {
      // Every item is too large for what is left of the disk sooner or later.
      Files.writeString(
          folder.resolve("filter.groovy"),
          """
          copy {
            from "source:%s"
            to "target:%s"
            onFailure { deadLetter "small/dead.jsonl"; stopAfter 100000 }
            filter { if (it.at.toInteger() < 600) { throw new Exception("not this one") }; true }
          }
          """
              .formatted(copies.from, copies.to));
      Cli.Result full = copies.runRecipe("filter.groovy");
      assertThat(full.exitCode()).as(full.err()).isEqualTo(3);
      assertThat(full.err()).contains("cannot write dead letters to small/dead.jsonl", disk.says());
      disk.grow();
      Cli.Result last = copies.runRecipe("filter.groovy");
      assertThat(last.err()).contains("4,000 read = 0 filtered + 3,400 written + 600 dead letters");
      assertThat(last.exitCode()).isEqualTo(1);
    }
  }

  /** Half of the removals succeed, the others are refused: their dead letters fill the disk. */
  @Test
  void diskThatFillsDuringARemovalSaysWhatIsGoneAndWhereItIs() throws Exception {
    String from = Tables.on(TestServers.first()).key("id", "S").create();
    String to = Tables.on(TestServers.second()).key("id", "S").create();
    Tables.put(
        TestServers.second(),
        to,
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("large " + i),
                        "text", AttributeValue.fromS("x".repeat(30_000))))
            .toList());
    FaultProxy.Faults refusing =
        (operation, number) ->
            request -> {
              boolean removes =
                  operation.equals("DeleteItem")
                      && new String(request.body(), StandardCharsets.UTF_8).contains("large ");
              if (removes && number % 2 == 0) {
                request.error(400, "ValidationException", "not this one");
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (SmallDisk disk = small();
        FaultProxy target = new FaultProxy(TestServers.second(), refusing)) {
      String[] words = {
        "copy",
        "source:" + from,
        "target:" + to,
        "--replace",
        "--yes",
        "--writers",
        "1",
        "--dead-letter",
        disk.folder().resolve("dead.jsonl").toString()
      };
      Cli.Result full =
          Cli.await(
              copies.startWords(folder, TestServers.first(), target.endpoint(), Map.of(), words),
              folder);
      assertThat(full.exitCode()).as(full.err()).isEqualTo(3);
      int gone = 40 - TableComparison.items(TestServers.second(), to, 1).size();
      assertThat(gone).isBetween(5, 20);
      assertThat(full.err())
          .contains("cannot write dead letters to ", disk.says())
          .containsPattern(
              gone
                  + " items were removed from target:"
                  + to
                  + " before it ended: they are in \\S+gz")
          .doesNotContain("\tat ");
    }
  }
}
