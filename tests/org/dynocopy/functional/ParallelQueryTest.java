package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.query.QueryRun;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** One large partition key is read by several readers, on real servers. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class ParallelQueryTest {

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Projection KEYS = Projection.builder().projectionType("KEYS_ONLY").build();

  private static final int ITEMS = 600;

  /** Pages as small as these tables. */
  private static final int PAGE = 20;

  private static final Pattern LAST_ITEM = Pattern.compile("\"Limit\":1\\b");

  /** Who shares what it has. */
  private enum Server {
    DYNAMODB_LOCAL(TestServers::first),
    DYNALITE(TestServers::dynalite);

    private final Supplier<URI> server;
    private final Map<String, String> tables = new HashMap<>();

    Server(Supplier<URI> server) {
      this.server = server;
    }

    URI endpoint() {
      return server.get();
    }

    /** Returns the table with a sort key of this type; with all indexes, if it is S. */
    synchronized String table(String type) {
      return tables.computeIfAbsent(type, this::create);
    }

    private String create(String type) {
      Tables tables = Tables.on(endpoint()).key("tenant", "S").key("sk", type);
      if (type.equals("S")) {
        tables
            .gsi("byTime", ALL, "tenant", "time")
            .gsi("byTimeKeys", KEYS, "tenant", "time")
            .gsi("byDay", ALL, "tenant", "day")
            .gsi("byYear", ALL, "tenant", "year")
            .gsi("byTenant", ALL, "tenant")
            .lsi("byDayHere", KEYS, "tenant", "day");
      }
      String table = tables.create();
      Random random = new Random(type.hashCode());
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        // One hot day, and some days far from it.
        int day = random.nextInt(20) == 0 ? random.nextInt(365) : 100;
        items.add(
            Map.of(
                "tenant", AttributeValue.fromS(i % 10 == 0 ? "t2" : "t1"),
                "sk", sortKey(type, i, random),
                "time", AttributeValue.fromS("2026-%03d-%05d".formatted(day, i / 2)),
                "day", AttributeValue.fromS("2026-%03d".formatted(day)),
                "year", AttributeValue.fromS("2026"),
                "number", AttributeValue.fromN("" + i)));
      }
      Tables.put(endpoint(), table, items);
      return table;
    }

    private static AttributeValue sortKey(String type, int i, Random random) {
      return switch (type) {
        case "S" -> AttributeValue.fromS("user#" + Long.toHexString(random.nextLong()) + i);
        case "N" -> AttributeValue.fromN((i - 200) + ".5");
        default -> {
          byte[] key = new byte[16];
          random.nextBytes(key);
          yield AttributeValue.fromB(SdkBytes.fromByteArray(key));
        }
      };
    }
  }

  /** What a query printed, and what it asked for. */
  private record Read(List<String> lines, Queue<String> requests, int mostUnderWay) {}

  @ParameterizedTest
  @CsvSource({
    "DYNAMODB_LOCAL, S, , 3",
    "DYNAMODB_LOCAL, N, , 3",
    "DYNAMODB_LOCAL, B, , 3",
    "DYNAMODB_LOCAL, S, byTime, 3",
    "DYNAMODB_LOCAL, S, byTimeKeys, 3",
    "DYNAMODB_LOCAL, S, byDay, 2",
    "DYNAMODB_LOCAL, S, byYear, 2",
    "DYNAMODB_LOCAL, S, byTenant, 2",
    "DYNAMODB_LOCAL, S, byDayHere, 2",
    "DYNALITE, S, , 3",
    "DYNALITE, N, , 3",
    "DYNALITE, B, , 3",
    "DYNALITE, S, byTime, 3",
    "DYNALITE, S, byTimeKeys, 3",
    "DYNALITE, S, byDay, 2",
    "DYNALITE, S, byYear, 2",
    "DYNALITE, S, byTenant, 2",
    "DYNALITE, S, byDayHere, 2",
  })
  void severalReadersBringWhatOneBrings(Server server, String type, String index, int together)
      throws Exception {
    Read alone = read(server, type, index, Optional.empty(), 1);
    assertThat(alone.lines()).hasSize(ITEMS * 9 / 10).doesNotHaveDuplicates();
    assertThat(alone.requests()).noneMatch(request -> request.contains("ScanIndexForward"));
    Read shared = read(server, type, index, Optional.empty(), 8, together);
    assertThat(sorted(shared.lines())).isEqualTo(sorted(alone.lines()));
    assertThat(shared.mostUnderWay()).isGreaterThanOrEqualTo(together);
    assertThat(shared.requests().size()).isLessThan(alone.requests().size() * 5);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aConditionIsKept(Server server) throws Exception {
    Optional<Sort> begins = Optional.of(new Sort(SortWord.BEGINS, List.of("2026-10")));
    Optional<Sort> later = Optional.of(new Sort(SortWord.GREATER, List.of("2026-100-00200")));
    for (Optional<Sort> sort : List.of(begins, later)) {
      Read alone = read(server, "S", "byTime", sort, 1);
      assertThat(alone.lines()).hasSizeBetween(100, ITEMS * 9 / 10 - 1);
      assertThat(sorted(read(server, "S", "byTime", sort, 8).lines()))
          .isEqualTo(sorted(alone.lines()));
    }
  }

  /** Two readers meet from both ends only if one sees in reverse what the other one sees. */
  @ParameterizedTest
  @CsvSource({
    "DYNAMODB_LOCAL, byDay",
    "DYNAMODB_LOCAL, byYear",
    "DYNAMODB_LOCAL, byTenant",
    "DYNAMODB_LOCAL, byDayHere",
    "DYNALITE, byDay",
    "DYNALITE, byYear",
    "DYNALITE, byTenant",
    "DYNALITE, byDayHere"
  })
  void equalSortKeysHaveTheReverseOrderInReverse(Server server, String index) {
    List<Object> up = order(server, index, true);
    List<Object> down = order(server, index, false);
    assertThat(up).hasSize(ITEMS * 9 / 10).doesNotHaveDuplicates();
    Collections.reverse(down);
    assertThat(down).isEqualTo(up);
  }

  private static List<Object> order(Server server, String index, boolean forward) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(server.table("S"))
            .indexName(index)
            .keyConditionExpression("tenant = :t")
            .expressionAttributeValues(Map.of(":t", AttributeValue.fromS("t1")))
            .scanIndexForward(forward)
            .limit(forward ? 70 : 90)
            .build();
    try (DynamoDbClient client = TestServers.client(server.endpoint())) {
      List<Object> keys = new ArrayList<>();
      client.queryPaginator(request).items().forEach(item -> keys.add(item.get("sk")));
      return keys;
    }
  }

  private static Read read(
      Server server, String type, String index, Optional<Sort> sort, int segments)
      throws Exception {
    return read(server, type, index, sort, segments, 1);
  }

  /** Reads; once there can be several readers, it goes on when so many have come. */
  private static Read read(
      Server server, String type, String index, Optional<Sort> sort, int segments, int together)
      throws Exception {
    Queue<String> requests = new ConcurrentLinkedQueue<>();
    AtomicInteger pages = new AtomicInteger();
    CountDownLatch others = new CountDownLatch(together);
    Fault paged =
        request -> {
          String body = new String(request.body(), UTF_8);
          requests.add(body);
          boolean page = body.contains("KeyConditionExpression") && !LAST_ITEM.matcher(body).find();
          // The first page is read alone.
          if (page && pages.getAndIncrement() > 0) {
            others.countDown();
            others.await(30, TimeUnit.SECONDS);
          }
          request.answer(request.forward((page ? limited(body) : body).getBytes(UTF_8)));
        };
    String table = server.table(type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FaultProxy proxy = new FaultProxy(server.endpoint(), (operation, number) -> paged);
        Stores stores = new DefaultStores()) {
      Environments there =
          new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
              .with(List.of(Copying.environment("a", proxy.endpoint())));
      KeyCondition where = new KeyCondition(List.of("t1"), sort, Optional.ofNullable(index));
      JobBuilder query = new JobBuilder("query", Copying.HERE).from("a:" + table, Copying.HERE);
      query.where(where, Copying.HERE).segments(segments, Copying.HERE);
      Query.Output typed =
          new Query.Output(Query.Format.JSONL, true, false, Optional.empty(), OptionalInt.empty());
      QueryRun prepared = QueryRun.of(query.query(typed, there), stores, out);
      assertThat(prepared.run(Stages.QUIET).complete()).isTrue();
      return new Read(out.toString(UTF_8).lines().toList(), requests, proxy.mostUnderWay());
    }
  }

  private static String limited(String body) {
    return body.contains("\"Limit\":")
        ? body.replaceFirst("\"Limit\":[0-9]+", "\"Limit\":" + PAGE)
        : "{\"Limit\":" + PAGE + "," + body.substring(1);
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
