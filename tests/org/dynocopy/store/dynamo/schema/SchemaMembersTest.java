package org.dynocopy.store.dynamo.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.VectorIndex;
import software.amazon.awssdk.services.dynamodb.model.VectorIndexDescription;

/**
 * The law of what a table has: each member that the SDK's model of a description has is carried
 * over by its own name, by another, is said by a note, or is no property but what the table has
 * come to. A member that is new fails this until it is decided which.
 */
class SchemaMembersTest {

  /** What requests have under another name. */
  private static final Set<String> RENAMED =
      Set.of("BillingModeSummary", "TableClassSummary", "SSEDescription");

  /** What a note says: all of them are of tables with replicas. */
  private static final Set<String> NOTED =
      Set.of("Replicas", "GlobalTableVersion", "GlobalTableWitnesses", "MultiRegionConsistency");

  /** What a table has come to, or is called by. */
  private static final Set<String> STATE =
      Set.of(
          "TableStatus",
          "IndexStatus",
          "Backfilling",
          "CreationDateTime",
          "TableSizeBytes",
          "IndexSizeBytes",
          "ItemCount",
          "TableArn",
          "IndexArn",
          "TableId",
          "LatestStreamLabel",
          "LatestStreamArn",
          "RestoreSummary",
          "ArchivalSummary");

  /** What a request has that no description tells: it is asked for, or not carried over. */
  private static final Set<String> UNDESCRIBED =
      Set.of("BillingMode", "TableClass", "SSESpecification", "Tags", "ResourcePolicy");

  private static Set<String> members(SdkPojo model) {
    return model.sdkFields().stream()
        .map(SdkField::locationName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void decided(SdkPojo described, SdkPojo request) {
    Set<String> left = members(described);
    left.removeAll(members(request));
    left.removeAll(RENAMED);
    left.removeAll(NOTED);
    left.removeAll(STATE);
    assertThat(left).as("%s", described.getClass()).isEmpty();
  }

  @Test
  void everyMemberOfADescriptionIsDecided() {
    decided(TableDescription.builder(), CreateTableRequest.builder());
    decided(GlobalSecondaryIndexDescription.builder(), GlobalSecondaryIndex.builder());
    decided(LocalSecondaryIndexDescription.builder(), LocalSecondaryIndex.builder());
    decided(VectorIndexDescription.builder(), VectorIndex.builder());
  }

  /** The source of a global table's replica is named when one is made, and never described. */
  @Test
  void everyMemberOfARequestIsDecided() {
    Set<String> left = members(CreateTableRequest.builder());
    left.removeAll(members(TableDescription.builder()));
    left.removeAll(UNDESCRIBED);
    assertThat(left).containsExactly("GlobalTableSourceArn");
  }

  private static Reply usual(String operation) {
    return Reply.of(
        switch (operation) {
          case "DescribeTable" -> FullTableTest.TABLE;
          case "GetResourcePolicy" -> "{\"Policy\":\"{}\"}";
          case "DescribeKinesisStreamingDestination" ->
              "{\"KinesisDataStreamDestinations\":[{\"DestinationStatus\":\"ACTIVE\"}]}";
          case "DescribeContributorInsights" -> "{\"ContributorInsightsStatus\":\"ENABLED\"}";
          default -> "{}";
        });
  }

  private static DynamoDbClient client(FakeService service) {
    return DynamoDbClient.builder()
        .region(Region.EU_WEST_1)
        .endpointOverride(URI.create("https://dynamodb.eu-west-1.amazonaws.com"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "s3cr3t")))
        .httpClient(service)
        .build();
  }

  @Test
  void whatNamesOthersOfTheAccountIsSaid() {
    FakeService service = new FakeService((operation, body) -> usual(operation));
    String not = ": not part of the schema, which names nothing of an account";
    assertThat(Schemas.read(client(service), "users").notes())
        .contains("resource policy" + not, "Kinesis streams" + not, "contributor insights" + not);
    // Other servers have none of it, and some are broken by the question.
    assertThat(Schemas.read(service.client(), "users").notes())
        .noneMatch(note -> note.endsWith(not));
  }

  @ParameterizedTest
  @CsvSource({
    "400, PolicyNotFoundException, false",
    "400, AccessDeniedException, true",
    "400, UnknownOperationException, true"
  })
  void whatMayNotBeSeenIsSaidToo(int status, String code, boolean said) {
    FakeService service =
        new FakeService(
            (operation, body) ->
                operation.equals("GetResourcePolicy")
                    ? Reply.of(status, "{\"__type\":\"a#" + code + "\",\"message\":\"no\"}")
                    : operation.equals("DescribeTable") ? usual(operation) : Reply.of("{}"));
    assertThat(Schemas.read(client(service), "users").notes().toString())
        .matches(text -> text.contains("resource policy: the endpoint does not tell (no)") == said);
  }
}
