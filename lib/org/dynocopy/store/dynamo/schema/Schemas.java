package org.dynocopy.store.dynamo.schema;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** Reads the schema of a table, and makes tables of schemas. */
public final class Schemas {

  private Schemas() {}

  /**
   * Reads a table's schema: its description, its TTL, its point-in-time recovery and its tags.
   *
   * <p>What the endpoint does not know, or the user may not see, is a note of the schema.
   *
   * @param client where the table is
   * @param table its name or ARN
   * @throws SdkException if the table cannot be described
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">TableDescription</a>
   */
  public static Schema read(DynamoDbClient client, String table) {
    return new SchemaReader(client).read(table, true);
  }

  /**
   * Creates a table, waits up to ten minutes until it and its indexes are active, and turns on
   * point-in-time recovery.
   *
   * <p>TTL is left to {@link #enableTimeToLive}: until a copy is complete, nothing should expire in
   * it. Warm throughput is left out, as it costs money. So is a KMS key of another region or one
   * that the endpoint refuses; the table is then encrypted by the account's own key for DynamoDB.
   * An endpoint that refuses table class, encryption, deletion protection, streams, tags or
   * on-demand limits is asked again without them. Keys, indexes and billing are never left out.
   *
   * @param client where to create it
   * @param table its name
   * @param schema what it shall be
   * @return a sentence for each thing in which the new table, once read back, is not as the schema
   * @throws SdkException if it cannot be created, or is not active in time
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">CreateTable</a>
   */
  public static List<String> create(DynamoDbClient client, String table, Schema schema) {
    return create(client, table, schema, made -> {});
  }

  /**
   * Does the same, and tells of the table as soon as the endpoint has taken the request.
   *
   * @param made gets what the endpoint says of the new table
   */
  public static List<String> create(
      DynamoDbClient client, String table, Schema schema, Consumer<TableDescription> made) {
    TableCreation creation = new TableCreation(client, table);
    creation.create(schema, made);
    return creation.complete(schema, true);
  }

  /**
   * Does what comes after {@link #create}'s first request, for a table of which another run has
   * sent that.
   *
   * @param recovery whether to turn on point-in-time recovery, if the schema has it
   * @return a sentence for each thing in which the table is not as the schema
   */
  public static List<String> complete(
      DynamoDbClient client, String table, Schema schema, boolean recovery) {
    return new TableCreation(client, table).complete(schema, recovery);
  }

  /**
   * Returns whether a table is paid for by the request. Some servers do not say how it is paid for:
   * no table has a throughput of 0 that is.
   */
  public static boolean onDemand(TableDescription table) {
    if (table.billingModeSummary() != null && table.billingModeSummary().billingMode() != null) {
      return table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    }
    ProvisionedThroughputDescription units = table.provisionedThroughput();
    return units != null
        && Long.valueOf(0).equals(units.readCapacityUnits())
        && Long.valueOf(0).equals(units.writeCapacityUnits());
  }

  /**
   * Returns the attribute by which a table's items expire, if they do.
   *
   * @throws SdkException if the endpoint does not tell
   */
  public static Optional<String> timeToLive(DynamoDbClient client, String table) {
    return Optional.ofNullable(new SchemaReader(client).timeToLive(table))
        .map(TimeToLiveSpecification::attributeName);
  }

  /**
   * Turns on TTL if the schema has it and the table has not.
   *
   * @return a sentence if the endpoint refuses; else nothing
   * @throws SdkException if the table is not there, or the endpoint does not answer
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html">UpdateTimeToLive</a>
   */
  public static List<String> enableTimeToLive(DynamoDbClient client, String table, Schema schema) {
    return new TableCreation(client, table).enableTimeToLive(schema);
  }
}
