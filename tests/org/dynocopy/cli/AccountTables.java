package org.dynocopy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables with a key {@code id} and nothing else. */
final class AccountTables {

  private AccountTables() {}

  static void create(DynamoDbClient client, String table, int items) {
    client.createTable(
        r ->
            r.tableName(table)
                .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))
                .keySchema(k -> k.attributeName("id").keyType("HASH"))
                .billingMode("PAY_PER_REQUEST"));
    List<WriteRequest> batch = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("u" + i));
      batch.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
      if (batch.size() == 25 || i == items - 1) {
        List<WriteRequest> full = List.copyOf(batch);
        client.batchWriteItem(r -> r.requestItems(Map.of(table, full)));
        batch.clear();
      }
    }
  }

  static int count(DynamoDbClient client, String table) {
    return client.scanPaginator(ScanRequest.builder().tableName(table).build()).stream()
        .mapToInt(page -> page.count())
        .sum();
  }
}
