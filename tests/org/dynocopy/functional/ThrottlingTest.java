package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A target that throttles: nothing is lost, and the copy slows rather than fails. */
class ThrottlingTest {

  private static final int ITEMS = 10_000;

  /** Where a server needs its time, what is in flight is the bound and not this machine. */
  private static final Duration SLOW = Duration.ofMillis(20);

  /** From this write on, and for so many, a storm lets one item of each batch pass at most. */
  private static final int GALE = 100;

  private static final int WRITERS = 16;

  @TempDir private Path folder;

  /** A copy, how many writes were under way when each of them came, and what they brought. */
  private record Copied(
      Cli.Result result,
      String target,
      Path letters,
      Map<Integer, Integer> underWay,
      LongAdder taken) {

    int most() {
      return Collections.max(underWay.values());
    }
  }

  private Copied copy(String name, String source, boolean storm) throws Exception {
    URI server = TestServers.second();
    String target = Tables.on(server).key("id", "S").create();
    Path letters = folder.resolve(name + ".jsonl");
    Path recipe = folder.resolve(name + ".groovy");
    Map<Integer, Integer> underWay = new ConcurrentHashMap<>();
    LongAdder taken = new LongAdder();
    FaultProxy[] proxy = new FaultProxy[1];
    FaultProxy.Faults faults =
        (operation, number) -> {
          if (!operation.equals("BatchWriteItem")) {
            return Fault.NONE;
          }
          underWay.put(number, proxy[0].underWay());
          Fault fault =
              request -> {
                int items = request.puts();
                int some = storm ? taken(number, items) : items;
                taken.add(some);
                if (some > 0) {
                  Fault.unprocessedAfter(some).happen(request);
                } else {
                  (number % 20 < 10 ? Fault.THROTTLED : Fault.THROTTLING).happen(request);
                }
              };
          return fault.after(SLOW);
        };
    try (FaultProxy before = new FaultProxy(server, faults)) {
      proxy[0] = before;
      Files.writeString(
          recipe,
          """
          env("a") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
          env("b") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
          copy {
            from "a:%s"
            to "b:%s"
            writers %d
            filter { item -> item.age + 1 > 0G }
            onFailure { deadLetter "%s"; stopAfter 100 }
          }
          """
              .formatted(TestServers.first(), before.endpoint(), source, target, WRITERS, letters));
      Cli.Result result = Cli.run(recipe.toString(), "--fresh");
      return new Copied(result, target, letters, underWay, taken);
    }
  }

  /** Returns how many items of a batch are taken in a storm. */
  private static int taken(int number, int items) {
    if (number >= GALE && number < 2 * GALE) {
      return items == 1 ? 0 : 1;
    }
    // Three of ten, and none of them in turn.
    boolean refused = List.of(2, 5, 9).contains(number % 10);
    return !refused ? items : number / 10 % 3 == 2 ? Math.min(items, 5) : 0;
  }

  @Test
  void threeOfTenWritesAreThrottledAndItSlowsRatherThanFails() throws Exception {
    String source = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(
        TestServers.first(),
        source,
        IntStream.range(0, ITEMS).mapToObj(ThrottlingTest::item).toList());
    Copied calm = copy("calm", source, false);
    Copied storm = copy("storm", source, true);
    for (Copied copied : List.of(calm, storm)) {
      Cli.Result result = copied.result();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err())
          .contains("ledger adds up: 10,000 read = 0 filtered + 9,997 written + 3 dead letters");
      TableComparison comparison =
          TableComparison.of(TestServers.first(), source, TestServers.second(), copied.target());
      assertThat(comparison.same()).isEqualTo(ITEMS - 3);
      assertThat(comparison.missing())
          .containsExactlyInAnyOrder("S5:u1111", "S5:u4444", "S5:u7777");
      assertThat(comparison.extra()).isEmpty();
      assertThat(comparison.different()).isEmpty();
      assertThat(Files.readAllLines(copied.letters()))
          .hasSize(3)
          .allSatisfy(this::hasPlaceAndReason);
    }
    // Each refusal takes up to a half of the writers: after so many there is one at a time.
    assertThat(calm.most()).isGreaterThan(1);
    for (int late = 2 * GALE - 20; late < 2 * GALE; late++) {
      assertThat(storm.underWay()).containsEntry(late, 1);
    }
    // What was refused, and no more, is sent again, mixed into other batches.
    assertThat(calm.taken().sum()).isEqualTo(ITEMS - 3);
    assertThat(storm.taken().sum()).isEqualTo(ITEMS - 3);
  }

  private static Map<String, AttributeValue> item(int i) {
    boolean wrong = i % 3_333 == 1_111;
    return Map.of(
        "id",
        AttributeValue.fromS("u" + i),
        "age",
        wrong ? AttributeValue.fromS("grün " + i) : AttributeValue.fromN("" + i));
  }

  private void hasPlaceAndReason(String line) throws Exception {
    JsonNode letter = new ObjectMapper().readTree(line);
    assertThat(letter.get("at").asText()).endsWith(".groovy:7:3");
    assertThat(letter.get("reason").asText()).contains(".groovy:7:", "grün");
    assertThat(letter.get("item").get("age").get("S").asText()).startsWith("grün");
  }

  @Test
  void whatWasAtItsLimitIsToldInTheEnd() throws Exception {
    URI server = TestServers.second();
    String source = Tables.on(server).key("id", "S").create();
    Tables.put(server, source, IntStream.range(0, 300).mapToObj(ThrottlingTest::item).toList());
    String target = Tables.on(server).key("id", "S").create();
    Fault hot = throttled("TableWriteKeyRangeThroughputExceeded", target);
    Fault index = throttled("IndexWriteProvisionedThroughputExceeded", target + "/index/byAge");
    FaultProxy.Faults faults =
        (operation, number) ->
            !operation.equals("PutItem") || number > 90
                ? Fault.NONE
                : number % 3 == 0 ? hot : number % 30 == 1 ? index : Fault.NONE;
    try (FaultProxy to = new FaultProxy(server, faults)) {
      Cli.Result result =
          Cli.run(
              "copy",
              source,
              target,
              "--on-conflict",
              "skip",
              "--fresh",
              "--json",
              "--endpoint-url",
              to.endpoint().toString(),
              "--region",
              TestServers.REGION);
      assertThat(result.exitCode()).as(result.err()).isZero();
      String range = "writes of table " + target + ", key range";
      String above = "writes of index byAge of table " + target + ", provisioned throughput";
      assertThat(result.err())
          .contains("300 read = 0 filtered + 300 written + 0 dead letters")
          .contains("throttled: " + range + " (30 requests)")
          .contains("throttled: " + above + " (3 requests)");
      JsonNode throttled = new ObjectMapper().readTree(result.out()).get("throttled");
      assertThat(throttled.get(range).asInt()).isEqualTo(30);
    }
    assertThat(TableComparison.of(server, source, server, target).isSame()).isTrue();
  }

  /** As the service says it since August 2025. */
  private static Fault throttled(String reason, String resource) {
    String body =
        """
        {"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException",
        "message":"Throughput exceeds the current capacity of your table or index.",
        "throttlingReasons":[{"reason":"%s","resource":"arn:aws:dynamodb:us-east-1:1:table/%s"}]}
        """
            .formatted(reason, resource);
    return request -> request.answer(400, body.getBytes(StandardCharsets.UTF_8));
  }
}
