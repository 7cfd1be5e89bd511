package org.dynocopy.store.dynamo.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.dynocopy.capacity.Pricing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KinesisDataStreamDestination;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What a table has that names others, of its account, and so is no part of its schema: it is said,
 * and not carried over. Only the service itself has it; other servers are not asked.
 */
final class Attachments {

  private final DynamoDbClient client;
  private final TableDescription table;
  private final List<String> notes = new ArrayList<>();

  private Attachments(DynamoDbClient client, TableDescription table) {
    this.client = client;
    this.table = table;
  }

  /** Returns a sentence for each that the table has, or that may not be seen. */
  static List<String> of(DynamoDbClient client, TableDescription table) {
    boolean aws =
        client.serviceClientConfiguration().endpointOverride().map(Pricing::isOfAws).orElse(true);
    Attachments all = new Attachments(client, table);
    if (aws) {
      all.ask("resource policy", all::hasPolicy);
      all.ask("Kinesis streams", all::hasKinesis);
      all.ask("contributor insights", all::hasInsights);
    }
    return all.notes;
  }

  private void ask(String what, BooleanSupplier question) {
    try {
      if (question.getAsBoolean()) {
        notes.add(what + ": not part of the schema, which names nothing of an account");
      }
    } catch (DynamoDbException e) {
      if (!UnsupportedFeatures.is(e)) {
        throw e;
      }
      notes.add(what + ": the endpoint does not tell (" + UnsupportedFeatures.reason(e) + ")");
    }
  }

  private boolean hasPolicy() {
    try {
      return client.getResourcePolicy(r -> r.resourceArn(table.tableArn())).policy() != null;
    } catch (PolicyNotFoundException e) {
      return false;
    }
  }

  private boolean hasKinesis() {
    return client
        .describeKinesisStreamingDestination(r -> r.tableName(table.tableName()))
        .kinesisDataStreamDestinations()
        .stream()
        .map(KinesisDataStreamDestination::destinationStatus)
        .anyMatch(status -> status == DestinationStatus.ACTIVE);
  }

  private boolean hasInsights() {
    return client
            .describeContributorInsights(r -> r.tableName(table.tableName()))
            .contributorInsightsStatus()
        == ContributorInsightsStatus.ENABLED;
  }
}
