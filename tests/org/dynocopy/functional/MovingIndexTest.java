package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.job.Report;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Plan;
import org.dynocopy.servers.FaultProxy;
import org.dynocopy.servers.FaultProxy.Fault;
import org.dynocopy.servers.Tables;
import org.dynocopy.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Items move in an index while it is copied. */
class MovingIndexTest {

  private static final int ITEMS = 60;

  private static Map<String, AttributeValue> item(int i, String rank) {
    return Map.of(
        "id", AttributeValue.fromS("u" + i),
        "tenant", AttributeValue.fromS("t1"),
        "rank", AttributeValue.fromS(rank));
  }

  @Test
  void indexThatMovedWhileItWasCopiedIsTold() throws Exception {
    URI server = TestServers.first();
    Projection all = Projection.builder().projectionType("ALL").build();
    Tables tables = Tables.on(server).key("id", "S").gsi("byRank", all, "tenant", "rank");
    String from = tables.create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(item(i, "b%03d".formatted(i)));
    }
    Tables.put(server, from, items);
    assertThat(copy(server, from, Tables.on(server).key("id", "S").create(), List.of()).notes())
        .noneMatch(note -> note.contains("moved"));
    String to = Tables.on(server).key("id", "S").create();
    Report report = copy(server, from, to, List.of(item(3, "c"), item(50, "a")));
    assertThat(report.notes())
        .anyMatch(
            note ->
                note.startsWith("1 items came more than once: the index `byRank` moved")
                    && note.endsWith(
                        "run `verify { from \"a:"
                            + from
                            + "\"; to \"b:"
                            + to
                            + "\"; where gsi: \"byRank\", pk: \"t1\"; full(); repair() }`"));
  }

  /** Copies in pages of 20; before the second one, other items are put. */
  private static Report copy(
      URI server, String from, String to, List<Map<String, AttributeValue>> meanwhile)
      throws Exception {
    AtomicInteger pages = new AtomicInteger();
    Fault paged =
        request -> {
          String body = new String(request.body(), UTF_8);
          if (body.contains("KeyConditionExpression")) {
            body = body.contains("\"Limit\"") ? body : "{\"Limit\":20," + body.substring(1);
            if (body.contains("ExclusiveStartKey") && pages.incrementAndGet() == 1) {
              Tables.put(server, from, meanwhile);
            }
          }
          request.answer(request.forward(body.getBytes(UTF_8)));
        };
    try (FaultProxy proxy = new FaultProxy(server, (operation, number) -> paged)) {
      KeyCondition where = new KeyCondition(List.of("t1"), Optional.empty(), Optional.of("byRank"));
      Plan plan =
          Copying.plan(
              proxy.endpoint(),
              from,
              server,
              to,
              words -> words.where(where, Copying.HERE).segments(1, Copying.HERE));
      return Copying.report(plan);
    }
  }
}
