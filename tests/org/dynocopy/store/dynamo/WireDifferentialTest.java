package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.table.TableDescriber;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SlicedResponse;
import org.dynocopy.store.dynamo.write.TableSink;
import org.dynocopy.testing.servers.HostileItems;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Every operation of the wire gives what the SDK's client gives, on the same server. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class WireDifferentialTest {

  private static final int ITEMS = 200;

  /** The servers; each starts when its first test does. */
  enum Server {
    DYNAMODB_LOCAL(TestServers::first),
    DYNALITE(TestServers::dynalite);

    private final Supplier<URI> endpoint;

    Server(Supplier<URI> endpoint) {
      this.endpoint = endpoint;
    }

    URI endpoint() {
      return endpoint.get();
    }

    /** Makes a table of hostile items, twenty to a partition key. */
    String table() {
      String table = empty();
      org.dynocopy.testing.servers.Tables.put(
          endpoint(), table, HostileItems.of("S", "N", ITEMS).toList());
      return table;
    }

    String empty() {
      return org.dynocopy.testing.servers.Tables.on(endpoint())
          .key(HostileItems.ID, "S")
          .key(HostileItems.SORT, "N")
          .create();
    }

    Environment environment() {
      return Environment.named(name())
          .withEndpoint(Optional.of(endpoint()))
          .withRegion(Optional.of(TestServers.REGION));
    }
  }

  static Stream<Arguments> everyWay() {
    return Stream.of(Server.values())
        .flatMap(server -> Stream.of(Transports.values()).map(by -> arguments(server, by)));
  }

  private static Connection open(Server server, Transports by) throws StoreException {
    Environment environment = server.environment();
    return Connection.open(environment, by.open(TrustStore.of(Optional.empty())));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyWay")
  void scan(Server server, Transports by) throws Exception {
    String table = server.table();
    try (Connection connection = open(server, by);
        DynamoDbClient client = TestServers.client(server.endpoint())) {
      List<Item> ours = pages(connection, "Scan", request(table).with("Limit", 7));
      assertThat(decoded(ours))
          .isEqualTo(values(client.scanPaginator(r -> r.tableName(table)).items()));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyWay")
  void scanWithAFilterAndAProjection(Server server, Transports by) throws Exception {
    String table = server.table();
    try (Connection connection = open(server, by);
        DynamoDbClient client = TestServers.client(server.endpoint())) {
      RequestJson request = request(table).project(List.of("id", "range", "name", "a.b"));
      request.with("FilterExpression", request.name("range") + " < " + request.value(ITEMS / 2));
      List<Map<String, AttributeValue>> theirs =
          client
              .scanPaginator(
                  r ->
                      r.tableName(table)
                          .projectionExpression("#i,#r,#n,#d")
                          .filterExpression("#r < :m")
                          .expressionAttributeNames(
                              Map.of("#i", "id", "#r", "range", "#n", "name", "#d", "a.b"))
                          .expressionAttributeValues(
                              Map.of(":m", AttributeValue.fromN("" + ITEMS / 2))))
              .items()
              .stream()
              .toList();
      assertThat(theirs).isNotEmpty();
      assertThat(decoded(pages(connection, "Scan", request))).isEqualTo(values(theirs));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyWay")
  void query(Server server, Transports by) throws Exception {
    String table = server.table();
    try (Connection connection = open(server, by);
        DynamoDbClient client = TestServers.client(server.endpoint())) {
      AttributeValue key = HostileItems.of("S", "N", 1).findFirst().get().get(HostileItems.ID);
      RequestJson request = request(table).with("Limit", 3);
      request.with(
          "KeyConditionExpression", request.name(HostileItems.ID) + " = " + request.value(key.s()));
      List<Map<String, AttributeValue>> theirs =
          client
              .queryPaginator(
                  r ->
                      r.tableName(table)
                          .keyConditionExpression("id = :p")
                          .expressionAttributeValues(Map.of(":p", key)))
              .items()
              .stream()
              .toList();
      assertThat(theirs).hasSizeGreaterThan(10);
      assertThat(decoded(pages(connection, "Query", request))).isEqualTo(values(theirs));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyWay")
  void batchGetItem(Server server, Transports by) throws Exception {
    String table = server.table();
    KeyExtractor itemKeys = new KeyExtractor(List.of(HostileItems.ID, HostileItems.SORT));
    try (Connection connection = open(server, by);
        DynamoDbClient client = TestServers.client(server.endpoint())) {
      RequestBody body = new RequestBody().add("{\"RequestItems\":{\"" + table + "\":{\"Keys\":[");
      String comma = "";
      for (Item item : pages(connection, "Scan", request(table)).subList(0, 50)) {
        body.add(comma).addAll(itemKeys.json(itemKeys.attributes(item)));
        comma = ",";
      }
      SlicedResponse answer =
          SlicedResponse.of(
              connection
                  .wire(connection.endpoint(), DataPlaneClient.SignerCheck.NONE)
                  .call("BatchGetItem", body.add("]}}}")));
      List<Map<String, AttributeValue>> keys =
          client.scan(r -> r.tableName(table)).items().subList(0, 50).stream()
              .map(i -> Map.of("id", i.get("id"), "range", i.get("range")))
              .toList();
      assertThat(decoded(answer.items()))
          .isEqualTo(
              values(
                  client
                      .batchGetItem(
                          r ->
                              r.requestItems(
                                  Map.of(table, KeysAndAttributes.builder().keys(keys).build())))
                      .responses()
                      .get(table)));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyWay")
  void batchWriteItem(Server server, Transports by) throws Exception {
    String from = server.table();
    String to = server.empty();
    try (Connection connection = open(server, by)) {
      List<Item> items = pages(connection, "Scan", request(from));
      TableInfo table =
          TableDescriber.describe(
              connection, new TableRef(server.environment(), to, to), Location.NOWHERE, "");
      TableSink sink =
          TableSink.puts(
              table, connection.wire(connection.endpoint(), DataPlaneClient.SignerCheck.NONE));
      for (int i = 0; i < items.size(); i += 25) {
        List<Item> batch = items.subList(i, Math.min(i + 25, items.size()));
        assertThat(sink.write(batch).unprocessed().isEmpty()).isTrue();
      }
      assertThat(TableComparison.of(server.endpoint(), from, server.endpoint(), to))
          .isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
    }
  }

  private static RequestJson request(String table) {
    return new RequestJson().with("TableName", table).with("ReturnConsumedCapacity", "TOTAL");
  }

  private static List<Item> pages(Connection connection, String operation, RequestJson request)
      throws Exception {
    List<Item> items = new ArrayList<>();
    Optional<Position> position = Optional.empty();
    do {
      RequestBody body = RequestJson.from(request.open(), position);
      SlicedResponse answer =
          SlicedResponse.of(
              connection
                  .wire(connection.endpoint(), DataPlaneClient.SignerCheck.NONE)
                  .call(operation, body));
      assertThat(answer.count()).isEqualTo(answer.items().size());
      items.addAll(answer.items());
      position = answer.lastKey();
    } while (position.isPresent());
    return items;
  }

  /** Returns our items as sets of what they mean. */
  private static Set<Object> decoded(List<Item> items) throws Exception {
    Set<Object> decoded = new HashSet<>();
    for (Item item : items) {
      decoded.add(comparable(new ItemMap(item)));
    }
    assertThat(decoded).hasSameSizeAs(items);
    return decoded;
  }

  private static Set<Object> values(Iterable<Map<String, AttributeValue>> items) {
    Set<Object> values = new HashSet<>();
    items.forEach(item -> values.add(comparable(map(item))));
    return values;
  }

  /** Makes byte arrays comparable; numbers are: BigDecimal tells 1 from 1.0. */
  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(WireDifferentialTest::comparable).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> comparable = new HashMap<>();
      map.forEach((name, one) -> comparable.put(name, comparable(one)));
      return comparable;
    }
    return value;
  }

  private static Map<String, Object> map(Map<String, AttributeValue> attributes) {
    Map<String, Object> map = new HashMap<>();
    attributes.forEach((name, value) -> map.put(name, value(value)));
    return map;
  }

  private static Object value(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> new BigDecimal(value.n());
      case B -> value.b().asByteArray();
      case BOOL -> value.bool();
      case NUL -> null;
      case L -> value.l().stream().map(WireDifferentialTest::value).toList();
      case M -> map(value.m());
      case SS -> new HashSet<>(value.ss());
      case NS -> {
        Set<Object> numbers = new HashSet<>();
        value.ns().forEach(n -> numbers.add(new BigDecimal(n)));
        yield numbers;
      }
      case BS -> {
        Set<Object> binaries = new HashSet<>();
        value.bs().forEach(b -> binaries.add(b.asByteBuffer()));
        yield binaries;
      }
      default -> throw new AssertionError("an unknown type: " + value);
    };
  }
}
