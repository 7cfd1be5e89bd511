package org.dynocopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.Dynocopy.query;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a query one by one, by an engine that ends with the stream. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ItemStreamTest {

  private static final String EMBEDDED = "dynocopy.embedded";
  private static final int ITEMS = 60;

  /** Its items have 80 KB each: one partition key has five pages. */
  private static String table;

  @BeforeAll
  static void fill() {
    table = Tables.on(TestServers.first()).key("tenant", "S").key("rank", "N").create();
    Tables.put(
        TestServers.first(),
        table,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "tenant", AttributeValue.fromS("t1"),
                        "rank", AttributeValue.fromN("" + i),
                        "text", AttributeValue.fromS("x".repeat(80_000))))
            .toList());
  }

  @AfterEach
  void restoreSystem() {
    System.clearProperty(EMBEDDED);
  }

  private static FaultProxy proxy(FaultProxy.Faults faults) {
    FaultProxy proxy = new FaultProxy(TestServers.first(), faults);
    System.setProperty(EMBEDDED, proxy.endpoint().toString());
    return proxy;
  }

  private static QueryBuilder items() {
    return query("embedded:" + table).pk("t1");
  }

  private static List<Thread> engines() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("dynocopy-stream"))
        .toList();
  }

  @Test
  void throttledStreamBringsEachItemOnceInOrder() throws Exception {
    try (FaultProxy proxy =
        proxy((operation, number) -> number % 2 == 0 ? Fault.THROTTLED : Fault.NONE)) {
      assertThat(items().stream().map(item -> ((BigDecimal) item.get("rank")).intValue()))
          .containsExactlyElementsOf(IntStream.range(0, ITEMS).boxed().toList());
      assertThat(proxy.requests("Query")).isGreaterThan(6);
      assertThat(engines()).isEmpty();
    }
  }

  @Test
  void segmentsAreReadAtOnce() throws Exception {
    CountDownLatch two = new CountDownLatch(2);
    FaultProxy.Faults meet =
        (operation, number) ->
            operation.equals("Scan")
                ? request -> {
                  two.countDown();
                  two.await(5, TimeUnit.SECONDS);
                  Fault.NONE.happen(request);
                }
                : Fault.NONE;
    try (FaultProxy proxy = proxy(meet)) {
      assertThat(query("embedded:" + table).segments(4).stream()).hasSize(ITEMS);
      assertThat(two.getCount()).isZero();
      assertThat(proxy.mostUnderWay()).isGreaterThan(1);
    }
  }

  @Test
  void whatFailsReachesTheConsumer() throws Exception {
    try (FaultProxy proxy =
        proxy(
            (operation, number) ->
                operation.equals("Query") && number > 2 ? Fault.DENIED : Fault.NONE)) {
      Iterator<Map<String, Object>> each = items().stream().iterator();
      each.next();
      assertThatThrownBy(() -> each.forEachRemaining(item -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("AccessDenied");
      assertThatThrownBy(each::hasNext).isInstanceOf(IllegalStateException.class);
      assertThat(engines()).isEmpty();
    }
    System.setProperty(EMBEDDED, TestServers.first().toString());
    Stream<Map<String, Object>> failing =
        items().filter(item -> Integer.parseInt("x" + item.get("rank")) > 0).stream();
    assertThatThrownBy(failing::count)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("For input string: \"x0\"");
  }

  @Test
  void closedStreamReadsNoMore() throws Exception {
    try (FaultProxy proxy = proxy((operation, number) -> Fault.NONE);
        Stream<Map<String, Object>> items = items().stream()) {
      assertThat(proxy.requests("Query")).isZero();
      assertThat(items.iterator().next()).containsEntry("tenant", "t1");
      items.close();
      assertThat(engines()).isEmpty();
      // Of five pages the one that is read, and one that may have been asked for meanwhile.
      assertThat(proxy.requests("Query")).isBetween(1, 2);
    }
  }

  @Test
  void engineEndsWithAStreamThatNobodyCloses() throws Exception {
    System.setProperty(EMBEDDED, TestServers.first().toString());
    assertThat(items().stream().iterator().next()).isNotEmpty();
    for (int i = 0; i < 200 && !engines().isEmpty(); i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(engines()).isEmpty();
  }

  @Test
  void budgetOfAStreamIsCheckedFirst() {
    System.setProperty(EMBEDDED, TestServers.first().toString());
    assertThatThrownBy(() -> query("embedded:" + table).prices(1e9, 1).budget(0.5).stream())
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("which is more than the budget of $0.50");
  }
}
