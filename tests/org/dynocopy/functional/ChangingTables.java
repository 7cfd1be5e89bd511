package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.TestServers;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two tables, each behind a proxy that changes it before it lets a request through. */
final class ChangingTables implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OptionalInt ONE = OptionalInt.of(1);
  private final Random random;
  private final RemovalLawTest.Removal removal;
  private final Replacing tables = new Replacing();
  private final DynamoDbClient source = TestServers.client(TestServers.first());
  private final DynamoDbClient target = TestServers.client(TestServers.second());
  private final FaultProxy first;
  private final FaultProxy second;
  private final Map<Map<String, AttributeValue>, Boolean> expected = new HashMap<>();
  private final Set<Map<String, AttributeValue>> touched = new HashSet<>();
  final List<String> wrong = new ArrayList<>();
  long removed;

  ChangingTables(Random random, RemovalLawTest.Removal removal) {
    this.random = random;
    this.removal = removal;
    tables.putSource(some());
    tables.putTarget(some());
    Set<Map<String, AttributeValue>> kept =
        tables.source().values().stream()
            // A repair copies what the source has by a key, be it in the part or not.
            .filter(
                item ->
                    removal.way() == RemovalLawTest.Way.REPAIR || removal.part().test().test(item))
            .map(ChangingTables::key)
            .collect(Collectors.toSet());
    for (Map<String, AttributeValue> item : tables.target().values()) {
      boolean goes =
          removal.part().test().test(item)
              && (removal.way() == RemovalLawTest.Way.DELETE || !kept.contains(key(item)));
      expected.put(key(item), goes);
    }
    first = new FaultProxy(TestServers.first(), (operation, n) -> r -> ofSource(operation, r));
    second = new FaultProxy(TestServers.second(), (operation, n) -> r -> ofTarget(operation, r));
  }

  private List<Map<String, AttributeValue>> some() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < RemovalLawTest.ITEMS; i++) {
      if (random.nextInt(4) > 0) {
        items.add(item(i));
      }
    }
    return items;
  }

  private Map<String, AttributeValue> item(int number) {
    Map<String, AttributeValue> item = tables.item(random, 2 + number / 10, number % 10);
    if (random.nextInt(3) > 0) {
      item.put("tenant", AttributeValue.fromS("t1"));
      item.put("rank", AttributeValue.fromS("r" + random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      byte[] bytes = {1, (byte) random.nextInt(3)};
      AttributeValue set = AttributeValue.fromNs(List.of("1.50", "" + random.nextInt(3)));
      item.put("set", set);
      item.put(
          "deep.\"x\"",
          AttributeValue.fromM(
              Map.of("b", AttributeValue.fromB(SdkBytes.fromByteArray(bytes)), "s", set)));
      item.put("null", AttributeValue.fromNul(true));
    }
    return item;
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of("pk", item.get("pk"), "sk", item.get("sk"));
  }

  Report run() throws Exception {
    boolean first = removal.way() == RemovalLawTest.Way.TRUNCATE_FIRST;
    Copy plan =
        Copying.plan(
            this.first.endpoint(),
            tables.from,
            second.endpoint(),
            tables.to,
            words -> {
              removal.part().words().accept(words);
              words.segments(1, Copying.HERE).writers(1, Copying.HERE);
              words.replace(new Copy.Replace(first, random.nextBoolean()), Copying.HERE);
            });
    var there = plan.reading().selectionOf(plan.to());
    Job job =
        switch (removal.way()) {
          case DELETE -> new Deletion("delete", there, ONE, JobLimits.ALL);
          case REPAIR ->
              new Verification(
                  "verify",
                  new Verification.OfTable(plan.reading()),
                  new Verification.OfTable(there),
                  Checks.FULL,
                  Optional.of(new Verification.Repair(true)),
                  ONE,
                  JobLimits.ALL,
                  plan.words());
          default -> plan;
        };
    try (Stores stores = new DefaultStores()) {
      return Jobs.prepare(job, stores, OutputStream.nullOutputStream()).run(Stages.QUIET);
    }
  }

  /** Between the last look at the source and the removal nothing can hold the source. */
  private synchronized void ofSource(String operation, FaultProxy.Request request)
      throws IOException, InterruptedException {
    if (Set.of("Scan", "Query").contains(operation)) {
      change(source, tables.from);
    }
    FaultProxy.Fault.NONE.happen(request);
  }

  private synchronized void ofTarget(String operation, FaultProxy.Request request)
      throws IOException, InterruptedException {
    if (!operation.equals("DescribeTable")) {
      change(target, tables.to);
    }
    if (!operation.equals("DeleteItem")) {
      String body = new String(request.body(), UTF_8);
      if (body.contains("DeleteRequest")) {
        wrong.add("removed without a condition: " + body);
      }
      FaultProxy.Fault.NONE.happen(request);
      return;
    }
    JsonNode named = JSON.readTree(request.body()).get("Key");
    Map<String, AttributeValue> key =
        Map.of(
            "pk", AttributeValue.fromS(named.get("pk").get("S").asText()),
            "sk", AttributeValue.fromS(named.get("sk").get("S").asText()));
    Map<String, AttributeValue> item = get(target, tables.to, key);
    HttpResponse<byte[]> answer = request.forward(request.body());
    if (answer.statusCode() == 200 && !item.isEmpty()) {
      removed++;
      Map<String, AttributeValue> there = get(source, tables.from, key);
      boolean kept =
          removal.way() != RemovalLawTest.Way.DELETE
              && removal.way() != RemovalLawTest.Way.TRUNCATE_FIRST
              && !there.isEmpty()
              && removal.part().test().test(there);
      if (kept || !removal.part().test().test(item)) {
        wrong.add(item + " was removed, and the source has " + there);
      }
    }
    request.answer(answer);
  }

  private static Map<String, AttributeValue> get(
      DynamoDbClient client, String table, Map<String, AttributeValue> key) {
    return client.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
  }

  private void change(DynamoDbClient client, String table) {
    if (random.nextInt(3) == 0) {
      return;
    }
    Map<String, AttributeValue> item = item(random.nextInt(RemovalLawTest.ITEMS));
    Map<String, AttributeValue> key = key(item);
    touched.add(key);
    switch (random.nextInt(4)) {
      case 0 -> client.deleteItem(r -> r.tableName(table).key(key));
      case 1 -> {
        Map<String, AttributeValue> moved = new HashMap<>(get(client, table, key));
        if (!moved.isEmpty()) {
          moved.put("tenant", AttributeValue.fromS("t" + random.nextInt(3)));
          moved.put("rank", AttributeValue.fromS("r" + random.nextInt(3)));
          client.putItem(r -> r.tableName(table).item(moved));
        }
      }
      case 2 -> {
        Map<String, AttributeValue> less = new HashMap<>(get(client, table, key));
        if (!less.isEmpty()) {
          less.remove("tenant");
          client.putItem(r -> r.tableName(table).item(less));
        }
      }
      default -> client.putItem(r -> r.tableName(table).item(item));
    }
  }

  /** What was not touched is gone if it matched, else it is there. */
  void assertUntouched() {
    Set<Map<String, AttributeValue>> left =
        tables.target().values().stream().map(ChangingTables::key).collect(Collectors.toSet());
    expected.forEach(
        (key, goes) -> {
          if (!touched.contains(key)) {
            assertThat(!left.contains(key)).as("%s", key).isEqualTo(goes);
          }
        });
  }

  @Override
  public void close() {
    first.close();
    second.close();
    source.close();
    target.close();
  }
}
