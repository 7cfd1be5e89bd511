package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * A rate against a server, as a proxy before it sees what answers say was consumed. {@code
 * -Ddynocopy.rate.seconds=25} runs the whole demonstration: 200 units a second in any ten seconds,
 * then 400.
 */
@Isolated
class RateTest {

  private static final int SECONDS = Integer.getInteger("dynocopy.rate.seconds", 6);

  /** Ten seconds in the demonstration; else the two that a short run has room for. */
  private static final double WINDOW = SECONDS > 10 ? 10 : 3;

  private static final double TOLERANCE = SECONDS > 10 ? 0.05 : 0.15;

  /** Of what was asked in the last second, some is not answered yet. */
  private static final double UNANSWERED = 1;

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** What an answer says was consumed, by the table or an index of it, and when it was asked. */
  private record Use(long nanos, String part, double units) {}

  private final ConcurrentLinkedQueue<Use> uses = new ConcurrentLinkedQueue<>();

  /** When this machine did not keep time. */
  private final Stalls stalls = new Stalls();

  /** When the server did not. */
  private final Stalls slow = new Stalls();

  private Fault watched() {
    return request -> {
      long now = System.nanoTime();
      var answer = request.forward(request.body());
      slow.note(now, System.nanoTime());
      JsonNode body = JSON.readTree(answer.body());
      for (JsonNode table : body.path("ConsumedCapacity")) {
        uses.add(new Use(now, "table", table.path("Table").path("CapacityUnits").asDouble()));
        table
            .path("GlobalSecondaryIndexes")
            .properties()
            .forEach(
                index ->
                    uses.add(
                        new Use(
                            now,
                            index.getKey(),
                            index.getValue().get("CapacityUnits").asDouble())));
      }
      request.answer(answer);
    };
  }

  @Test
  void writesKeepToTheirRateAndToANewOneWhileTheyRun() throws Exception {
    String source = Tables.on(TestServers.first()).key("id", "S").create();
    // Twice as many as needed: no thread wakes up in time on a busy machine.
    int items = SECONDS * 1_200 + 4_000;
    Tables.put(
        TestServers.first(),
        source,
        IntStream.range(0, items)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "tenant", AttributeValue.fromS("t" + i % 50),
                        "text", AttributeValue.fromS("x".repeat(i % 10 == 0 ? 2_000 : 100))))
            .toList());
    String target =
        Tables.on(TestServers.second()).key("id", "S").gsi("byTenant", ALL, "tenant").create();
    Path control = folder.resolve("control.properties");
    try (AutoCloseable heartbeat = stalls.beat();
        FaultProxy proxy =
            new FaultProxy(
                TestServers.second(),
                (operation, number) ->
                    operation.equals("BatchWriteItem") ? watched() : Fault.NONE)) {
      Files.writeString(
          folder.resolve("recipe.groovy"),
          """
          env("one") { endpoint "%s" }
          env("two") { endpoint "%s" }
          copy {
            from "one:%s"
            to "two:%s"
            rate write: 200
          }
          """
              .formatted(TestServers.first(), proxy.endpoint(), source, target));
      Process process =
          Cli.start(
              folder,
              Map.of("AWS_REGION", TestServers.REGION),
              List.of(),
              "recipe.groovy",
              "--control",
              control.toString());
      // What a process does for the first time takes its time.
      measured(process, 2);
      held(measured(process, SECONDS), 200);
      assertThat(Files.readString(control)).contains("write=200");
      Files.writeString(control, Files.readString(control).replace("write=200", "write=4oo"));
      awaitSaid(process, "the rates stay as they are");
      Files.writeString(control, Files.readString(control).replace("write=4oo", "write=400"));
      awaitSaid(process, "write 400/s");
      held(measured(process, SECONDS), 400);
      assertThat(process.isAlive()).isTrue();
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      Cli.Result result = Cli.await(process, folder);
      assertThat(result.err())
          .contains("`write` takes capacity units", "the rates stay as they are", "write 400/s");
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(control).doesNotExist();
    }
  }

  /** Returns what is consumed from now on, for so many seconds at least. */
  private List<Use> measured(Process process, int seconds) throws Exception {
    uses.clear();
    List<Use> all = List.of();
    while (seconds(all) < seconds + UNANSWERED) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
      all = uses.stream().sorted(Comparator.comparingLong(Use::nanos)).toList();
    }
    return all;
  }

  private static double seconds(List<Use> uses) {
    return uses.isEmpty() ? 0 : (uses.get(uses.size() - 1).nanos() - uses.get(0).nanos()) / 1e9;
  }

  private void awaitSaid(Process process, String words) throws Exception {
    while (!Files.readString(folder.resolve("err.txt"), ISO_8859_1).contains(words)) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /**
   * In any window, no more than asked was consumed of the table and of its index, and no less. What
   * was sent while this machine stood still counts when it was seen; what was not sent because it
   * or the server did is not made up for.
   */
  private void held(List<Use> uses, double rate) {
    for (String part : List.of("table", "byTenant")) {
      List<Use> own = uses.stream().filter(use -> use.part().equals(part)).toList();
      long end = own.get(own.size() - 1).nanos() - (long) ((WINDOW + UNANSWERED) * 1e9);
      List<Double> sums = new ArrayList<>();
      for (Use first : own) {
        long from = first.nanos();
        long to = from + (long) (WINDOW * 1e9);
        if (from > end) {
          break;
        }
        double sum =
            own.stream()
                .filter(use -> use.nanos() >= from && use.nanos() < to)
                .mapToDouble(Use::units)
                .sum();
        double stalled = stalls.seconds(from, to);
        assertThat(sum)
            .as("units of %s, %.3f s stalled", part, stalled)
            .isLessThan(rate * (WINDOW * (1 + TOLERANCE) + stalled))
            .isGreaterThan(rate * (WINDOW * (1 - TOLERANCE) - stalled - slow.seconds(from, to)));
        sums.add(sum / WINDOW);
      }
      System.err.printf(
          "%s: %.1f to %.1f units a second in any %.0f s, %.0f asked%n",
          part, Collections.min(sums), Collections.max(sums), WINDOW, rate);
    }
  }
}
