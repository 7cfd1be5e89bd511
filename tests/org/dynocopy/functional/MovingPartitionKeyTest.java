package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * An item moves from one partition key of an index to another one after the index has shown it, and
 * before it is fetched from the table.
 */
class MovingPartitionKeyTest {

  private static final String MOVING = "moving";

  private final URI server = TestServers.first();

  private final String from =
      Tables.on(server)
          .key("id", "S")
          .gsi("byTenant", Projection.builder().projectionType("KEYS_ONLY").build(), "tenant")
          .create();

  private final String to = Tables.on(server).key("id", "S").create();

  /** What happens before a request is sent on. */
  private interface Meanwhile {
    void happen(String operation, String body) throws InterruptedException;
  }

  private void put(String id, String tenant) {
    Tables.put(
        server,
        from,
        List.of(Map.of("id", AttributeValue.fromS(id), "tenant", AttributeValue.fromS(tenant))));
  }

  /** Copies by one reader, which reads one partition key after the other. */
  private Report copy(List<Object> keys, Meanwhile meanwhile) throws Exception {
    Fault first =
        request -> {
          byte[] body = request.body();
          meanwhile.happen(request.operation(), new String(body, UTF_8));
          request.answer(request.forward(body));
        };
    try (FaultProxy proxy = new FaultProxy(server, (operation, number) -> first)) {
      KeyCondition where = new KeyCondition(keys, Optional.empty(), Optional.of("byTenant"));
      Copy copy =
          Copying.plan(
              proxy.endpoint(),
              from,
              server,
              to,
              words -> words.where(where, Copying.HERE).segments(1, Copying.HERE));
      return Copying.report(copy);
    }
  }

  private void assertCopied(Report report) {
    assertThat(report.complete()).isTrue();
    assertThat(TableComparison.of(server, from, server, to).missing()).isEmpty();
    assertThat(report.notes()).singleElement().asString().contains(" 1 items that did not come");
  }

  private static boolean fetches(String operation, String body) {
    return operation.equals("BatchGetItem") && body.contains(MOVING);
  }

  @Test
  void itemThatMovesToAKeyAlreadyReadArrives() throws Exception {
    put("one", "t1");
    put(MOVING, "t1");
    put("two", "t2");
    boolean[] moved = {false};
    Report report =
        copy(
            List.of("t2", "t1"),
            (operation, body) -> {
              if (!moved[0] && fetches(operation, body)) {
                moved[0] = true;
                put(MOVING, "t2");
              }
            });
    assertThat(moved[0]).isTrue();
    assertCopied(report);
  }

  @Test
  void itemThatMovesBeforeTheSecondReadingFetchesItArrives() throws Exception {
    put("one", "t1");
    put("two", "t2");
    boolean[] made = {false};
    CountDownLatch moved = new CountDownLatch(1);
    Report report =
        copy(
            List.of("t1", "t2"),
            (operation, body) -> {
              if (!made[0] && operation.equals("BatchGetItem") && body.contains("\"two\"")) {
                made[0] = true;
                put(MOVING, "t1");
              }
              if (moved.getCount() > 0 && fetches(operation, body)) {
                put(MOVING, "t2");
                moved.countDown();
              }
              if (body.contains("ScanIndexForward") && body.contains("\"t2\"")) {
                assertThat(moved.await(1, TimeUnit.MINUTES)).isTrue();
              }
            });
    assertCopied(report);
  }
}
