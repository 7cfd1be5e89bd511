package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.dynocopy.cli.Cli;
import org.dynocopy.cli.Commands;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Copy.Replace;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Checkpoints from which no copy may go on, and places where none can be kept. */
@Execution(ExecutionMode.CONCURRENT)
class ResumeRefusedTest {

  private static final int ITEMS = 1_200;

  @TempDir private Path folder;

  /** How many batches the target takes before it denies. */
  private final AtomicInteger taken = new AtomicInteger(12);

  private Resuming copies;
  private FaultProxy target;
  private Commands commands;

  /** Until it is repaired, the target takes some batches and then denies. */
  @BeforeEach
  void tables() throws IOException {
    copies = new Resuming(folder, ITEMS);
    target =
        new FaultProxy(
            TestServers.second(),
            (o, number) ->
                o.equals("BatchWriteItem") && number > taken.get() ? Fault.DENIED : Fault.NONE);
    commands = copies.commands(TestServers.first(), target.endpoint());
  }

  @AfterEach
  void close() {
    commands.close();
    target.close();
  }

  private Cli.Result run(String... options) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("copy", "source:" + copies.from, "target:" + copies.to));
    words.addAll(List.of(options));
    return commands.run(words.toArray(String[]::new));
  }

  private void repair() {
    taken.set(Integer.MAX_VALUE);
  }

  private void stopHalfway(String... options) throws Exception {
    assertThat(run(options).exitCode()).isEqualTo(3);
    repair();
  }

  /** What is said names the checkpoint and the way out, and nothing is read or written. */
  private void assertRefused(String says, String... options) throws Exception {
    int writes = target.requests("BatchWriteItem");
    Cli.Result refused = run(options);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(says, "--fresh").doesNotContain("\tat ");
    assertThat(target.requests("BatchWriteItem")).isEqualTo(writes);
  }

  private void edit(UnaryOperator<String> how) throws Exception {
    Path checkpoint = copies.checkpoint();
    Files.writeString(checkpoint, how.apply(Files.readString(checkpoint)));
  }

  private static String withCrc(String line) {
    CRC32 crc = new CRC32();
    crc.update(line.getBytes(StandardCharsets.UTF_8));
    return line + "\n" + Long.toHexString(crc.getValue()) + "\n";
  }

  @Test
  void whatIsCutOffOrEditedIsNotUsed() throws Exception {
    stopHalfway();
    String whole = Files.readString(copies.checkpoint());
    for (int length : new int[] {0, 1, whole.length() / 2, whole.length() - 1}) {
      edit(all -> whole.substring(0, length));
      assertRefused("it is cut off or was changed");
    }
    edit(all -> whole.replaceFirst("\"written\":\\{\"N\":\"[0-9]+\"", "\"written\":{\"N\":\"1\""));
    assertRefused("it is cut off or was changed");
    edit(all -> withCrc("{\"M\":{\"other\":{\"S\":\"file\"}}}"));
    assertRefused("it is not what dynocopy writes");
    edit(all -> whole);
    copies.assertDone(run());
  }

  @Test
  void anotherVersionIsNotUsed() throws Exception {
    stopHalfway();
    edit(
        all ->
            withCrc(
                all.lines()
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst("(\"dynocopyCheckpoint\":\\{\"N\":\")[0-9]+", "$1" + "99")));
    assertRefused("is of version 99, and this dynocopy reads version 4");
    copies.assertDone(run("--fresh"));
  }

  @Test
  void anotherCopyUnderTheSameCheckpointIsToldByWhatDiffers() throws Exception {
    stopHalfway("--resume", "my.checkpoint");
    assertRefused(
        "`where` was not there and is",
        "--resume",
        "my.checkpoint",
        "--index",
        "byTenant",
        "--pk",
        "t1");
    assertRefused("`limit` was not there and is 7", "--resume", "my.checkpoint", "--limit", "7");
    Cli.Result last = run("--resume", "my.checkpoint");
    assertThat(Resuming.before(last)).isPositive();
    copies.assertDone(last);
    assertThat(folder.resolve("my.checkpoint")).doesNotExist();
  }

  /** Of a long list of keys the middle counts, too. */
  @Test
  @ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
  void whateverDecidesWhatIsWrittenIsPartOfTheCopy() throws Exception {
    repair();
    Consumer<CopySpecBuilder> keys = keys("item 100");
    Map<String, Consumer<CopySpecBuilder>> others =
        Map.of(
            "where", keys("item 999"),
            "project", keys.andThen(copy -> copy.project(List.of("at"), Copying.HERE)),
            "limit", keys.andThen(copy -> copy.limit(7, Copying.HERE)),
            "replace", keys.andThen(copy -> copy.replace(new Replace(false, false), Copying.HERE)),
            "filter",
                keys.andThen(
                    copy ->
                        copy.filter(
                            new ServerFilter("#a > :a", Map.of("#a", "at"), Map.of(":a", "0")),
                            Copying.HERE)));
    try (FaultProxy denied =
        new FaultProxy(
            TestServers.second(),
            (o, number) -> o.equals("BatchWriteItem") ? Fault.DENIED : Fault.NONE)) {
      assertThat(Copying.run(plan(denied, keys)).complete()).isFalse();
      int writes = denied.requests("BatchWriteItem");
      others.forEach(
          (part, words) ->
              assertThatThrownBy(() -> Copying.run(plan(denied, words)))
                  .isInstanceOf(InvalidJobException.class)
                  .hasMessageContaining("is of another copy: `" + part + "` was "));
      assertThat(denied.requests("BatchWriteItem")).isEqualTo(writes);
    }
    assertThat(Copying.run(plan(target, keys)).counts().written()).isEqualTo(200);
  }

  private Copy plan(FaultProxy to, Consumer<CopySpecBuilder> words) {
    return Copying.plan(
        TestServers.first(),
        copies.from,
        to.endpoint(),
        copies.to,
        words.andThen(copy -> copy.resume(folder.resolve("my.checkpoint"), Copying.HERE)));
  }

  private static Consumer<CopySpecBuilder> keys(String middle) {
    List<Object> keys =
        IntStream.range(0, 200).<Object>mapToObj(i -> i == 100 ? middle : "item " + i).toList();
    return copy ->
        copy.where(new KeyCondition(keys, Optional.empty(), Optional.empty()), Copying.HERE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableMadeAnewIsAnother(boolean source) throws Exception {
    stopHalfway();
    String name = source ? copies.from : copies.to;
    try (DynamoDbClient client =
        TestServers.client(source ? TestServers.first() : TestServers.second())) {
      client.deleteTable(r -> r.tableName(name));
      client.createTable(
          r ->
              r.tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      d -> d.attributeName("id").attributeType(ScalarAttributeType.S)));
    }
    assertRefused(source ? "`from` was arn:aws" : "`to` was arn:aws");
    if (!source) {
      copies.assertDone(run("--fresh"));
    }
  }

  @Test
  void theSegmentsOfTheCheckpointAreKeptThoughTheTableHasGrown() throws Exception {
    stopHalfway();
    // DynamoDB Local counts at once what the service counts every six hours.
    Tables.put(TestServers.first(), copies.from, Resuming.items(ITEMS * 4));
    Cli.Result last = run();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(Resuming.before(last)).isPositive();
    // What is new where the copy had been already is no part of it; all else must be there.
    TableComparison comparison =
        TableComparison.of(TestServers.first(), copies.from, TestServers.second(), copies.to);
    assertThat(comparison.different()).isEmpty();
    assertThat(comparison.missing())
        .allMatch(key -> Integer.parseInt(key.replaceAll(".* ", "")) >= ITEMS);
  }

  private Cli.Result recipe(String... options) throws Exception {
    Files.writeString(
        folder.resolve("filter.groovy"),
        """
        param "since", default: 0
        copy {
          from "source:%s"
          to "target:%s"
          filter { it.at.toInteger() >= param("since") }
        }
        """
            .formatted(copies.from, copies.to));
    return runRecipe(options);
  }

  private Cli.Result runRecipe(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "filter.groovy";
    System.arraycopy(options, 0, words, 1, options.length);
    return commands.run(words);
  }

  @Test
  void aRecipeThatWasChangedIsRefusedAndOtherParamsAreAnotherCopy() throws Exception {
    assertThat(recipe().exitCode()).isEqualTo(3);
    repair();
    Path file = folder.resolve("filter.groovy");
    String text = Files.readString(file);
    Files.writeString(file, text.replace(">=", "> "));
    int writes = target.requests("BatchWriteItem");
    Cli.Result refused = runRecipe();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("the filter (filter.groovy:5:3) was changed", "Run it as it was to go on");
    assertThat(target.requests("BatchWriteItem")).isEqualTo(writes);
    Files.writeString(file, text);
    Cli.Result since = runRecipe("--param", "since=1100");
    assertThat(since.exitCode()).as(since.err()).isZero();
    assertThat(since.err()).contains("1,200 read = 1,100 filtered + 100 written");
    assertThat(Resuming.before(since)).isZero();
    assertThat(since.err())
        .contains("this copy begins anew", copies.checkpoint().getFileName().toString());
    Files.writeString(file, text.replace("copy {", "// a comment\ndef x = 3\ncopy {\n  writers 3"));
    Cli.Result last = runRecipe();
    assertThat(Resuming.before(last)).isPositive();
    copies.assertDone(last);
  }

  private Cli.Result runFilter(String filter, Map<String, String> variables) throws Exception {
    Files.writeString(
        folder.resolve("filter.groovy"),
        "copy {\n  from 'source:%s'\n  to 'target:%s'\n  filter { %s }\n}\n"
            .formatted(copies.from, copies.to, filter));
    return Cli.await(
        copies.startWords(
            folder, TestServers.first(), target.endpoint(), variables, "filter.groovy"),
        folder);
  }

  @Test
  void anotherValueOfAVariableThatAFilterReadsIsRefused() throws Exception {
    String filter = "it.at >= System.getenv('SINCE')";
    assertThat(runFilter(filter, Map.of("SINCE", "0")).exitCode()).isEqualTo(3);
    repair();
    int writes = target.requests("BatchWriteItem");
    Cli.Result refused = runFilter(filter, Map.of("SINCE", "1"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("`System.getenv(\"SINCE\")`, which the filter reads, was another", "--fresh");
    assertThat(target.requests("BatchWriteItem")).isEqualTo(writes);
    Cli.Result last = runFilter(filter, Map.of("SINCE", "0"));
    assertThat(Resuming.before(last)).isPositive();
    copies.assertDone(last);
  }

  @Test
  void aFilterThatReadsTheClockBeginsAnewAndSaysSo() throws Exception {
    String filter = "it.at < \"x\" + System.currentTimeMillis()";
    String says = "filter.groovy:4:3: the filter uses System.currentTimeMillis";
    Cli.Result first = runFilter(filter, Map.of());
    assertThat(first.exitCode()).as(first.err()).isEqualTo(3);
    assertThat(first.err()).contains(says);
    repair();
    Cli.Result last = runFilter(filter, Map.of());
    assertThat(last.err()).contains(says);
    assertThat(Resuming.before(last)).isZero();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(copies.left()).isEmpty();
  }

  @Test
  void copiesThatDifferByALoopsVariableAloneHaveTheirOwnCheckpoints() throws Exception {
    Files.writeString(
        folder.resolve("filter.groovy"),
        """
        ["0", "1"].each { parity ->
          copy {
            from "source:%s"
            to "target:%s"
            filter { it.at.toInteger() %% 2 == parity.toInteger() }
          }
        }
        """
            .formatted(copies.from, copies.to));
    // 24 batches are the first copy's.
    taken.set(36);
    assertThat(runRecipe().exitCode()).isEqualTo(3);
    repair();
    Cli.Result last = runRecipe();
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(
            TableComparison.of(TestServers.first(), copies.from, TestServers.second(), copies.to))
        .isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
  }

  @Test
  void whereNoCheckpointCanBeKeptNothingIsRead() throws Exception {
    Files.writeString(folder.resolve(".dynocopy"), "a file where the folder should be");
    try (FaultProxy source = new FaultProxy(TestServers.first(), (o, number) -> Fault.NONE)) {
      Cli.Result result = copies.run(source.endpoint(), target.endpoint());
      assertThat(result.exitCode()).as(result.err()).isBetween(2, 3);
      assertThat(result.err()).contains(".dynocopy is not a folder").doesNotContain("\tat ");
      assertThat(source.requests("Scan")).isZero();
      assertThat(target.requests("BatchWriteItem")).isZero();
    }
  }
}
