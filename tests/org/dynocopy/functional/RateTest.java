package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.servers.FaultProxy;
import org.dynocopy.servers.FaultProxy.Fault;
import org.dynocopy.servers.Tables;
import org.dynocopy.servers.TestServers;
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

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** The rate was not kept, in some window. */
  private static final class Missed extends AssertionError {
    Missed(String message) {
      super(message);
    }
  }

  /** What an answer says was consumed, by the table or an index of it. */
  private record Use(long nanos, String part, double units) {}

  /** What was consumed at the first rate and at the second one. */
  private record Measured(List<Use> first, List<Use> second) {
    void hold() {
      held(first, 200);
      held(second, 400);
    }
  }

  private final ConcurrentLinkedQueue<Use> uses = new ConcurrentLinkedQueue<>();

  private Fault watched() {
    return request -> {
      var answer = request.forward(request.body());
      JsonNode body = JSON.readTree(answer.body());
      for (JsonNode table : body.path("ConsumedCapacity")) {
        long now = System.nanoTime();
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
    int items = SECONDS * 600 + 2_000;
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
    // While others take so much of the machine that nobody keeps time, a measurement tells of them.
    for (int spoilt = 0; spoilt < 2; spoilt++) {
      try {
        measure(source).hold();
        return;
      } catch (Missed e) {
        System.err.println("measured once more: " + e.getMessage());
      }
    }
    measure(source).hold();
  }

  private Measured measure(String source) throws Exception {
    String target =
        Tables.on(TestServers.second()).key("id", "S").gsi("byTenant", ALL, "tenant").create();
    uses.clear();
    Path control = folder.resolve("control.properties");
    try (FaultProxy proxy =
        new FaultProxy(
            TestServers.second(),
            (operation, number) -> operation.equals("BatchWriteItem") ? watched() : Fault.NONE)) {
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
      while (uses.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20);
        assertThat(process.isAlive()).isTrue();
      }
      TimeUnit.SECONDS.sleep(SECONDS);
      assertThat(Files.readString(control)).contains("write=200");
      List<Use> first = List.copyOf(uses);
      Files.writeString(control, Files.readString(control).replace("write=200", "write=4oo"));
      TimeUnit.MILLISECONDS.sleep(1_500);
      Files.writeString(control, Files.readString(control).replace("write=4oo", "write=400"));
      TimeUnit.MILLISECONDS.sleep(1_500);
      uses.clear();
      TimeUnit.SECONDS.sleep(SECONDS);
      List<Use> second = List.copyOf(uses);
      assertThat(process.isAlive()).isTrue();
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      Cli.Result result = Cli.await(process, folder);
      assertThat(result.err())
          .contains("`write` takes capacity units", "the rates stay as they are", "write 400/s");
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(control).doesNotExist();
      return new Measured(first, second);
    }
  }

  /** In any window, no more than asked was consumed of the table and of its index, and no less. */
  private static void held(List<Use> uses, double rate) {
    for (String part : List.of("table", "byTenant")) {
      List<Use> own = uses.stream().filter(use -> use.part().equals(part)).toList();
      List<Double> sums = new ArrayList<>();
      long end = own.get(own.size() - 1).nanos() - (long) (WINDOW * 1e9);
      for (Use from : own) {
        if (from.nanos() <= end) {
          sums.add(
              own.stream()
                      .filter(use -> use.nanos() >= from.nanos())
                      .filter(use -> use.nanos() < from.nanos() + WINDOW * 1e9)
                      .mapToDouble(Use::units)
                      .sum()
                  / WINDOW);
        }
      }
      double least = sums.stream().mapToDouble(d -> d).min().orElseThrow();
      double most = sums.stream().mapToDouble(d -> d).max().orElseThrow();
      System.err.printf(
          "%s: %.1f to %.1f units a second in any %.0f s, %.0f asked%n",
          part, least, most, WINDOW, rate);
      if (least <= rate * (1 - TOLERANCE) || most >= rate * (1 + TOLERANCE)) {
        throw new Missed("%s: %.1f to %.1f instead of %.0f".formatted(part, least, most, rate));
      }
    }
  }
}
