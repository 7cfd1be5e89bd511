package org.dynocopy.store.dynamo.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

class SchemaTest {

  private static final List<String> TEXTS =
      List.of("", "id", "a \"b\"\\\n", "prix €", "日本", "𝄞", "HASH", "null", "{}");

  @Test
  void isWrittenAsItWasRead() {
    assertThat(FullSchema.onDemand().json()).isEqualTo(FullSchema.ON_DEMAND);
    assertThat(FullSchema.provisioned().json()).isEqualTo(FullSchema.PROVISIONED);
  }

  @Test
  void anySchemaIsReadAsItWasWritten() {
    Cases.forAll(
        2_000,
        random -> {
          Schema schema =
              new Schema(
                  filled(CreateTableRequest.builder(), random)
                      .keySchema(List.of())
                      .attributeDefinitions(List.of())
                      .build(),
                  random.nextBoolean()
                      ? Optional.empty()
                      : Optional.of(filled(TimeToLiveSpecification.builder(), random).build()),
                  random.nextBoolean()
                      ? Optional.empty()
                      : Optional.of(
                          filled(PointInTimeRecoverySpecification.builder(), random).build()),
                  random.nextBoolean() ? List.of() : TEXTS);
          assertThat(Schema.parse("", schema.json())).isEqualTo(schema);
          assertThat(SchemaComparison.of(schema, schema).differences()).isEmpty();
        });
  }

  private static <B extends SdkPojo> B filled(B builder, Random random) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (random.nextInt(4) > 0) {
        field.set(builder, value(field, random));
      }
    }
    return builder;
  }

  private static Object value(SdkField<?> field, Random random) {
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      return SdkModels.built(filled(field.constructor().get(), random));
    } else if (field.marshallingType() == MarshallingType.LIST) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(SdkModels.element(field), random));
      }
      return list;
    } else if (field.marshallingType() == MarshallingType.LONG) {
      return random.nextLong();
    } else if (field.marshallingType() == MarshallingType.INTEGER) {
      return random.nextInt();
    } else if (field.marshallingType() == MarshallingType.BOOLEAN) {
      return random.nextBoolean();
    }
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** What the SDK learns next should be looked at: does it cost, must it be compared? */
  @Test
  void everyMemberOfCreateTableIsKnown() {
    Set<String> known = new TreeSet<>(SdkModels.members(FullSchema.onDemand().table()).keySet());
    known.addAll(SdkModels.members(FullSchema.provisioned().table()).keySet());
    known.addAll(Set.of("TableName", "ResourcePolicy"));
    known.addAll(Set.of("GlobalTableSourceArn", "GlobalTableSettingsReplicationMode"));
    assertThat(CreateTableRequest.builder().sdkFieldNameToField()).containsOnlyKeys(known);
  }

  @Test
  void hasNoName() {
    CreateTableRequest named = FullSchema.provisioned().table().toBuilder().tableName("t").build();
    Schema schema = new Schema(named, Optional.empty(), Optional.empty(), List.of());
    assertThat(schema.table()).isEqualTo(FullSchema.provisioned().table());
  }

  private static void refused(String json, String... says) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> Schema.parse("users.json", json))
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  @Test
  void mistakesArePointedAt() {
    refused(
        FullSchema.PROVISIONED.replace("\"KeySchema\"", "\"KeySchemaa\""),
        "users.json:13:5: unknown member `KeySchemaa`. Did you mean `KeySchema`?",
        "13 |     \"KeySchemaa\" : [ {",
        "\n     |     ^^^^^^^^^^^^");
    refused(
        FullSchema.PROVISIONED.replace(" : 4", " : \"4\""),
        "users.json:44:32: `WriteCapacityUnits` is a whole number",
        "^^^");
    refused(FullSchema.PROVISIONED.replace("\"at\"", "7"), "`AttributeName` is a string");
    refused(FullSchema.ON_DEMAND.replace("true", "1"), "`StreamEnabled` is true or false");
    refused("{\"CreateTable\": 1}", "users.json:1:17: `CreateTable` is an object");
    refused("{\"Table\": {}}", "unknown member `Table`");
    refused("{\"CreateTable\": {\"Tags\": {}}}", "`Tags` is an array");
    refused("{\"CreateTable\": {}}", "`KeySchema` and `AttributeDefinitions` is missing");
    refused("{}", "users.json:1:", "is missing");
    refused("[]", "users.json:1:1: a schema is an object");
    refused("", "users.json:1:1: a schema is an object");
    refused("{\n  \"CreateTable\" ! {}", "users.json:2:", "this is not JSON");
    refused("{\"CreateTable\": {", "users.json:1:", "this is not JSON");
    refused(FullSchema.PROVISIONED + "{}", "the schema has ended before this");
    refused(
        "{\"CreateTable\": {\"WarmThroughput\": {\"ReadUnitsPerSecond\": 1"
            + "0".repeat(30)
            + "}}}",
        "long");
  }
}
