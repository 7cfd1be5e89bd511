package org.dynocopy.testing.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.FaultProxy.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tests the tests' own servers: that they are closed to others, faithful, and fail as told. */
@Isolated // it looks for threads that were left behind
class ServersTest {

  @Test
  void listensOnTheLoopbackAddressOnly() throws IOException {
    for (URI server : List.of(TestServers.first(), TestServers.second(), TestServers.dynalite())) {
      assertThat(server.getHost()).isEqualTo("127.0.0.1");
      for (var network : NetworkInterface.networkInterfaces().toList()) {
        for (var address : network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
          var other = new InetSocketAddress(address, server.getPort());
          try (var socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(other, 1_000)).isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  @Test
  void twoServersHaveTablesOfTheirOwn() {
    String table = idTable(TestServers.first());

    try (var client = TestServers.client(TestServers.second())) {
      assertThat(client.listTables().tableNames()).doesNotContain(table);
    }
  }

  @Test
  void aClosedServerLeavesNoThread() throws InterruptedException {
    var before = Thread.getAllStackTraces().keySet();
    try (var local = DynamoLocal.start()) {
      idTable(local.endpoint());
    }
    for (int i = 0; i < 600 && !started(before).isEmpty(); i++) {
      Thread.sleep(50);
    }

    assertThat(started(before)).isEmpty();
  }

  private static List<Thread> started(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && !before.contains(thread))
        .filter(thread -> !thread.getName().startsWith("junit-")) // it may start more at any time
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"S,", "N,", "B,", "S,S", "S,N", "S,B", "N,N", "B,B"})
  void dynamoLocalKeepsHostileItems(String type, String sortType) {
    keepsHostileItems(TestServers.first(), type, sortType, 100);
  }

  @Test
  void dynamoLocalKeepsLargeItemsAndLongNames() {
    keeps(TestServers.first(), "S", null, rareItems());
  }

  @ParameterizedTest
  @CsvSource({"S,", "N,", "B,", "S,S", "S,N", "S,B", "N,N", "B,B"})
  void dynaliteKeepsHostileItems(String type, String sortType) {
    keepsHostileItems(TestServers.dynalite(), type, sortType, 100);
  }

  @Test
  void dynaliteKeepsLargeItemsAndLongNames() {
    keeps(TestServers.dynalite(), "S", null, rareItems());
  }

  /** One of each kind of large items, and those with long names between them. */
  private static List<Map<String, AttributeValue>> rareItems() {
    var items = HostileItems.of(4 * HostileItems.RARE).toList();
    return items.stream().filter(item -> item.toString().length() > 50_000).toList();
  }

  private static void keepsHostileItems(URI server, String type, String sortType, int count) {
    keeps(server, type, sortType, HostileItems.of(type, sortType, count).toList());
  }

  private static void keeps(
      URI server, String type, String sortType, List<Map<String, AttributeValue>> items) {
    Tables definition = Tables.on(server).key(HostileItems.ID, type);
    String table =
        (sortType == null ? definition : definition.key(HostileItems.SORT, sortType)).create();

    Tables.put(server, table, items);

    var kept = TableComparison.items(server, table);
    var written = byKey(items, sortType);
    assertThat(kept).hasSize(items.size()).hasSameSizeAs(written);
    var changed =
        written.entrySet().stream()
            .filter(item -> !TableComparison.same(item.getValue(), kept.get(item.getKey()), true))
            .map(Map.Entry::getKey);
    assertThat(changed).isEmpty();
  }

  @Test
  void rareItemsAreOfEachKind() {
    assertThat(rareItems()).hasSize(8);
  }

  private static Map<String, Map<String, AttributeValue>> byKey(
      List<Map<String, AttributeValue>> items, String sortType) {
    var names =
        sortType == null ? List.of(HostileItems.ID) : List.of(HostileItems.ID, HostileItems.SORT);
    return items.stream()
        .collect(Collectors.toMap(i -> TableComparison.key(names, i), Function.identity()));
  }

  @Test
  void theComparisonSeesEachKindOfDifference() {
    var one = new HashMap<String, Map<String, AttributeValue>>();
    var other = new HashMap<String, Map<String, AttributeValue>>();
    one.put("same", Map.of("s", AttributeValue.fromSs(List.of("a", "b"))));
    other.put("same", Map.of("s", AttributeValue.fromSs(List.of("b", "a"))));
    one.put("order", Map.of("l", AttributeValue.fromL(List.of(text("a"), text("b")))));
    other.put("order", Map.of("l", AttributeValue.fromL(List.of(text("b"), text("a")))));
    one.put("number", Map.of("n", AttributeValue.fromN("1.0")));
    other.put("number", Map.of("n", AttributeValue.fromN("1")));
    one.put("type", Map.of("n", AttributeValue.fromN("1")));
    other.put("type", Map.of("n", text("1")));
    one.put("attribute", Map.of());
    other.put("attribute", Map.of("a", AttributeValue.fromNul(true)));
    one.put("missing", Map.of());
    other.put("extra", Map.of());

    var comparison = TableComparison.of(one, other);

    assertThat(comparison.same()).isEqualTo(1);
    assertThat(comparison.different())
        .containsExactlyInAnyOrder("order", "number", "type", "attribute");
    assertThat(comparison.missing()).containsExactly("missing");
    assertThat(comparison.extra()).containsExactly("extra");
    assertThat(TableComparison.same(one.get("number"), other.get("number"), true)).isTrue();
    assertThat(TableComparison.same(one.get("type"), other.get("type"), true)).isFalse();
    assertThat(comparison.isSame()).isFalse();
  }

  @Test
  void theComparisonOfAnswersAgreesWithTheSdks() {
    String from = idTable(TestServers.first());
    String to = idTable(TestServers.second());
    Tables.put(TestServers.first(), from, HostileItems.of(200).toList());
    Tables.put(TestServers.second(), to, HostileItems.of(200).skip(1).toList());
    Tables.put(TestServers.second(), to, List.of(Map.of("id", text("extra"))));

    for (var comparison :
        List.of(
            TableComparison.of(TestServers.first(), from, TestServers.second(), to),
            TableComparison.ofJson(TestServers.first(), from, TestServers.second(), to))) {
      assertThat(comparison.same()).isEqualTo(199);
      assertThat(comparison.missing()).hasSize(1);
      assertThat(comparison.extra()).hasSize(1);
      assertThat(comparison.different()).isEmpty();
    }
  }

  @Test
  void theProxyLetsAllThroughThatItDoesNotSpoil() {
    try (var there = new There((operation, number) -> Fault.NONE)) {
      Tables.put(there.proxy.endpoint(), there.table, HostileItems.of(100).toList());

      assertThat(there.items()).hasSize(100);
      assertThat(there.proxy.requests("BatchWriteItem")).isEqualTo(4);
      assertThat(there.proxy.requests("Scan")).isZero();
      assertThat(there.proxy.mostUnderWay()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aFaultHitsTheRequestsItIsMeantFor() {
    Faults second = (operation, number) -> number == 2 ? Fault.THROTTLED : Fault.NONE;
    try (var there = new There(second)) {
      there.put("first");
      assertThatThrownBy(() -> there.put("second"))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      there.put("third");

      assertThat(there.items()).containsExactlyInAnyOrder("first", "third");
    }
  }

  @Test
  void errorsArriveAsTheServiceWritesThem() {
    assertThat(error(Fault.THROTTLED)).isEqualTo("400 ProvisionedThroughputExceededException");
    assertThat(error(Fault.THROTTLING)).isEqualTo("400 ThrottlingException");
    assertThat(error(Fault.EXPIRED)).isEqualTo("400 ExpiredTokenException");
    assertThat(error(Fault.DENIED)).isEqualTo("400 AccessDeniedException");
    assertThat(error(Fault.FAILED)).isEqualTo("500 InternalServerError");
    assertThat(error(Fault.UNAVAILABLE)).startsWith("503");
  }

  private static String error(Fault fault) {
    try (var there = new There((operation, number) -> fault)) {
      var error = catchThrowableOfType(DynamoDbException.class, () -> there.put("a"));
      assertThat(there.items()).isEmpty();
      return error.statusCode() + " " + error.awsErrorDetails().errorCode();
    }
  }

  @Test
  void theRestOfABatchComesBackUnprocessed() {
    try (var there = new There((operation, number) -> Fault.unprocessedAfter(number - 1))) {
      var batch =
          Stream.of("a", "b", "c")
              .map(id -> Map.of("id", text(id)))
              .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)).build())
              .toList();

      var none = there.client.batchWriteItem(r -> r.requestItems(Map.of(there.table, batch)));
      assertThat(none.unprocessedItems().get(there.table)).isEqualTo(batch);
      assertThat(there.items()).isEmpty();

      var some = there.client.batchWriteItem(r -> r.requestItems(Map.of(there.table, batch)));
      assertThat(some.unprocessedItems().get(there.table)).isEqualTo(batch.subList(1, 3));
      assertThat(there.items()).containsExactly("a");
    }
  }

  @Test
  void aDamagedAnswerFailsItsChecksum() {
    try (var there = new There((operation, number) -> Fault.DAMAGED)) {
      Tables.put(there.server, there.table, List.of(Map.of("id", text("a".repeat(500)))));

      assertThatThrownBy(() -> there.client.scan(r -> r.tableName(there.table)))
          .isInstanceOf(Crc32MismatchException.class);
    }
  }

  @Test
  void halfAnAnswerIsNone() {
    try (var there = new There((operation, number) -> Fault.CUT)) {
      Tables.put(there.server, there.table, List.of(Map.of("id", text("a".repeat(500)))));

      assertThatThrownBy(() -> there.client.scan(r -> r.tableName(there.table)))
          .isInstanceOf(SdkException.class);
    }
  }

  @Test
  void aResetConnectionHasWrittenNothing() {
    try (var there = new There((operation, number) -> Fault.RESET)) {
      assertThatThrownBy(() -> there.put("a")).isInstanceOf(SdkClientException.class);

      assertThat(there.items()).isEmpty();
    }
  }

  @Test
  void anUnansweredRequestHasWritten() {
    try (var there = new There((operation, number) -> Fault.UNANSWERED)) {
      assertThatThrownBy(() -> there.put("a")).isInstanceOf(SdkClientException.class);

      assertThat(there.items()).containsExactly("a");
    }
  }

  @Test
  void aDelayedRequestIsAnsweredLater() {
    try (var there = new There((operation, number) -> Fault.delayed(Duration.ofMillis(500)))) {
      long start = System.nanoTime();
      there.put("a");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(490));
      assertThat(there.items()).containsExactly("a");
    }
  }

  @Test
  void requestsThatWaitForEachOtherAreUnderWayTogether() throws InterruptedException {
    var all = new CountDownLatch(4);
    Fault together =
        request -> {
          all.countDown();
          all.await();
          Fault.NONE.happen(request);
        };
    try (var there = new There((operation, number) -> together)) {
      var puts =
          IntStream.range(0, 4)
              .mapToObj(i -> new Thread(() -> there.put("id" + i)))
              .peek(Thread::start)
              .toList();
      for (var put : puts) {
        put.join();
      }

      assertThat(there.proxy.mostUnderWay()).isEqualTo(4);
      assertThat(there.items()).hasSize(4);
    }
  }

  private static String idTable(URI server) {
    return Tables.on(server).key("id", "S").create();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  /** A table, and a way to it with faults. */
  private static final class There implements AutoCloseable {
    final URI server = TestServers.first();
    final String table = idTable(server);
    final FaultProxy proxy;
    final DynamoDbClient client;

    There(Faults faults) {
      proxy = new FaultProxy(server, faults);
      client = TestServers.client(proxy.endpoint());
    }

    void put(String id) {
      client.putItem(r -> r.tableName(table).item(Map.of("id", text(id))));
    }

    /** The ids in the table, past the proxy. */
    List<String> items() {
      return TableComparison.items(server, table).values().stream()
          .map(item -> item.get("id").s())
          .toList();
    }

    @Override
    public void close() {
      client.close();
      proxy.close();
    }
  }
}
