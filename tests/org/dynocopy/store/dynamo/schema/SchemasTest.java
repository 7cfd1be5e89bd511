package org.dynocopy.store.dynamo.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Against real servers, which have not all features of DynamoDB, each in its own way. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class SchemasTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final Schema PROVISIONED =
      Schema.parse(
          "",
          """
          {"CreateTable": {
            "AttributeDefinitions": [
              {"AttributeName": "id", "AttributeType": "S"},
              {"AttributeName": "at", "AttributeType": "N"},
              {"AttributeName": "mail", "AttributeType": "S"},
              {"AttributeName": "hash", "AttributeType": "B"}],
            "KeySchema": [
              {"AttributeName": "id", "KeyType": "HASH"},
              {"AttributeName": "at", "KeyType": "RANGE"}],
            "LocalSecondaryIndexes": [
              {"IndexName": "perMail",
               "KeySchema": [
                 {"AttributeName": "id", "KeyType": "HASH"},
                 {"AttributeName": "mail", "KeyType": "RANGE"}],
               "Projection": {"ProjectionType": "KEYS_ONLY"}},
              {"IndexName": "perHash",
               "KeySchema": [
                 {"AttributeName": "id", "KeyType": "HASH"},
                 {"AttributeName": "hash", "KeyType": "RANGE"}],
               "Projection": {"ProjectionType": "ALL"}}],
            "GlobalSecondaryIndexes": [
              {"IndexName": "byMail",
               "KeySchema": [{"AttributeName": "mail", "KeyType": "HASH"}],
               "Projection": {"ProjectionType": "ALL"},
               "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4}},
              {"IndexName": "byHash",
               "KeySchema": [
                 {"AttributeName": "hash", "KeyType": "HASH"},
                 {"AttributeName": "at", "KeyType": "RANGE"}],
               "Projection": {"ProjectionType": "KEYS_ONLY"},
               "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}},
              {"IndexName": "byTime",
               "KeySchema": [{"AttributeName": "at", "KeyType": "HASH"}],
               "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["name", "age"]},
               "ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8}}],
            "BillingMode": "PROVISIONED",
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 2},
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "OLD_IMAGE"}},
           "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "expires"}}
          """);

  private static Schema onDemand() {
    CreateTableRequest table =
        SdkModels.without(PROVISIONED.table(), "ProvisionedThroughput").toBuilder()
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .build();
    return new Schema(table, PROVISIONED.timeToLive(), PROVISIONED.recovery(), List.of());
  }

  private static String name() {
    return "schema-" + NUMBER.incrementAndGet();
  }

  /** Makes a table, reads it, makes another of what was read, and compares the two. */
  private static void cloned(DynamoDbClient client, Schema schema) {
    String table = name();
    String twin = name();
    assertThat(Schemas.create(client, table, schema)).isEmpty();
    assertThat(Schemas.enableTimeToLive(client, table, schema)).isEmpty();
    Schema read = Schemas.read(client, table);
    assertThat(SchemaComparison.of(schema, read).differences()).isEmpty();
    assertThat(Schemas.create(client, twin, read)).isEmpty();
    assertThat(SchemaComparison.of(read, Schemas.read(client, twin)).differences())
        .containsExactly("TTL: expires -> off");
    assertThat(Schemas.enableTimeToLive(client, twin, read)).isEmpty();
    assertThat(Schemas.enableTimeToLive(client, twin, read)).as("again").isEmpty();
    assertThat(SchemaComparison.of(read, Schemas.read(client, twin)).differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cloneIsAsTheTable(boolean provisioned) {
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      cloned(client, provisioned ? PROVISIONED : onDemand());
    }
  }

  /** Some servers describe what a table does not have by empty lists, which no request takes. */
  @Test
  void emptyListsOfADescriptionAreLeftOut() throws Exception {
    String table = Tables.on(TestServers.first()).key("id", "S").create();
    String indexed =
        Tables.on(TestServers.first())
            .key("id", "S")
            .gsi("byMail", Projection.builder().projectionType("ALL").build(), "mail")
            .create();
    FaultProxy.Faults describing =
        (operation, number) ->
            operation.equals("DescribeTable")
                ? request -> {
                  String told = new String(request.forward(request.body()).body(), UTF_8);
                  String lists =
                      told.contains("byMail")
                          ? "\"LocalSecondaryIndexes\":[],\"Replicas\":[],"
                          : "\"GlobalSecondaryIndexes\":[],\"LocalSecondaryIndexes\":[],"
                              + "\"Replicas\":[],\"VectorIndexes\":[],";
                  request.answer(
                      200,
                      told.replaceFirst("\\{\"Table\":\\{", "$0" + lists)
                          .replace(
                              "\"ProjectionType\"", "\"NonKeyAttributes\":[],\"ProjectionType\"")
                          .getBytes(UTF_8));
                }
                : FaultProxy.Fault.NONE;
    try (FaultProxy server = new FaultProxy(TestServers.first(), describing);
        DynamoDbClient client = TestServers.client(server.endpoint())) {
      for (String described : List.of(table, indexed)) {
        Schema schema = Schemas.read(client, described);
        String file = schema.json();
        assertThat(file).doesNotContain("[ ]");
        assertThat(Schemas.create(client, name(), schema)).isEmpty();
        String written = file.replaceFirst("\"BillingMode\"", "\"LocalSecondaryIndexes\": [], $0");
        assertThat(Schemas.create(client, name(), Schema.parse("", written))).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dynaliteClonesKeysIndexesAndBilling(boolean provisioned) {
    try (DynamoDbClient client = TestServers.client(TestServers.dynalite())) {
      String table = name();
      Schema schema = provisioned ? PROVISIONED : onDemand();
      assertThat(Schemas.create(client, table, schema))
          .containsExactly("stream: OLD_IMAGE -> off (the endpoint passes over it)");
      assertThat(Schemas.enableTimeToLive(client, table, schema))
          .singleElement()
          .asString()
          .startsWith("TTL: the endpoint refuses it (")
          .contains("UnknownOperationException");
      Schema read = Schemas.read(client, table);
      assertThat(read.notes())
          .singleElement()
          .asString()
          .startsWith("point-in-time recovery: the endpoint does not tell (");
      assertThat(SchemaComparison.of(schema, read).differences())
          .containsExactly("stream: OLD_IMAGE -> off", "TTL: expires -> off");
    }
  }

  /** DynamoDB Local refuses recovery and tells no tags; other things it passes over. */
  @Test
  void whatDynamoDbLocalHasNotIsSaid() {
    URI server = TestServers.first();
    try (DynamoDbClient client = TestServers.client(server)) {
      Schema full = FullSchema.onDemand();
      Schema schema =
          new Schema(
              full.table().toBuilder()
                  .vectorIndexes(List.of())
                  .attributeDefinitions(PROVISIONED.table().attributeDefinitions())
                  .keySchema(PROVISIONED.table().keySchema())
                  .localSecondaryIndexes(PROVISIONED.table().localSecondaryIndexes())
                  .globalSecondaryIndexes(onDemand().table().globalSecondaryIndexes())
                  .build(),
              full.timeToLive(),
              full.recovery(),
              List.of());
      String table = name();
      assertThat(Schemas.create(client, table, schema))
          .containsExactlyInAnyOrder(
              "KMS key: arn:aws:kms:eu-west-1:111122223333:key/1 is not carried over (it is not of"
                  + " us-east-1), but the account's own key for DynamoDB is used",
              "table class: STANDARD_INFREQUENT_ACCESS -> STANDARD (the endpoint passes over it)",
              "encryption: KMS -> AWS owned key (the endpoint passes over it)",
              "point-in-time recovery: the endpoint refuses it (An unknown operation was"
                  + " requested.)",
              "tags: sent, but the endpoint does not tell them yet");
      Schema read = Schemas.read(client, table);
      assertThat(read.table().deletionProtectionEnabled()).isTrue();
      assertThat(read.notes())
          .hasSize(2)
          .anyMatch(n -> n.startsWith("tags: the endpoint does not"));
    }
  }

  @Test
  void failuresAreNotNotes() {
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(() -> Schemas.read(client, "no-such-table"));
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(() -> Schemas.enableTimeToLive(client, "no-such-table", PROVISIONED));
      String table = name();
      Schemas.create(client, table, onDemand());
      assertThatExceptionOfType(ResourceInUseException.class)
          .isThrownBy(() -> Schemas.create(client, table, onDemand()));
    }
  }

  @Test
  void indexesAreNeverLeftOut() {
    GlobalSecondaryIndex multi = FullSchema.onDemand().table().globalSecondaryIndexes().get(0);
    assertThat(multi.keySchema()).hasSize(4);
    try (DynamoDbClient client = TestServers.client(TestServers.first())) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> Schemas.create(client, name(), FullSchema.onDemand()))
          .withMessageContaining("Key Schema too big");
    }
  }
}
