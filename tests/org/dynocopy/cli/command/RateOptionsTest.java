package org.dynocopy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.cli.tuning.Tuner;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** Rates, prices and budgets on the command line, said right and wrong. */
class RateOptionsTest {

  private static URI server;
  private static String source;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    server = TestServers.first();
    source = Tables.on(server).key("id", "S").create();
    Tables.fill(server, source, 1_000);
  }

  private static String target() {
    return Tables.on(server).key("id", "S").create();
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint-url", server.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Cli.Result copy(String target, String... args) {
    List<String> all = new ArrayList<>(List.of("copy", source, target));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private static void refused(Cli.Result result, String message) {
    assertThat(result.err()).contains(message).doesNotContain("\tat ");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void aRateThatIsNoneIsRefused() {
    refused(copy("target", "--rate-read", "0"), "--rate-read: `rate read` must be above 0, not 0");
    refused(copy("target", "--rate-write", "-5"), "`rate write` must be above 0, not -5");
    refused(copy("target", "--rate-write", "0%"), "`rate write` must be above 0, not 0%");
    refused(copy("target", "--rate-write", "150%"), "`rate write` is at most 100%, not 150%");
    refused(copy("target", "--rate-read", "fast"), "as in `500` or `\"50%\"`, not `fast`");
    for (String reading : List.of("query", "backup", "fingerprint")) {
      refused(
          run(reading, source, "--rate-write", "5"), "`" + reading + "` takes no `--rate-write`");
    }
  }

  @Test
  void aPercentageOfAThroughputThatNobodyKnowsIsRefused() throws Exception {
    String target = target();
    refused(
        copy(target, "--rate-write", "50%"),
        "--rate-write: `rate write` is 50%, but it is not known what `" + target + "` can do");
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "%s" }
        copy {
          from "test:%s"
          to "test:%s"
          rate read: "25%%", write: 5
        }
        """
            .formatted(server, TestServers.REGION, source, target));
    refused(
        Cli.run(recipe.toString()),
        "recipe.groovy:5:8: `rate read` is 25%, but it is not known what `" + source + "` can do");
    refused(
        copy("not-there", "--create-target", "--rate-write", "50%"),
        "but the table is still to be made: give capacity units a second");
  }

  @Test
  void whoWantsToTryTwiceTriesTwice() {
    refused(copy("target", "--retry", "often"), "--retry: `retry` takes `attempts`, `base`, `cap`");
    refused(copy("target", "--retry", "attempts=0"), "`retry attempts` must be at least 1, not 0");
    refused(
        run("query", source, "--retry", "base=2s,cap=1s"),
        "--retry: `retry cap` must not be below `retry base`");
    FaultProxy.Faults down =
        (operation, number) ->
            operation.equals("BatchWriteItem") ? FaultProxy.Fault.FAILED : FaultProxy.Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(server, down)) {
      Cli.Result result =
          Cli.run(
              "copy",
              source,
              target(),
              "--fresh",
              "--retry",
              "attempts=2,base=1ms,cap=2ms",
              "--endpoint-url",
              proxy.endpoint().toString(),
              "--region",
              TestServers.REGION);
      assertThat(result.err()).contains("gave up after 2 attempts");
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aBudgetNeedsAPrice() {
    String target = target();
    refused(
        copy(target, "--budget", "20"),
        "--budget: a budget needs a price, and there is none for `" + source + "` (no price known");
    refused(copy(target, "--budget", "0"), "`budget` must be above 0 dollars");
    refused(
        copy(target, "--budget", "1", "--prices", "cheap"),
        "--prices: takes dollars for a million units, as in `--prices read=0.125,write=0.625`");
    assertThat(TableComparison.items(server, target)).isEmpty();
  }

  @Test
  void budgetBelowTheEstimateIsRefusedBeforeAnyWrite() {
    String target = target();
    refused(
        copy(target, "--budget", "0.9", "--prices", "read=0,write=1000"),
        "--budget: it would cost about $1.00, which is more than the budget of $0.90");
    assertThat(TableComparison.items(server, target)).isEmpty();
  }

  @Test
  void aBudgetIsNeverExceededWhereNobodyCouldEstimate() throws Exception {
    String target = target();
    Path recipe = folder.resolve("recipe.groovy");
    // Who knows what a filter lets through: it begins, and stops in time.
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "%s"; prices read: 0, write: 1000 }
        copy {
          from "test:%s"
          to "test:%s"
          filter { true }
          budget 0.4
        }
        // It has no budget, and does not pay for the one before.
        query { from "test:%3$s"; count() }
        """
            .formatted(server, TestServers.REGION, source, target));
    Cli.Result result = Cli.run(recipe.toString());
    assertThat(result.err()).contains("the budget of $0.40 is used up").doesNotContain("\tat ");
    assertThat(result.exitCode()).isEqualTo(3);
    // A tenth of a cent is one item: another batch of 25 could have been too much.
    int written = TableComparison.items(server, target).size();
    assertThat(written).isBetween(375, 400);
    assertThat(result.err()).contains("not finished: ");
    Cli.Ledger ledger = result.ledger();
    assertThat(ledger.written()).isEqualTo(written);
    assertThat(ledger.unsettled()).isPositive();
    assertThat(ledger.read()).isEqualTo(written + ledger.unsettled()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void aBudgetThatSufficesIsNoHindrance() {
    Cli.Result result = copy(target(), "--budget", "1.1", "--prices", "read=0,write=1000");
    assertThat(result.err()).contains("1,000 written", "1,000.0 WCU, $1.00");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theDryRunSaysWhatItCostsAndHowLongItTakes() {
    Cli.Result result =
        copy(target(), "--dry-run", "--rate-write", "50", "--prices", "read=1,write=2000");
    assertThat(result.out())
        .contains("rate      write 50 units a second of each table and index")
        .contains("1,000.0 WCU, $2.00, at least 20.0 s at this rate")
        .contains("a sample of 200 items, which takes ");
    assertThat(copy(target(), "--dry-run").out()).contains("1,000.0 WCU, no price known for http");
  }

  @Test
  void provisionedTablesArePaidByTheHourAndKnowWhatAPercentageIs() {
    String target = "provisioned-" + System.nanoTime();
    try (DynamoDbClient client = TestServers.client(server)) {
      client.createTable(
          r ->
              r.tableName(target)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))
                  .provisionedThroughput(p -> p.readCapacityUnits(100L).writeCapacityUnits(200L)));
    }
    assertThat(copy(target, "--dry-run", "--rate-write", "50%").out())
        .contains("provisioned 100 RCU, 200 WCU")
        .contains("provisioned: paid by the hour, whatever is read or written, at least 10.0 s");
    refused(copy(target, "--budget", "5"), "a budget needs a price");
  }

  @Test
  void aControlFileThatIsNotOursIsRefused() throws Exception {
    Path file = folder.resolve("control.properties");
    Files.writeString(file, "read=5\n");
    String target = target();
    refused(
        copy(target, "--control", file.toString()),
        "--control: `" + file + "` is not a control file: its first line would be `# dynocopy");
    assertThat(file).hasContent("read=5\n");
    assertThat(TableComparison.items(server, target)).isEmpty();
  }

  @Test
  void aControlFileIsThereWhileItRunsAndThenNoMore() {
    Path file = folder.resolve("new/control.properties");
    Cli.Result result = copy(target(), "--control", file.toString(), "--rate-write", "5000");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(file).doesNotExist();
    assertThat(file.getParent()).exists();
  }

  /** Of a run without a rate nobody has to change one. */
  @Test
  void eachRateAloneGivesAControlFileWhileItRuns() throws Exception {
    Set<String> there = new TreeSet<>();
    for (String rate : List.of("--rate-read", "--rate-write", "--stop-after")) {
      FaultProxy.Faults looking =
          (operation, number) ->
              request -> {
                try (Stream<Path> files = Files.list(WorkingFolder.path())) {
                  if (operation.equals("BatchWriteItem")
                      && files.anyMatch(f -> f.getFileName().toString().startsWith("control-"))) {
                    there.add(rate);
                  }
                }
                Fault.NONE.happen(request);
              };
      try (FaultProxy proxy = new FaultProxy(server, looking)) {
        String at = proxy.endpoint().toString();
        String[] words = {"copy", source, target(), "--endpoint-url", at, "--region", "us-east-1"};
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(rate, "5000", "--yes"));
        assertThat(Cli.run(all.toArray(String[]::new)).exitCode()).isZero();
      }
    }
    assertThat(there).containsExactly("--rate-read", "--rate-write");
  }

  @Test
  void aControlFileThatWasThereStays() throws Exception {
    Path file = Files.writeString(folder.resolve("control.properties"), "# dynocopy control file");
    Cli.Result result = copy(target(), "--control", file.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(file).content().contains("read=none", "write=none", "pause=false");
  }

  @Test
  void ratesGoUpAndDownByRoundSteps() {
    assertThat(Tuner.step(rate("500"), 1)).hasToString("630");
    assertThat(Tuner.step(rate("500"), -1)).hasToString("400");
    assertThat(Tuner.step(rate("100"), 1)).hasToString("125");
    assertThat(Tuner.step(rate("100"), -1)).hasToString("80");
    assertThat(Tuner.step(rate("137"), 1)).hasToString("160");
    assertThat(Tuner.step(rate("137"), -1)).hasToString("125");
    assertThat(Tuner.step(rate("0.5"), 1)).hasToString("0.63");
    assertThat(Tuner.step(rate("90%"), 1)).hasToString("100%");
    assertThat(Tuner.step(rate("100%"), 1)).hasToString("100%");
    assertThat(Tuner.step(rate("50%"), -1)).hasToString("40%");
  }

  private static org.dynocopy.spec.limits.Rate rate(String text) {
    return org.dynocopy.spec.limits.Rate.of("rate", text);
  }
}
