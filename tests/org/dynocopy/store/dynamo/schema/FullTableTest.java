package org.dynocopy.store.dynamo.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** Against answers as DynamoDB gives them, since no server for tests has all its features. */
class FullTableTest {

  /** FullSchema's on-demand table as it is described. */
  static final String TABLE =
      """
      {"Table": {
        "TableName": "users", "TableStatus": "ACTIVE", "ItemCount": 7, "TableSizeBytes": 70,
        "TableArn": "arn:aws:dynamodb:eu-west-1:111122223333:table/users", "TableId": "1",
        "CreationDateTime": 1.7E9, "LatestStreamLabel": "now",
        "BillingModeSummary": {
          "BillingMode": "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime": 1.7E9},
        "ProvisionedThroughput": {
          "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
        "TableClassSummary": {"TableClass": "STANDARD_INFREQUENT_ACCESS"},
        "SSEDescription": {
          "Status": "ENABLED", "SSEType": "KMS",
          "KMSMasterKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1"},
        "WarmThroughput": {
          "ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"},
        "AttributeDefinitions": [
          {"AttributeName": "id", "AttributeType": "S"},
          {"AttributeName": "tenant", "AttributeType": "S"},
          {"AttributeName": "region", "AttributeType": "S"},
          {"AttributeName": "year", "AttributeType": "N"},
          {"AttributeName": "day", "AttributeType": "B"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [{
          "IndexName": "byTenant", "IndexStatus": "ACTIVE", "ItemCount": 7, "Backfilling": false,
          "IndexArn": "arn:aws:dynamodb:eu-west-1:111122223333:table/users/index/byTenant",
          "KeySchema": [
            {"AttributeName": "tenant", "KeyType": "HASH"},
            {"AttributeName": "region", "KeyType": "HASH"},
            {"AttributeName": "year", "KeyType": "RANGE"},
            {"AttributeName": "day", "KeyType": "RANGE"}],
          "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["mail", "name"]},
          "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
          "OnDemandThroughput": {"MaxReadRequestUnits": 30, "MaxWriteRequestUnits": 40},
          "WarmThroughput": {
            "ReadUnitsPerSecond": 13000, "WriteUnitsPerSecond": 5000, "Status": "ACTIVE"}}],
        "VectorIndexes": [{
          "IndexName": "bySense", "IndexStatus": "ACTIVE", "ItemCount": 7,
          "VectorAttribute": {"AttributeName": "sense"},
          "SearchSchema": [{"AttributeName": "tenant", "SearchSchemaElementType": "FILTER"}],
          "Projection": {"ProjectionType": "ALL"},
          "Dimensions": 256, "DistanceFunction": "COSINE"}],
        "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
        "DeletionProtectionEnabled": true,
        "OnDemandThroughput": {"MaxReadRequestUnits": 100, "MaxWriteRequestUnits": 200}}}
      """;

  private static final String PAGE =
      """
      {"Tags": [{"Key": "team", "Value": "a"}, {"Key": "aws:cloudformation:x", "Value": "y"}],
       "NextToken": "2"}
      """;

  private static final String TTL =
      "{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLING','AttributeName':'expires'}}";

  private static final String RECOVERY =
      "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
          + "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'ENABLED',"
          + "'RecoveryPeriodInDays':7}}}";

  private final Map<String, Deque<Reply>> answers = new ConcurrentHashMap<>();
  private final List<String> operations = new ArrayList<>();
  private final FakeService service = new FakeService((operation, body) -> answer(operation, body));

  private Reply answer(String operation, String body) {
    operations.add(operation);
    Deque<Reply> first = answers.getOrDefault(operation, new ArrayDeque<>());
    return first.isEmpty() ? usual(operation, body) : first.remove();
  }

  private static Reply usual(String operation, String body) {
    return switch (operation) {
      case "DescribeTable" -> Reply.of(TABLE);
      case "DescribeTimeToLive" -> Reply.of(TTL.replace('\'', '"'));
      case "DescribeContinuousBackups" -> Reply.of(RECOVERY.replace('\'', '"'));
      case "ListTagsOfResource" ->
          Reply.of(
              body.contains("NextToken")
                  ? "{\"Tags\":[{\"Key\":\"stage\",\"Value\":\"\"}]}"
                  : PAGE);
      default -> Reply.of("{}");
    };
  }

  private void first(String operation, Reply... replies) {
    answers.put(operation, new ArrayDeque<>(List.of(replies)));
  }

  private static Reply error(int status, String code, String message) {
    return Reply.of(
        status, "{\"__type\":\"com.amazonaws#" + code + "\",\"message\":\"" + message + "\"}");
  }

  private static Reply refusal(String message) {
    return error(400, "ValidationException", message);
  }

  private Schema read() {
    return Schemas.read(service.client(), "users");
  }

  private List<String> create() {
    return Schemas.create(service.client(), "users", FullSchema.onDemand());
  }

  private String sent(String operation) {
    return service.requests.get(operations.lastIndexOf(operation));
  }

  @Test
  void allOfATableIsRead() {
    assertThat(read().json()).isEqualTo(FullSchema.ON_DEMAND);
  }

  @Test
  void provisionedTableKeepsNoLimitsOfItsTimeOnDemand() {
    first(
        "DescribeTable",
        Reply.of(
            TABLE.replace("\"PAY_PER_REQUEST\"", "\"PROVISIONED\"").replace("ts\": 0", "ts\": 9")));
    Schema read = read();
    assertThat(read.json()).doesNotContain("OnDemandThroughput");
    assertThat(SchemaComparison.of(FullSchema.onDemand(), read).differences())
        .contains(
            "billing: on-demand -> provisioned 9/9", "GSI byTenant: throughput (none) -> 9/9");
  }

  @Test
  void whatMayNotBeSeenIsANote() {
    first("ListTagsOfResource", error(400, "AccessDeniedException", "not you"));
    first("DescribeTimeToLive", error(501, "InternalFailure", "not implemented"));
    first("DescribeContinuousBackups", error(400, "UnknownOperationException", ""));
    Schema read = read();
    assertThat(read.notes())
        .hasSize(3)
        .contains(
            "tags: the endpoint does not tell (not you)",
            "TTL: the endpoint does not tell (not implemented)");
    assertThat(read.table().hasTags()).isFalse();
    assertThat(read.timeToLive()).isEmpty();
    assertThat(read.recovery()).isEmpty();
    assertThat(SchemaComparison.of(read, FullSchema.onDemand()).differences()).isEmpty();
  }

  @Test
  void brokenServiceIsAFailure() {
    first("DescribeTimeToLive", error(500, "InternalServerError", "later"));
    assertThatExceptionOfType(InternalServerErrorException.class).isThrownBy(this::read);
  }

  @Test
  void replicasAreNotPartOfIt() {
    String replicas = "{\"Table\": {\"Replicas\": [{\"RegionName\": \"eu-west-2\"}],";
    first("DescribeTable", Reply.of(TABLE.replace("{\"Table\": {", replicas)));
    assertThat(read().notes())
        .containsExactly("replicas: not part of the schema, which is of one region");
  }

  @Test
  void allButWarmThroughputIsSent() {
    assertThat(create()).isEmpty();
    String sent = "{\"CreateTable\":" + sent("CreateTable").replace("\"TableName\":\"users\",", "");
    Schema schema = Schema.parse("", sent + "}");
    assertThat(schema.table())
        .isEqualTo(SdkModels.without(FullSchema.onDemand().table(), "WarmThroughput"));
    assertThat(sent("UpdateContinuousBackups"))
        .contains("\"PointInTimeRecoveryEnabled\":true", "\"RecoveryPeriodInDays\":7");
    assertThat(operations).doesNotContain("UpdateTimeToLive");
  }

  @Test
  void newTableIsWaitedForWithItsIndexes() {
    first(
        "DescribeTable",
        error(400, "ResourceNotFoundException", "not yet"),
        Reply.of(TABLE.replace("\"TableStatus\": \"ACTIVE\"", "\"TableStatus\": \"CREATING\"")),
        Reply.of(TABLE.replace("\"IndexStatus\": \"ACTIVE\"", "\"IndexStatus\": \"CREATING\"")));
    first(
        "UpdateContinuousBackups",
        error(400, "ContinuousBackupsUnavailableException", "Backups are being enabled"));
    assertThat(create()).isEmpty();
    assertThat(operations)
        .startsWith(
            "CreateTable", "DescribeTable", "DescribeTable", "DescribeTable", "DescribeTable")
        .containsSubsequence("UpdateContinuousBackups", "UpdateContinuousBackups");
  }

  @Test
  void waitingCanBeInterrupted() {
    Thread.currentThread().interrupt();
    // The SDK says the other where it was about to look at the profiles' files again.
    assertThatThrownBy(this::create)
        .isInstanceOfAny(AbortedException.class, IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void extrasThatAreRefusedByNameAreLeftOut() {
    first(
        "CreateTable",
        refusal("Unsupported parameter: TableClass"),
        refusal("KMS validation error: no such key"),
        refusal("SSESpecification is not supported"),
        refusal("DeletionProtectionEnabled: no"),
        refusal("Streams are off here"),
        error(400, "AccessDeniedException", "not authorized to perform: dynamodb:TagResource"),
        refusal("Table read and write throughput must be at least 1"));
    assertThat(create())
        .startsWith(
            "table class: the endpoint refuses it (Unsupported parameter: TableClass)",
            "KMS key: arn:aws:kms:eu-west-1:111122223333:key/1 is not carried over (KMS validation"
                + " error: no such key), but the account's own key for DynamoDB is used",
            "encryption: the endpoint refuses it (SSESpecification is not supported)",
            "deletion protection: the endpoint refuses it (DeletionProtectionEnabled: no)",
            "stream: the endpoint refuses it (Streams are off here)",
            "tags: the endpoint refuses it (not authorized to perform: dynamodb:TagResource)",
            "on-demand limits: the endpoint refuses it (Table read and write throughput must be"
                + " at least 1)");
    assertThat(sent("CreateTable"))
        .contains("KeySchema", "byTenant", "bySense", "PAY_PER_REQUEST", "AttributeDefinitions")
        .doesNotContain("TableClass", "SSE", "Protection", "Stream", "Tags", "Throughput");
  }

  @Test
  void tagsThatComeLateAreSaid() {
    first("ListTagsOfResource", Reply.of("{\"Tags\": []}"));
    assertThat(create()).containsExactly("tags: sent, but the endpoint does not tell them yet");
  }

  @Test
  void keyOfAnotherRegionIsNotSent() {
    Schema there = Schema.parse("", FullSchema.ON_DEMAND.replace("kms:eu-west-1", "kms:us-east-1"));
    assertThat(Schemas.create(service.client(), "users", there))
        .containsExactly(
            "KMS key: arn:aws:kms:us-east-1:111122223333:key/1 is not carried over (it is not of"
                + " eu-west-1), but the account's own key for DynamoDB is used");
    assertThat(sent("CreateTable")).contains("\"SSEType\":\"KMS\"").doesNotContain("key/1");
  }

  @Test
  void keyThatMayNotBeUsedIsAFailure() {
    Reply denied = error(400, "AccessDeniedException", "KMS key access denied error: kms:Decrypt");
    first("CreateTable", denied);
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(this::create)
        .withMessageContaining("kms:Decrypt");
    first("CreateTable", denied);
    first("ListTables", Reply.of("{\"TableNames\":[\"other\"]}"));
    assertThatExceptionOfType(DynamoDbException.class).isThrownBy(this::create);
    assertThat(operations).doesNotContain("UpdateContinuousBackups");
  }

  @Test
  void keyOfAnotherAccountIsNotCarriedOver() {
    first("CreateTable", error(400, "AccessDeniedException", "KMS key access denied error"));
    first("ListTables", Reply.of("{\"TableNames\":[\"other\"]}"));
    String json = FullSchema.ON_DEMAND.replace("1:111122223333:key", "1:444455556666:key");
    assertThat(Schemas.create(service.client(), "users", Schema.parse("", json)))
        .containsExactly(
            "KMS key: arn:aws:kms:eu-west-1:444455556666:key/1 is not carried over (KMS key access"
                + " denied error), but the account's own key for DynamoDB is used");
    assertThat(sent("CreateTable")).contains("\"SSEType\":\"KMS\"").doesNotContain("key/1");
  }

  @Test
  void otherRefusalsAreFailures() {
    first("CreateTable", refusal("users: Too many hash keys"));
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(this::create)
        .withMessageContaining("Too many hash keys");
    first("CreateTable", error(500, "InternalServerError", "no tags now"));
    assertThatExceptionOfType(InternalServerErrorException.class).isThrownBy(this::create);
    assertThat(operations).containsExactly("CreateTable", "CreateTable");
  }

  @Test
  void timeToLiveIsEnabledOnce() {
    Schema schema = FullSchema.onDemand();
    assertThat(Schemas.enableTimeToLive(service.client(), "users", schema)).isEmpty();
    assertThat(operations).containsExactly("DescribeTimeToLive");
    first("DescribeTimeToLive", Reply.of(TTL.replace("ENABLING", "DISABLED").replace('\'', '"')));
    assertThat(Schemas.enableTimeToLive(service.client(), "users", schema)).isEmpty();
    assertThat(sent("UpdateTimeToLive"))
        .contains("\"TableName\":\"users\"", "\"AttributeName\":\"expires\"", "\"Enabled\":true");
    operations.clear();
    Schema none = new Schema(schema.table(), Optional.empty(), Optional.empty(), List.of());
    assertThat(Schemas.enableTimeToLive(service.client(), "users", none)).isEmpty();
    assertThat(operations).isEmpty();
  }

  @Test
  void timeToLiveOfSomebodyElseStays() {
    first("DescribeTimeToLive", Reply.of(TTL.replace("expires", "until").replace('\'', '"')));
    assertThat(Schemas.enableTimeToLive(service.client(), "users", FullSchema.onDemand()))
        .containsExactly("TTL: somebody has turned it on by `until` meanwhile, which stays");
    assertThat(operations).containsExactly("DescribeTimeToLive");
  }

  /** Another run has made the table: what that has done is not done again. */
  @Test
  void tableThatWasBegunIsCompleted() {
    Schema schema = FullSchema.onDemand();
    assertThat(Schemas.complete(service.client(), "users", schema, true)).isEmpty();
    assertThat(operations).contains("UpdateContinuousBackups").doesNotContain("CreateTable");
    operations.clear();
    assertThat(Schemas.complete(service.client(), "users", schema, false)).isEmpty();
    assertThat(operations).doesNotContain("UpdateContinuousBackups", "CreateTable");
  }
}
