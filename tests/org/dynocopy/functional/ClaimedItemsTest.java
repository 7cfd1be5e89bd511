package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A service whose answers have another number of items than they claim. */
class ClaimedItemsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Changes the items of an answer, and leaves the numbers that it claims. */
  @FunctionalInterface
  private interface Change {
    void of(ArrayNode items);
  }

  private static Cli.Result copy(Change change) throws Exception {
    String source = Tables.on(TestServers.first()).key("id", "S").create();
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(
        TestServers.first(),
        source,
        IntStream.range(0, 10).mapToObj(i -> Map.of("id", AttributeValue.fromS("" + i))).toList());
    Fault lie =
        request -> {
          ObjectNode answer = (ObjectNode) JSON.readTree(request.forward(request.body()).body());
          change.of((ArrayNode) answer.get("Items"));
          request.answer(200, JSON.writeValueAsBytes(answer));
        };
    try (FaultProxy proxy =
        new FaultProxy(
            TestServers.first(),
            (operation, number) -> operation.equals("Scan") ? lie : Fault.NONE)) {
      return Cli.run(
          "copy",
          source,
          target,
          "--segments",
          "1",
          "--endpoint-url",
          proxy.endpoint().toString(),
          "--region",
          TestServers.REGION);
    }
  }

  private static void assertFailed(Cli.Result result, int items) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains("an answer says that it looked at 10 items and sends 10, but it has " + items);
  }

  @Test
  void anItemLessThanClaimedEndsTheRun() throws Exception {
    assertFailed(copy(items -> items.remove(3)), 9);
  }

  @Test
  void anItemMoreThanClaimedEndsTheRun() throws Exception {
    assertFailed(copy(items -> items.add(items.get(3).deepCopy())), 11);
  }
}
