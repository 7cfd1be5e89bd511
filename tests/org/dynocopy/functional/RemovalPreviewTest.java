package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What removes items by a block shows before what the block selects. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class RemovalPreviewTest {

  private static final URI SERVER = TestServers.first();

  @TempDir private Path folder;

  private Cli.Result run(String job, String from, String to, String option) throws Exception {
    String named = job.replace("FROM", "'a:" + from + "'").replace("TO", "'a:" + to + "'");
    return RemovalTest.run(folder, SERVER, named, option);
  }

  @Test
  void aBlockShowsWhatGoesWhatStaysAndWhatIsAbsent() throws Exception {
    String table = RemovalTest.table();
    Tables.put(SERVER, table, RemovalTest.items(0, 60, "old"));
    String block = "filter { it.ttl != null && it.ttl < 30 }";
    for (String option : List.of("--dry-run", "--yes")) {
      Cli.Result shown = run("delete { from TO; " + block + " }", "", table, option);
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(option.equals("--yes") ? shown.err() : shown.out())
          .containsPattern("the block selects \\(id=item \\d+\\), \\(id=item \\d+\\)")
          .containsPattern("it does not select \\(id=item \\d+\\), \\(id=item \\d+\\)")
          .contains(String.format("%,d of %,d items have no `ttl`, which the block reads", 20, 60))
          .containsIgnoringCase("one request an item");
    }
    assertThat(TableComparison.items(SERVER, table, 1)).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy { from FROM; to TO; replace(); BLOCK }",
        "verify { from FROM; to TO; full(); repair(deleteExtra: true); BLOCK }"
      })
  void replacementAndRepairShowWhatTheBlockSelects(String job) throws Exception {
    String from = RemovalTest.table();
    String to = RemovalTest.table();
    Tables.put(SERVER, from, RemovalTest.items(0, 1, "old"));
    Tables.put(SERVER, to, RemovalTest.items(0, 60, "old"));
    String text = job.replace("BLOCK", "filter { it.ttl != null && it.ttl < 30 }");
    for (String option : List.of("--dry-run", "--yes")) {
      Cli.Result shown = run(text, from, to, option);
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(option.equals("--yes") ? shown.err() : shown.out())
          .containsPattern("the block selects \\(id=item \\d+\\), \\(id=item \\d+\\)")
          .containsPattern("it does not select \\(id=item \\d+\\), \\(id=item \\d+\\)")
          .contains("20 of 60 items have no `ttl`, which the block reads");
    }
    assertThat(TableComparison.items(SERVER, to, 1)).hasSize(40);
  }

  /** In a process, a block that never returns would hold up the question and Ctrl-C. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void blockThatNeverReturnsKeepsNoQuestionWaiting() throws Exception {
    String from = RemovalTest.table();
    String to = RemovalTest.table();
    Tables.put(SERVER, to, RemovalTest.items(0, 60, "old"));
    String block =
        "filter { if (it.id == 'item 7') { new java.util.concurrent.Semaphore(0).acquire() }; true"
            + " }";
    String job = "copy { from FROM; to TO; replace(); " + block + " }";
    Cli.Result shown = run(job, from, to, "--dry-run");
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .containsPattern(
            "recipe.groovy:\\d+:\\d+: the filter \\(item id=item 7\\) has not returned");
  }
}
