package org.dynocopy.store.dynamo.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Asks the four operations that together tell a table's schema. */
final class SchemaReader {

  private final DynamoDbClient client;
  private final List<String> notes = new ArrayList<>();

  SchemaReader(DynamoDbClient client) {
    this.client = client;
  }

  /**
   * Reads a schema.
   *
   * @param attached whether to note what the table has besides
   */
  Schema read(String table, boolean attached) {
    TableDescription described = client.describeTable(r -> r.tableName(table)).table();
    if (described == null || described.tableStatus() == null) {
      throw SdkClientException.create("what answers there is not DynamoDB");
    }
    if (!described.replicas().isEmpty()) {
      notes.add("replicas: not part of the schema, which is of one region");
    }
    if (attached) {
      notes.addAll(Attachments.of(client, described));
    }
    CreateTableRequest.Builder request = request(described).toBuilder();
    told("tags", () -> tags(described.tableArn())).ifPresent(request::tags);
    return new Schema(
        request.build(),
        told("TTL", () -> timeToLive(table)),
        told("point-in-time recovery", () -> recovery(table)),
        notes);
  }

  private <T> Optional<T> told(String what, Supplier<T> question) {
    try {
      Optional<T> answer = Optional.ofNullable(question.get());
      if (answer.isEmpty()) {
        notes.add(what + ": the endpoint does not tell (its answer is empty)");
      }
      return answer;
    } catch (DynamoDbException e) {
      if (!UnsupportedFeatures.is(e)) {
        throw e;
      }
      notes.add(what + ": the endpoint does not tell (" + UnsupportedFeatures.reason(e) + ")");
      return Optional.empty();
    }
  }

  /** Returns the request that would make a table of this description, as far as it tells. */
  private static CreateTableRequest request(TableDescription table) {
    boolean onDemand = Schemas.onDemand(table);
    CreateTableRequest.Builder request =
        SdkModels.copy(table, CreateTableRequest.builder())
            .billingMode(onDemand ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED)
            .tableClass(
                table.tableClassSummary() == null
                    ? null
                    : table.tableClassSummary().tableClassAsString())
            .sseSpecification(encryption(table.sseDescription()))
            // Of replicas, not of this table.
            .globalTableSettingsReplicationMode((String) null);
    // The service describes the throughput of the other mode too, but does not take it.
    return SdkModels.without(
        request.build(), onDemand ? "ProvisionedThroughput" : "OnDemandThroughput");
  }

  private static SSESpecification encryption(SSEDescription described) {
    if (described == null
        || described.status() == SSEStatus.DISABLED
        || described.status() == SSEStatus.DISABLING) {
      return null;
    }
    return SSESpecification.builder()
        .enabled(true)
        .sseType(described.sseTypeAsString())
        .kmsMasterKeyId(described.kmsMasterKeyArn())
        .build();
  }

  private List<Tag> tags(String arn) {
    List<Tag> tags = new ArrayList<>();
    String next = null;
    do {
      String from = next;
      ListTagsOfResourceResponse page =
          client.listTagsOfResource(r -> r.resourceArn(arn).nextToken(from));
      tags.addAll(page.tags());
      next = page.nextToken();
    } while (next != null);
    // Those are of the service that made the table; no other may set them.
    tags.removeIf(tag -> tag.key().startsWith("aws:"));
    return tags;
  }

  /** Returns how items expire; null if the answer does not say. */
  TimeToLiveSpecification timeToLive(String table) {
    TimeToLiveDescription described =
        client.describeTimeToLive(r -> r.tableName(table)).timeToLiveDescription();
    if (described == null) {
      return null;
    }
    boolean enabled =
        described.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || described.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
    return TimeToLiveSpecification.builder()
        .enabled(enabled)
        .attributeName(enabled ? described.attributeName() : null)
        .build();
  }

  private PointInTimeRecoverySpecification recovery(String table) {
    ContinuousBackupsDescription backups =
        client.describeContinuousBackups(r -> r.tableName(table)).continuousBackupsDescription();
    PointInTimeRecoveryDescription described =
        backups == null ? null : backups.pointInTimeRecoveryDescription();
    if (described == null) {
      return null;
    }
    boolean enabled = described.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
    return PointInTimeRecoverySpecification.builder()
        .pointInTimeRecoveryEnabled(enabled)
        .recoveryPeriodInDays(enabled ? described.recoveryPeriodInDays() : null)
        .build();
  }
}
