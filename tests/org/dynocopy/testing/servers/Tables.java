package org.dynocopy.testing.servers;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Makes a table on a test server, by the SDK: {@code Tables.on(server).key("id", "S").create()}.
 * Keys are written {@code name, type} with the types S, N and B.
 */
public final class Tables {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final URI server;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<KeySchemaElement> keys = new ArrayList<>();
  private final List<GlobalSecondaryIndex> global = new ArrayList<>();
  private final List<LocalSecondaryIndex> local = new ArrayList<>();

  private Tables(URI server) {
    this.server = server;
  }

  public static Tables on(URI server) {
    return new Tables(server);
  }

  /** The partition key, or the sort key if there is a partition key already. */
  public Tables key(String name, String type) {
    types.put(name, type);
    keys.add(element(name, keys.isEmpty()));
    return this;
  }

  /** A GSI; attributes of its key are S unless the table's key says otherwise. */
  public Tables gsi(String name, Projection projection, String... keyNames) {
    List<KeySchemaElement> schema = schema(keyNames);
    global.add(
        GlobalSecondaryIndex.builder()
            .indexName(name)
            .keySchema(schema)
            .projection(projection)
            .build());
    return this;
  }

  /** An LSI, likewise. */
  public Tables lsi(String name, Projection projection, String... keyNames) {
    local.add(
        LocalSecondaryIndex.builder()
            .indexName(name)
            .keySchema(schema(keyNames))
            .projection(projection)
            .build());
    return this;
  }

  private List<KeySchemaElement> schema(String... names) {
    List<KeySchemaElement> schema = new ArrayList<>();
    for (String name : names) {
      types.putIfAbsent(name, "S");
      schema.add(element(name, schema.isEmpty()));
    }
    return schema;
  }

  private static KeySchemaElement element(String name, boolean first) {
    return KeySchemaElement.builder()
        .attributeName(name)
        .keyType(first ? KeyType.HASH : KeyType.RANGE)
        .build();
  }

  /** Makes the table under a name that no other test has, and returns the name. */
  public String create() {
    String name = "table-" + NUMBER.incrementAndGet();
    List<AttributeDefinition> definitions = new ArrayList<>();
    types.forEach(
        (attribute, type) ->
            definitions.add(
                AttributeDefinition.builder()
                    .attributeName(attribute)
                    .attributeType(type)
                    .build()));
    try (DynamoDbClient client = TestServers.client(server)) {
      CreateTableRequest.Builder request =
          CreateTableRequest.builder()
              .tableName(name)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .keySchema(keys)
              .attributeDefinitions(definitions);
      if (!global.isEmpty()) {
        request.globalSecondaryIndexes(global);
      }
      if (!local.isEmpty()) {
        request.localSecondaryIndexes(local);
      }
      client.createTable(request.build());
      while (client.describeTable(r -> r.tableName(name)).table().tableStatus()
          != TableStatus.ACTIVE) {
        Thread.onSpinWait();
      }
    }
    return name;
  }

  /** Puts so many small items, {@code item 0} and so on, into a table with the key {@code id}. */
  public static void fill(URI server, String table, int items) {
    put(
        server,
        table,
        IntStream.range(0, items)
            .mapToObj(i -> Map.of("id", AttributeValue.fromS("item " + i)))
            .toList());
  }

  /** Puts items into a table, by the SDK, two batches at a time; each has a key of its own. */
  public static void put(URI server, String table, Collection<Map<String, AttributeValue>> items) {
    List<List<WriteRequest>> batches = new ArrayList<>();
    long bytes = Long.MAX_VALUE;
    for (Map<String, AttributeValue> item : items) {
      if (bytes > 2_000_000 || batches.get(batches.size() - 1).size() == 25) {
        batches.add(new ArrayList<>());
        bytes = 0;
      }
      var batch = batches.get(batches.size() - 1);
      batch.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
      bytes += item.toString().length();
    }
    try (DynamoDbClient client = TestServers.client(server)) {
      var half = batches.size() / 2;
      var halves = Stream.of(batches.subList(0, half), batches.subList(half, batches.size()));
      // Where many tests put a few items at once, those who waited for the other half would spin.
      (batches.size() < 8 ? halves : halves.parallel())
          .forEach(some -> some.forEach(batch -> put(client, table, batch)));
    }
  }

  private static void put(DynamoDbClient client, String table, List<WriteRequest> batch) {
    BatchWriteItemResponse done = client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
    if (!done.unprocessedItems().isEmpty()) {
      throw new AssertionError("a test server throttles");
    }
  }
}
