package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Recipes with all kinds of jobs, from the command line to the tables. */
class RecipeJobsTest {

  private static final URI SERVER = TestServers.first();

  @TempDir Path folder;

  private String source;
  private String target;

  @BeforeEach
  void fill() {
    source = Tables.on(SERVER).key("tenant", "S").key("number", "N").create();
    target = Tables.on(SERVER).key("tenant", "S").key("number", "N").create();
    Tables.put(SERVER, source, items(0, 20));
    Tables.put(SERVER, target, items(10, 40));
  }

  /** Items of the tenants t0 to t3, in turn. */
  private static List<Map<String, AttributeValue>> items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                Map.of(
                    "tenant", AttributeValue.fromS("t" + i % 4),
                    "number", AttributeValue.fromN("" + i)))
        .toList();
  }

  private Cli.Result run(String recipe, String... options) throws IOException {
    return run(SERVER, recipe, options);
  }

  private Cli.Result run(URI server, String recipe, String... options) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(
        file,
        """
        env("test") { endpoint "%s"; region "%s"; credentials "local", "local" }
        def source = "test:%s"
        def target = "test:%s"
        def file = "file:%s/backup.jsonl.gz"
        """
                .formatted(server, TestServers.REGION, source, target, folder)
            + recipe);
    String[] args = new String[options.length + 1];
    args[0] = file.toString();
    System.arraycopy(options, 0, args, 1, options.length);
    return Cli.run(args);
  }

  private int size(String table) {
    return TableComparison.items(SERVER, table).size();
  }

  /** All tables are looked at before the first job. */
  @Test
  void tableThatAnEarlierJobMakesIsToldAsSuch() throws Exception {
    String makes = "copy { from source; to target + 'new'; createTarget() }\n";
    Cli.Result refused =
        run(makes + "query { from target + 'new' }\nquery { from target + 'old' }");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    String hint =
        "A job before this one makes it, but all tables are looked at before the first job";
    assertThat(refused.err())
        .containsPattern("no table `" + target + "new` [^\n]*" + hint)
        .doesNotContainPattern("no table `" + target + "old` [^\n]*" + hint);
    assertThat(run("copy { from source; to target + 'new' }").err())
        .containsPattern("no table `" + target + "new` [^\n]* `createTarget\\(\\)` makes it like");
  }

  @Test
  void restoreIsEstimatedByTheBackupAlone() throws Exception {
    assertThat(run("backup source, to: file").exitCode()).isZero();
    assertThat(run("restore file, to: target", "--dry-run").out())
        .contains("by what the backup tells of itself")
        .doesNotContain("own counts");
    assertThat(run("truncate target", "--dry-run").out()).contains("by the tables' own counts");
  }

  @Test
  void jobsAreDoneInTheOrderOfTheRecipe() throws IOException {
    Files.writeString(folder.resolve("tenants.txt"), "t1\nt2\n");
    Cli.Result result =
        run(
            """
            query { from target; count() }
            delete { from target; where pks: "file:tenants.txt", skAtLeast: 20 }
            query { from target; count(); segments 2; where pk: ["t1", "t2"] }
            backup source, to: file
            truncate target
            query { from target; count() }
            copy { from source; to target }
            query { from target; output "csv"; where pk: "t3", skLess: 8 }
            """,
            "--yes");
    assertThat(result.err()).doesNotContain("failed");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines())
        .containsExactly("30", "5", "0", "tenant,number", "t3,3", "t3,7");
    assertThat(TableComparison.of(SERVER, source, SERVER, target).same()).isEqualTo(20);

    assertThat(run("restore file, to: \"${target}-new\"", "--yes").exitCode()).isZero();
    assertThat(TableComparison.of(SERVER, source, SERVER, target + "-new").same()).isEqualTo(20);
  }

  @Test
  void whatACopyReplacesIsIdenticalAndTheRestStays() throws IOException {
    String replace = "copy { from source; to target; where pk: 't1'; replace backup: false }";
    assertThat(run(replace).exitCode()).isEqualTo(2);
    assertThat(size(target)).isEqualTo(30);
    assertThat(run(replace, "--yes").exitCode()).isZero();
    // The target had seven items of t1, the source has five.
    assertThat(size(target)).isEqualTo(30 - 7 + 5);
  }

  @Test
  void aTargetIsMadeLikeItsSource() throws IOException {
    Cli.Result result =
        run(
            """
            copy { from source; to "${target}-made"; createTarget() }
            cloneSchema source, to: "${target}-empty"
            """);
    assertThat(result.exitCode()).isZero();
    assertThat(TableComparison.of(SERVER, source, SERVER, target + "-made").same()).isEqualTo(20);
    assertThat(size(target + "-empty")).isZero();
  }

  @Test
  void anEarlierJobMayHaveMadeTheTarget() throws IOException {
    Cli.Result result =
        run(
            """
            copy { from source; to "${target}-both"; createTarget() }
            copy { from target; to "${target}-both"; createTarget() }
            backup source, to: file
            """);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(size(target + "-both")).isEqualTo(40);

    Cli.Result restored =
        run(
            """
            copy { from target; to "${target}-again"; createTarget(); where pk: "t3" }
            restore file, to: "${target}-again"
            """,
            "--yes");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    // The source's 20 items, and beyond them 23, 27, 31, 35 and 39 of the other table.
    assertThat(size(target + "-again")).isEqualTo(25);

    Cli.Result replaced =
        run(
            """
            copy { from target; to "${target}-as"; createTarget() }
            copy { from source; to "${target}-as"; createTarget(); replace backup: false }
            """);
    assertThat(replaced.exitCode()).as(replaced.err()).isZero();
    assertThat(replaced.err()).contains("20 removed");
    assertThat(TableComparison.of(SERVER, source, SERVER, target + "-as").isSame()).isTrue();
  }

  @Test
  void replacementOfATableMadeByAnEarlierJobGoesOn() throws IOException {
    String recipe =
        """
        copy { from target; to "${target}-went"; createTarget() }
        copy { from source; to "${target}-went"; createTarget(); replace backup: false }
        """;
    try (FaultProxy denying =
        new FaultProxy(
            SERVER, (asked, n) -> asked.equals("DeleteItem") ? Fault.DENIED : Fault.NONE)) {
      Cli.Result stopped = run(denying.endpoint(), recipe, "--yes");
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    }
    Cli.Result result = run(recipe, "--yes");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("goes on where it was stopped");
    assertThat(TableComparison.of(SERVER, source, SERVER, target + "-went").isSame()).isTrue();
  }

  @Test
  void beginningAnewGoesWithARecipeOfWhichOneJobCouldGoOn() throws IOException {
    String query = "query { from source; count() }\n";
    Cli.Result both = run(query + "copy { from source; to target }\n" + query, "--fresh", "--yes");
    assertThat(both.exitCode()).as(both.err()).isZero();
    assertThat(both.out().lines()).containsExactly("20", "20");
    Cli.Result neither = run(query + query, "--fresh");
    assertThat(neither.exitCode()).isEqualTo(2);
    assertThat(neither.err()).contains("--fresh: nothing here could go on where it was stopped");
    assertThat(neither.out()).isEmpty();
  }

  /** What has gone from the source since must go from the table that the stopped run has made. */
  @ParameterizedTest
  @ValueSource(strings = {"--fresh", "--json"})
  void replacementOfATableThatAStoppedRunMadeIsOne(String option) throws IOException {
    Tables.put(SERVER, source, items(20, 80));
    String recipe =
        "copy { from source; to \"${target}-own\"; createTarget(); replace(); segments 1; writers 1"
            + " }";
    try (FaultProxy denying =
        new FaultProxy(
            SERVER,
            (asked, n) -> asked.equals("BatchWriteItem") && n > 2 ? Fault.DENIED : Fault.NONE)) {
      Cli.Result stopped = run(denying.endpoint(), recipe);
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    }
    Map<String, AttributeValue> gone =
        TableComparison.items(SERVER, target + "-own").values().iterator().next();
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.deleteItem(r -> r.tableName(source).key(gone));
    }
    Cli.Result result = run(recipe, option, "--yes");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(TableComparison.of(SERVER, source, SERVER, target + "-own").isSame()).isTrue();
  }

  @Test
  void aTargetThatWasMadeWithOtherKeysIsNotWritten() throws IOException {
    String other = Tables.on(SERVER).key("id", "S").create();
    Cli.Result result =
        run(
            """
            copy { from source; to "${target}-first"; createTarget() }
            copy { from "test:%s"; to "${target}-first"; createTarget() }
            """
                .formatted(other));
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("-first` was made meanwhile with other keys");
    assertThat(size(target + "-first")).isEqualTo(20);
  }

  @Test
  void nothingIsDoneIfOneJobIsWrong() throws IOException {
    Cli.Result result =
        run(
            """
            truncate target
            query { from target; where pks: "file:absent.txt" }
            copy { from source; to target; where pk: [tenant: "t1", town: "Bern"] }
            """,
            "--yes");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("recipe.groovy:6:28: there is no file `" + folder + "/absent.txt`")
        .contains("recipe.groovy:7:38: `town` is not an attribute of this key: it has tenant (S)");
    assertThat(size(target)).isEqualTo(30);
  }
}
