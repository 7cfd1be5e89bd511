package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What of the commands needs a process of its own: pipes that close, and interrupts. */
@Execution(ExecutionMode.CONCURRENT)
class CommandProcessTest {

  private static final List<String> JVM = List.of();
  private static final int PAGES = 8;

  private static String large;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    large = table(10 * PAGES, 100_000);
  }

  private static Map<String, String> at(FaultProxy proxy) {
    return Map.of("AWS_ENDPOINT_URL", proxy.endpoint().toString());
  }

  private static FaultProxy slow(int millis) {
    Fault slow = Fault.delayed(Duration.ofMillis(millis));
    return new FaultProxy(TestServers.first(), (operation, number) -> slow);
  }

  /**
   * From this request of an operation on, none succeeds: what is interrupted then is unfinished.
   */
  private static FaultProxy failing(String operation, int from) {
    Duration pause = Duration.ofMillis(150);
    return new FaultProxy(
        TestServers.first(),
        (other, number) ->
            (other.equals(operation) && number >= from ? Fault.FAILED : Fault.NONE).after(pause));
  }

  private static String table(int items, int bytes) {
    String table = Tables.on(TestServers.first()).key("pk", "S").key("sk", "N").create();
    AttributeValue text = AttributeValue.fromS("x".repeat(bytes));
    Tables.put(
        TestServers.first(),
        table,
        IntStream.range(0, items)
            .mapToObj(
                i ->
                    Map.of(
                        "pk", AttributeValue.fromS("t1"),
                        "sk", AttributeValue.fromN("" + i),
                        "text", text))
            .toList());
    return table;
  }

  /** What it says besides how far it is, which it tells every ten seconds. */
  private List<String> said() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("err.txt"))) {
      return lines.filter(line -> !line.matches("query \\S+: .* read, .* written.*")).toList();
    }
  }

  /** {@code dynocopy query … | head -1}. */
  @ParameterizedTest
  @ValueSource(strings = {"--pk t1", "--segments 8 -o csv"})
  void whoReadsNoFurtherEndsTheQueryQuietly(String options) throws Exception {
    try (FaultProxy proxy = slow(300)) {
      Process query =
          Cli.process(folder, at(proxy), JVM, ("query " + large + " " + options).split(" "))
              .start();
      try (BufferedReader out = query.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isNotEmpty();
      }
      assertThat(query.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(said()).isEmpty();
      assertThat(query.exitValue()).isZero();
      assertThat(proxy.requests("Query")).isLessThan(PAGES);
    }
  }

  /** A reader that has gone before the number came is no mistake in dynocopy. */
  @Test
  void whoDoesNotReadACountEndsItQuietly() throws Exception {
    String table = table(1, 1);
    try (FaultProxy proxy = slow(0)) {
      Process query = Cli.process(folder, at(proxy), JVM, "query", table, "--count").start();
      query.getInputStream().close();
      assertThat(query.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(said()).isEmpty();
      assertThat(query.exitValue()).isZero();
    }
  }

  @Test
  void aFullDiskIsAFailure() throws Exception {
    String table = table(10, 10_000);
    try (FaultProxy proxy = slow(0)) {
      Process query =
          Cli.process(folder, at(proxy), JVM, "query", table)
              .redirectOutput(Path.of("/dev/full").toFile())
              .start();
      assertThat(query.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(folder.resolve("err.txt"))).contains("No space left on device");
      assertThat(query.exitValue()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete %s --pk t1", "copy %2$s %1$s --replace"})
  void anInterruptEndsItWithTheLedgerTold(String command) throws Exception {
    String table = table(300, 1);
    String other = table(400, 2);
    try (FaultProxy proxy = failing("BatchWriteItem", 3)) {
      String words = command.formatted(table, other) + " --writers 1 --yes";
      Process process = Cli.start(folder, at(proxy), JVM, words.split(" "));
      awaitAndInterrupt(process, proxy, "BatchWriteItem", 3);
      Cli.Result result = Cli.await(process, folder);
      assertThat(result.err()).contains("not finished: ", "interrupted; run it again");
      assertThat(result.exitCode()).isEqualTo(130);
      if (command.startsWith("copy")) {
        assertThat(result.err()).contains("nothing was removed from the target");
      }
      // Two batches were taken.
      int left = TableComparison.items(TestServers.first(), table, 1).size();
      assertThat(left).isGreaterThanOrEqualTo(250);
    }
  }

  @Test
  void anInterruptWhileItCountsDeletesNothing() throws Exception {
    String table = table(300, 1);
    try (FaultProxy proxy = failing("Scan", 2)) {
      Process process =
          Cli.start(folder, at(proxy), JVM, "delete", table, "--yes", "--filter", "sk >= pk");
      awaitAndInterrupt(process, proxy, "Scan", 2);
      Cli.Result result = Cli.await(process, folder);
      assertThat(result.err()).contains("nothing was done by delete ");
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(proxy.requests("BatchWriteItem")).isZero();
    }
  }

  private static void awaitAndInterrupt(
      Process process, FaultProxy proxy, String operation, int number) throws Exception {
    while (proxy.requests(operation) < number) {
      TimeUnit.MILLISECONDS.sleep(20);
      assertThat(process.isAlive()).isTrue();
    }
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
  }
}
