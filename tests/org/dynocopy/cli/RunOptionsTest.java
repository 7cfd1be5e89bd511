package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates and budgets that are given to all jobs of a recipe. */
class RunOptionsTest {

  private static final URI SERVER = TestServers.first();

  /** A write of an item is a tenth of a cent. */
  private static final List<String> PRICES = List.of("--prices", "read=0,write=1000");

  private static String one;
  private static String other;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    one = table();
    other = table();
    for (String table : List.of(one, other)) {
      Tables.fill(SERVER, table, 1_000);
    }
  }

  private static String table() {
    return Tables.on(SERVER).key("id", "S").create();
  }

  private static int items(String table) {
    return TableComparison.items(SERVER, table).size();
  }

  /** Runs a recipe of these jobs, in which {@code test} is the server. */
  private Cli.Result run(String jobs, String... args) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    String environment = "env(\"test\") { endpoint \"%s\"; region \"%s\" }%n";
    Files.writeString(recipe, environment.formatted(SERVER, TestServers.REGION) + jobs);
    return Cli.run(
        Stream.of(List.of(recipe.toString()), PRICES, List.of(args))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private static String copy(String from, String to, String more) {
    return "copy { from \"test:%s\"; to \"test:%s\"; %s }%n".formatted(from, to, more);
  }

  @Test
  void allJobsTogetherAreRefusedWhereEachAloneWouldDo() throws Exception {
    String first = table();
    String second = table();
    String jobs = copy(one, first, "") + copy(other, second, "");
    Cli.Result result = run(jobs, "--budget", "1.5");
    assertThat(result.err())
        .contains("--budget: all 2 jobs together would cost about $2.00, which is more than the")
        .contains("budget of $1.50: 2,000 items")
        .doesNotContain("\tat ");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(items(first) + items(second)).isZero();
    assertThat(run(jobs, "--budget", "2.1").exitCode()).isZero();
    assertThat(items(first) + items(second)).isEqualTo(2_000);
  }

  @Test
  void aDryRunIsRefusedAsTheRunWouldBe() throws Exception {
    Cli.Result result = run(copy(one, table(), ""), "--budget", "0.9", "--dry-run");
    assertThat(result.out()).contains("1,000.0 WCU, $1.00");
    assertThat(result.err()).contains("--budget: it would cost about $1.00");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void whatTheFirstJobSpentIsNotThereForTheSecond() throws Exception {
    String first = table();
    String second = table();
    // Who knows what a filter lets through: it begins, and stops in time.
    String jobs = copy(one, first, "filter { true }") + copy(other, second, "filter { true }");
    Cli.Result result = run(jobs, "--budget", "1.4");
    assertThat(result.err()).contains("the budget of $1.40 is used up");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(items(first)).isEqualTo(1_000);
    assertThat(items(second)).isBetween(300, 400);
  }

  @Test
  void theBudgetOfAJobHoldsBesideThatOfTheRun() throws Exception {
    String target = table();
    Cli.Result result = run(copy(one, target, "filter { true }; budget 0.4"), "--budget", "5000");
    assertThat(result.err()).contains("the budget of $0.40 is used up");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(items(target)).isBetween(300, 400);
  }

  @Test
  void theRateOfTheRunWinsAndJobsThatOnlyReadHaveNoneOfWrites() throws Exception {
    String jobs =
        copy(one, table(), "rate read: 700, write: 200")
            + "query { from \"test:%s\"; limit 1; output \"csv\" }%n".formatted(one);
    Cli.Result result = run(jobs, "--rate-write", "50", "--dry-run");
    assertThat(result.out().lines().filter(line -> line.startsWith("  rate ")))
        .containsExactly("  rate      read 700, write 50 units a second of each table and index");
  }

  @Test
  void aMistakeInAnOptionIsToldOnce() throws Exception {
    String target = table();
    Cli.Result result =
        run(copy(one, target, "") + copy(other, target, ""), "--rate-read", "0", "--budget", "-1");
    assertThat(result.err().lines().filter(line -> !line.isEmpty()))
        .containsExactly(
            "--rate-read: `rate read` must be above 0, not 0",
            "--budget: `budget` must be above 0 dollars, not -1.0");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(items(target)).isZero();
  }
}
