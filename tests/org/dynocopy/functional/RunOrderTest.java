package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which jobs of a run that goes on are left out depends on the jobs after and before them. */
class RunOrderTest {

  @TempDir private static Path home;

  private static Commands commands;

  private volatile String denied = "";
  private volatile boolean lost;

  /** Denies what writes to one table; the answer of the first may be lost instead. */
  private final FaultProxy proxy =
      new FaultProxy(
          TestServers.first(),
          (operation, number) ->
              request -> {
                boolean writes =
                    operation.equals("BatchWriteItem") || operation.equals("DeleteItem");
                boolean hit =
                    writes
                        && !denied.isEmpty()
                        && new String(request.body(), UTF_8).contains(denied);
                if (hit && lost) {
                  lost = false;
                  Fault.UNANSWERED.happen(request);
                } else {
                  (hit ? Fault.DENIED : Fault.NONE).happen(request);
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
    one = Tables.on(TestServers.first()).key("id", "S").create();
    two = Tables.on(TestServers.first()).key("id", "S").create();
    three = Tables.on(TestServers.first()).key("id", "S").create();
    put("a", "b", "c");
    folder = Files.createTempDirectory(home, "order");
    recipe = folder.resolve("jobs.groovy");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private void put(String... ids) {
    Tables.put(
        TestServers.first(),
        one,
        Stream.of(ids).map(id -> Map.of("id", AttributeValue.fromS(id))).toList());
  }

  private static int size(String table) {
    return TableComparison.items(TestServers.first(), table).size();
  }

  private void write(String jobs) throws IOException {
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        env("other") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        def one = "test:%s"; def two = "test:%s"; def three = "test:%s"
        def file = "file:%s/backup.jsonl.gz"
        """
                .formatted(proxy.endpoint(), TestServers.first(), one, two, three, folder)
            + jobs);
  }

  private Cli.Result run(int exit, String... options) {
    List<String> words = new ArrayList<>(List.of(recipe.toString(), "--yes"));
    words.addAll(List.of(options));
    Map<String, String> places = Map.of("dynocopy.folder", folder.resolve(".dynocopy").toString());
    Cli.Result result = commands.run(places, words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exit);
    return result;
  }

  private Cli.Result stopAt(String table) {
    denied = table;
    Cli.Result stopped = run(3);
    denied = "";
    return stopped;
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".dynocopy"))) {
      return files.filter(file -> file.toString().matches(".*run-.*\\.jsonl")).findAny().get();
    }
  }

  /** Has the journal written as of a day before, up to some events of jobs, one after another. */
  private void writeJournal(String... until) throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    int next = 0;
    for (Map<String, Object> line : JournalFile.read(journal())) {
      Map<String, Object> older = new LinkedHashMap<>(line);
      older.computeIfPresent(
          "at", (at, time) -> Instant.parse("" + time).minus(Duration.ofDays(1)).toString());
      lines.add(older);
      if (next < until.length
          && until[next].equals(line.get("event"))
          && until[next + 1].equals(line.get("job"))) {
        next += 2;
        if (next == until.length) {
          break;
        }
      }
    }
    try (JournalFile file = JournalFile.openAnew(journal())) {
      file.append(lines);
    }
  }

  @Test
  void removalWaitsForACopyOfWhatCameSince() throws Exception {
    write("copy { from one; to two }\nverify { from one; to two }\ntruncate one\n");
    stopAt("DeleteRequest");
    // Killed after the comparison.
    writeJournal("ended", "1");
    put("later");
    Cli.Result last = run(0);
    assertThat(last.err())
        .contains("more than an hour ago, and", "will remove items from")
        .containsPattern("verify [^\n]*: done again[^\n]* writes `test:" + two + "` once more");
    assertThat(size(two)).isEqualTo(4);
    assertThat(size(one)).isZero();
  }

  @Test
  void removalIsRefusedWhereItsCopyIsOld() throws Exception {
    write("copy { from one; to two }\ntruncate one\n");
    stopAt("DeleteRequest");
    put("later");
    writeJournal();
    assertThat(run(2).err())
        .contains("-> test:" + two + " was done by an earlier run at 20")
        .contains("would remove from `test:" + one + "` what was written there since then")
        .contains("--fresh");
    assertThat(size(one)).isEqualTo(4);
    run(0, "--fresh");
    assertThat(size(two)).isEqualTo(4);
  }

  @Test
  void removalIsRefusedWhereItsBackupIsOld() throws Exception {
    write("backup one, to: file\ntruncate one\n");
    stopAt("DeleteRequest");
    writeJournal("ended", "0");
    assertThat(run(2).err()).contains("backup test:" + one, "what was written there since then");
    assertThat(size(one)).isEqualTo(3);
  }

  @Test
  void removalGoesOnWhereItsCopyIsNew() throws Exception {
    write("copy { from one; to two }\ntruncate one\n");
    stopAt("DeleteRequest");
    assertThat(run(0).err()).contains("done by an earlier run at 20");
    assertThat(size(one)).isZero();
  }

  @Test
  void jobDoneAgainTakesAlongWhatReadsItsTable() throws Exception {
    write(
        """
        copy { from one; to two; onConflict "skip" }
        copy("copy of what was copied") { from two; to "test:%s" }
        copy { from one; to three }
        """
            .formatted(Tables.on(TestServers.first()).key("id", "S").create()));
    stopAt(three);
    Files.writeString(recipe, Files.readString(recipe).replace("\"skip\"", "\"overwrite\""));
    // Interrupted once more, after the first of them was done again.
    assertThat(stopAt(three).err())
        .contains("`onConflict` was skip and is overwrite")
        .contains("copy of what was copied: done again", "writes `test:" + two + "` once more");
    writeJournal("begins", "0", "begins", "0");
    assertThat(run(0).err()).contains("copy of what was copied: done again");
  }

  @Test
  void copyWithOtherWordsIsDoneAgain() throws Exception {
    write("copy { from one; to two }\ncopy { from two; to three }\n");
    stopAt(three);
    String text = Files.readString(recipe);
    Files.writeString(
        recipe, text.replace("to two }", "to two; onConflict 'skip'; verify { count() } }"));
    assertThat(run(0).err())
        .contains("`onConflict` was overwrite and is skip", "`verify` was not there and is count");
  }

  @Test
  void deletionWithALimitIsNeverDoneTwice() throws Exception {
    write(
        """
        delete { from one; filter { it.id != "" + System.nanoTime() }; limit 1 }
        copy { from one; to two }
        """);
    stopAt(two);
    assertThat(size(one)).isEqualTo(2);
    assertThat(run(2).err()).contains("has deleted up to 1 items", "--fresh");
    assertThat(size(one)).isEqualTo(2);
  }

  @Test
  void deletionWhoseAnswerWasLostIsNotDoneTwice() throws Exception {
    write("delete { from one; filter { it.id != '' + System.nanoTime() }; limit 1 }\n");
    lost = true;
    stopAt(one);
    assertThat(run(2).err()).contains("begun to delete up to 1 items", "--fresh");
    assertThat(size(one)).isEqualTo(2);
  }

  @Test
  void lastCopyOfAPatternIsNotCopiedItself() throws Exception {
    String name = Tables.on(TestServers.first()).key("id", "S").create();
    write(
        """
        copy { from "test:%1$s*"; to "other:%1$s-copy*"; createTarget() }
        copy { from one; to three }
        """
            .formatted(name));
    stopAt(three);
    assertThat(run(2).err()).contains("is a target of this pattern, and fits it as a source");
  }

  @Test
  void unknownEventIsRefusedWithFileAndLine() throws Exception {
    write("copy { from one; to two }\ncopy { from two; to three }\n");
    stopAt(three);
    int lines = JournalFile.read(journal()).size();
    try (JournalFile file = JournalFile.open(journal())) {
      file.append(List.of(Map.of("event", "paused", "at", Instant.now().toString())));
    }
    assertThat(run(2).err()).contains(journal() + ":" + (lines + 1) + ": this line is none that");
  }
}
