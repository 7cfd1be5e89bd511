package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * A copy is stopped, another job removes items from its target, and the same copy is run again:
 * nothing of what it had written may be missing.
 */
class StaleCheckpointTest {

  private static final List<String> REMOVALS =
      List.of(
          "truncate TARGET",
          "copy EMPTY TARGET --replace --no-backup",
          "verify EMPTY TARGET --repair --delete-extra");

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 150;
  private static final String SOURCE = table();
  private static final String EMPTY = table();

  @TempDir private static Path shared;

  @TempDir private Path folder;

  private final String target = table();

  @BeforeAll
  static void fill() throws IOException {
    Tables.put(SERVER, SOURCE, items(0, ITEMS));
    Files.write(shared.resolve("keys"), IntStream.range(0, ITEMS).mapToObj(i -> "" + i).toList());
  }

  private static List<Map<String, AttributeValue>> items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Map.of("id", AttributeValue.fromS("" + i), "s", AttributeValue.fromS("a")))
        .toList();
  }

  private static String table() {
    Projection all = Projection.builder().projectionType("ALL").build();
    return Tables.on(SERVER).key("id", "S").gsi("byS", all, "s").create();
  }

  private Cli.Result run(String command, String... options) {
    return run(SERVER, command, options);
  }

  private Cli.Result run(URI server, String command, String... options) {
    String words =
        command
            .replace("TARGET", target)
            .replace("SOURCE", SOURCE)
            .replace("EMPTY", EMPTY)
            .replace("KEYS", shared.resolve("keys").toString());
    return Cli.run(
        Stream.of(
                Stream.of(words.split(" ")),
                Stream.of("--endpoint-url", server.toString(), "--region", "us-east-1"),
                Stream.of(options))
            .flatMap(all -> all)
            .toArray(String[]::new));
  }

  private void stop(String command, int batches, String... options) {
    Cli.Result stopped = runUntil(batches, command, options);
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
  }

  /** Runs a command that may write so many batches. */
  private Cli.Result runUntil(int batches, String command, String... options) {
    FaultProxy.Faults denied =
        (operation, number) ->
            operation.equals("BatchWriteItem") && number > batches ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, denied)) {
      return run(proxy.endpoint(), command + " --writers 1", options);
    }
  }

  private void assertBegunAnew(Cli.Result copied) {
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    assertThat(copied.err()).doesNotContain("goes on where it was stopped");
    assertSame();
  }

  private void assertGoneOn(Cli.Result copied) {
    assertThat(copied.exitCode()).as(copied.err()).isZero();
    assertThat(copied.err())
        .containsPattern("with [0-9]+ items settled")
        .containsPattern(
            "of the items read, [0-9]+ were read by earlier runs, which had written [0-9]+");
    assertSame();
  }

  private void assertSame() {
    assertThat(TableComparison.of(SERVER, SOURCE, SERVER, target))
        .isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "truncate TARGET",
        "delete TARGET --pks KEYS",
        "delete TARGET --index byS --pk a --limit 1",
        "copy EMPTY TARGET --replace",
        "copy EMPTY TARGET --replace --truncate-first",
        "verify EMPTY TARGET --repair --delete-extra"
      })
  void stoppedCopyBeginsAnewAfterRemoval(String removal) {
    stop("copy SOURCE TARGET", 3);
    String sentence = " items into " + target + "; as items are removed from it, the checkpoint";
    Cli.Result dry = run(removal, "--dry-run");
    assertThat(dry.out()).as(dry.err()).contains(sentence);
    int written = TableComparison.items(SERVER, target, 1).size();
    Cli.Result removed = run(removal, "--yes");
    assertThat(removed.exitCode()).as(removed.err()).isZero();
    assertThat(removed.err()).containsOnlyOnce(sentence);
    assertThat(TableComparison.items(SERVER, target, 1).size()).isLessThan(written);
    assertBegunAnew(run("copy SOURCE TARGET"));
  }

  @Test
  void stoppedCopyGoesOnIfNothingIsRemoved() {
    stop("copy SOURCE TARGET", 3);
    for (String other :
        List.of(
            "delete TARGET --pk none",
            "truncate EMPTY",
            "copy SOURCE TARGET --replace --pk 1",
            "verify EMPTY TARGET --repair")) {
      Cli.Result nothing = run(other, "--yes");
      assertThat(nothing.err())
          .contains("the ledger adds up")
          .doesNotContain("same command begins anew");
    }
    assertGoneOn(run("copy SOURCE TARGET"));
  }

  /** Where it was put, a removal would not look for it. */
  @Test
  void checkpointElsewhereIsFoundToo() throws IOException {
    String copy = "copy SOURCE TARGET --resume " + folder.resolve("kept");
    stop(copy, 3);
    Cli.Result removed = run("truncate TARGET", "--yes");
    assertThat(removed.err()).contains("kept: the run that was stopped there");
    assertBegunAnew(run(copy));
    try (var notes = Files.newDirectoryStream(WorkingFolder.path(), "elsewhere-*")) {
      assertThat(notes)
          .allSatisfy(note -> assertThat(note).content().doesNotContain(folder.toString()));
    }
  }

  /** Its checkpoint says by files what it is of. */
  @Test
  void stoppedRestoreBeginsAnewAfterRemoval() {
    String backup = "file:" + folder.resolve("backup.jsonl");
    assertThat(run("backup SOURCE --to " + backup).exitCode()).isZero();
    String restore = "restore " + backup + " TARGET --yes";
    stop(restore, 3);
    Cli.Result dry = run("truncate TARGET", "--dry-run", "--json");
    assertThat(dry.out()).contains("\"beginAnew\":[\"", "the same command begins anew\"]");
    assertThat(run("truncate TARGET", "--yes").err()).contains("the same command begins anew");
    assertBegunAnew(run(restore));
  }

  /** The old checkpoint was there until the new run had one, after the removal. */
  @Test
  void stoppedFreshReplacementDoesNotGoOnBefore() {
    String copy = "copy SOURCE TARGET --replace --truncate-first --no-backup";
    Tables.put(SERVER, target, items(1_000, 1_001));
    stop(copy, 4, "--yes");
    stop(copy, 1, "--yes", "--fresh");
    assertBegunAnew(run(copy, "--yes"));
  }

  @Test
  void nothingIsRemovedWhileAnotherRunWrites() throws IOException {
    stop("copy SOURCE TARGET", 3);
    Path checkpoint = checkpoint();
    var written = TableComparison.items(SERVER, target, 1);
    assertThat(written).hasSizeBetween(1, ITEMS - 1);
    try (LockFile lock = LockFile.on(checkpoint)) {
      for (String removal :
          List.of(
              "truncate TARGET",
              "copy SOURCE TARGET --replace --pk 149",
              "copy EMPTY TARGET --replace",
              "verify EMPTY TARGET --repair --delete-extra")) {
        Cli.Result refused = run(removal, "--yes");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("are not removed", checkpoint.toString());
        assertThat(TableComparison.items(SERVER, target, 1)).as(removal).isEqualTo(written);
      }
    }
    assertGoneOn(run("copy SOURCE TARGET"));
  }

  private static byte[] take(Path checkpoint) throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.delete(checkpoint);
    return bytes;
  }

  private interface Action {
    void happen() throws IOException;
  }

  /** Does something before the first item is removed. */
  private static FaultProxy.Faults beforeRemoving(Action action) {
    return (operation, number) ->
        request -> {
          if (operation.matches("DeleteItem|BatchWriteItem") && number == 1) {
            action.happen();
          }
          Fault.NONE.happen(request);
        };
  }

  /** The run that keeps it has begun, and was stopped, since the removal looked for such runs. */
  @ParameterizedTest
  @FieldSource("REMOVALS")
  void checkpointThatComesWhileItemsAreRemovedGoesToo(String removal) throws IOException {
    stop("copy SOURCE TARGET", 3);
    Path checkpoint = checkpoint();
    byte[] bytes = take(checkpoint);
    FaultProxy.Faults keeping = beforeRemoving(() -> PrivateFiles.replace(checkpoint, bytes));
    try (FaultProxy proxy = new FaultProxy(SERVER, keeping)) {
      Cli.Result removed = run(proxy.endpoint(), removal, "--yes");
      assertThat(removed.exitCode()).as(removed.err()).isZero();
      assertThat(removed.err()).containsOnlyOnce("the same command begins anew");
    }
    assertBegunAnew(run("copy SOURCE TARGET"));
  }

  /** It has the table's items, some of which are gone: only whoever runs it can begin it anew. */
  @ParameterizedTest
  @FieldSource("REMOVALS")
  void runThatBeginsWhileItemsAreRemovedIsNamed(String removal) throws IOException {
    stop("copy SOURCE TARGET", 3);
    Path checkpoint = checkpoint();
    byte[] bytes = take(checkpoint);
    List<LockFile> locks = new CopyOnWriteArrayList<>();
    FaultProxy.Faults beginning =
        beforeRemoving(
            () -> {
              locks.add(LockFile.on(checkpoint));
              PrivateFiles.replace(checkpoint, bytes);
            });
    try (FaultProxy proxy = new FaultProxy(SERVER, beginning)) {
      Cli.Result removed = run(proxy.endpoint(), removal, "--yes");
      assertThat(removed.err())
          .contains(checkpoint.toString(), "when that run has ended, run it again with --fresh");
      assertThat(checkpoint).exists();
    } finally {
      for (LockFile lock : locks) {
        lock.close();
      }
    }
    Files.delete(checkpoint);
  }

  /** It may be that of another user, who goes on from it later. */
  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES) // And so none removes items who sees the same folder.
  void nothingIsRemovedWhereACheckpointCannotBeRead() throws IOException {
    stop("copy SOURCE TARGET", 3);
    Path checkpoint = checkpoint();
    Files.setPosixFilePermissions(checkpoint, PosixFilePermissions.fromString("rw-rw-rw-"));
    Cli.Result refused = run("truncate TARGET", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err()).contains("are not removed", checkpoint.toString());
    Files.setPosixFilePermissions(checkpoint, PosixFilePermissions.fromString("rw-------"));
    Path note = Files.writeString(WorkingFolder.file("elsewhere-1.path"), "\0");
    Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-------"));
    refused = run("truncate TARGET", "--yes");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err()).contains("are not removed", note.toString());
    Files.delete(note);
    assertGoneOn(run("copy SOURCE TARGET"));
  }

  private Path checkpoint() throws IOException {
    try (var found =
        Files.newDirectoryStream(WorkingFolder.path(), "*-" + target + "-*.checkpoint")) {
      return found.iterator().next();
    }
  }

  /** Whatever is stopped and removed in between, in the end nothing is missing. */
  @Test
  void nothingIsMissingHoweverOftenItIsStopped() {
    List<String> copies =
        List.of(
            "copy SOURCE TARGET",
            "copy SOURCE TARGET --replace --no-backup",
            "copy SOURCE TARGET --replace --truncate-first --no-backup");
    List<String> removals =
        List.of(
            "truncate TARGET",
            "delete TARGET --pks KEYS --limit 30",
            "delete TARGET --index byS --pk a --limit 30",
            "copy EMPTY TARGET --replace --no-backup",
            "verify EMPTY TARGET --repair --delete-extra");
    Cases.forAll(
        1,
        random -> {
          for (String copy : copies) {
            runUntil(1 + random.nextInt(4), copy, "--yes");
            Cli.Result removed = run(one(removals, random), "--yes");
            assertThat(removed.exitCode()).as(removed.err()).isZero();
            Cli.Result last = run(copy, "--yes");
            assertThat(last.exitCode()).as(last.err()).isZero();
            assertSame();
          }
        });
  }

  private static String one(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
