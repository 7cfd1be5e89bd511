package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.ServiceExports;
import org.dynocopy.store.Table;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.client.Poller;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;

/** Against answers as DynamoDB gives them, and servers for tests, which have no backups. */
class ServiceBackupsTest {

  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/users";
  private static final String BACKUP = TABLE + "/backup/01489602797149-73d8d5bc";
  private static final String EXPORT = TABLE + "/export/01489602797149-a1b2c3d4";
  private static final String IMPORT = TABLE + "/import/01489602797149-f0e1d2c3";
  private static final String ONE = "acme/users/AWSDynamoDB/01489602797149-a1b2c3d4";

  private static final Environment PROD =
      Environment.named("prod")
          .withEndpoint(Optional.of(FakeService.ENDPOINT))
          .withRegion(Optional.of("eu-west-1"));
  private static final TableRef USERS = new TableRef(PROD, "users", "prod:users");

  private final Map<String, Deque<Reply>> answers = new HashMap<>();
  private final List<String> operations = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final FakeService service = new FakeService((operation, body) -> answer(operation));
  private final Connections connections = service.connections();
  private final Poller waiting = waiting(Duration.ofMinutes(1));
  private final ServiceBackups backups = new OnDemandBackups(connections, waiting);
  private final ServiceExports exports = new S3Exports(connections, waiting);

  private Poller waiting(Duration limit) {
    Duration pause = Duration.ofMillis(1);
    return new Poller(new Poller.Pace(pause, pause, Duration.ofSeconds(30), limit), said::add);
  }

  /** The last answer to an operation is given again and again. */
  private Reply answer(String operation) {
    operations.add(operation);
    Deque<Reply> replies = answers.get(operation);
    assertThat(replies).as(operation).isNotNull();
    return replies.size() == 1 ? replies.peek() : replies.remove();
  }

  private void answers(String operation, Reply... replies) {
    answers.put(operation, new ArrayDeque<>(List.of(replies)));
  }

  private void answers(String operation, String... json) {
    answers(operation, Arrays.stream(json).map(ServiceBackupsTest::reply).toArray(Reply[]::new));
  }

  private static Reply reply(String json) {
    return Reply.of(json.replace('\'', '"'));
  }

  private static Reply error(String code, String message) {
    String type = "com.amazonaws.dynamodb.v20120810#" + code;
    return Reply.of(400, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }

  private String sent(String operation) {
    return service.requests.get(operations.lastIndexOf(operation));
  }

  private static AbstractStringAssert<?> assertRefused(ThrowingCallable call) {
    StoreException e = assertThatExceptionOfType(StoreException.class).isThrownBy(call).actual();
    assertThat(e.kind()).isEqualTo(Kind.REFUSED);
    return assertThat(e.getMessage());
  }

  private static String table(String status) {
    return ("{'Table':{'TableName':'users','TableStatus':'" + status + "','TableArn':'" + TABLE)
        + "','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
        + "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}]}}";
  }

  private Table users() throws StoreException {
    answers("DescribeTable", table("ACTIVE"));
    return DynamoTable.open(USERS, Location.NOWHERE, connections, "");
  }

  private static String backup(String status) {
    return "{'BackupDescription':{'BackupDetails':{'BackupArn':'"
        + BACKUP
        + "','BackupStatus':'"
        + status
        + "'},'SourceTableDetails':{'ItemCount':7,'KeySchema':["
        + "{'AttributeName':'id','KeyType':'HASH'},{'AttributeName':'at','KeyType':'RANGE'}]}}}";
  }

  private void createsBackup() {
    answers(
        "CreateBackup",
        "{'BackupDetails':{'BackupArn':'" + BACKUP + "','BackupStatus':'CREATING'}}");
  }

  @Test
  void backupIsWaitedFor() throws Exception {
    createsBackup();
    answers("DescribeBackup", backup("CREATING"), backup("CREATING"), backup("AVAILABLE"));
    assertThat(backups.create(users(), "one", false)).contains(BACKUP);
    assertThat(operations)
        .containsExactly(
            "DescribeTable", "CreateBackup", "DescribeBackup", "DescribeBackup", "DescribeBackup");
    assertThat(sent("CreateBackup")).isEqualTo("{\"TableName\":\"users\",\"BackupName\":\"one\"}");
    assertThat(said).containsExactly("waiting for the backup " + BACKUP);
  }

  /** A run that was killed may have begun it, or may not have. */
  @Test
  void backupThatWasBegunIsWaitedForAndNotMadeTwice() throws Exception {
    answers(
        "ListBackups",
        "{'BackupSummaries':[{'BackupName':'other','BackupArn':'no'},{'BackupName':'one','BackupArn':'"
            + BACKUP
            + "'}]}",
        "{'BackupSummaries':[]}");
    answers("DescribeBackup", backup("CREATING"), backup("AVAILABLE"), backup("AVAILABLE"));
    assertThat(backups.create(users(), "one", true)).contains(BACKUP);
    assertThat(operations)
        .containsExactly("DescribeTable", "ListBackups", "DescribeBackup", "DescribeBackup");
    createsBackup();
    assertThat(backups.create(users(), "one", true)).contains(BACKUP);
    assertThat(operations).contains("CreateBackup");
  }

  @Test
  void backupThatFailsIsAFailure() throws Exception {
    Table users = users();
    for (String code :
        List.of(
            "AccessDeniedException",
            "ContinuousBackupsUnavailableException",
            "BackupInUseException")) {
      answers("CreateBackup", error(code, "Not now"));
      assertRefused(() -> backups.create(users, "one", false))
          .isEqualTo("prod: CreateBackup: " + code + ": Not now");
    }
    createsBackup();
    answers("DescribeBackup", backup("DELETED"));
    assertRefused(() -> backups.create(users, "one", false))
        .isEqualTo("prod: the backup " + BACKUP + " is DELETED");
  }

  @Test
  void backupThatCannotBeFollowedIsNamed() throws Exception {
    Table users = users();
    createsBackup();
    answers("DescribeBackup", error("AccessDeniedException", "You may not look."));
    assertRefused(() -> backups.create(users, "one", false))
        .startsWith("prod: DescribeBackup: AccessDeniedException: You may not look.")
        .endsWith("; the service may go on with the backup " + BACKUP);
  }

  @Test
  void waitingOutlivesAServiceThatIsNotWell() throws Exception {
    createsBackup();
    answers(
        "DescribeBackup",
        reply(backup("CREATING")),
        error("RequestTimeTooSkewed", "A laptop slept"),
        reply(backup("AVAILABLE")));
    assertThat(backups.create(users(), "one", false)).contains(BACKUP);
  }

  @Test
  void waitingEnds() throws Exception {
    Table users = users();
    createsBackup();
    answers("DescribeBackup", backup("CREATING"));
    ServiceBackups hasty = new OnDemandBackups(connections, waiting(Duration.ZERO));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> hasty.create(users, "one", false))
        .withMessage("not done after 0 h; the service may go on with the backup " + BACKUP);
  }

  @Test
  void waitingCanBeInterrupted() throws Exception {
    Table users = users();
    createsBackup();
    answers("DescribeBackup", backup("CREATING"));
    Poller interrupting =
        new Poller(
            Poller.Pace.DEFAULT,
            sentence -> {
              said.add(sentence);
              Thread.currentThread().interrupt();
            });
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(
            () -> new OnDemandBackups(connections, interrupting).create(users, "one", false))
        .isInstanceOf(InterruptedException.class);
    assertThat(said).containsExactly("waiting for the backup " + BACKUP);
  }

  @Test
  void backupSaysWhatIsInIt() throws Exception {
    answers("DescribeBackup", backup("AVAILABLE"));
    assertThat(backups.look(BACKUP, USERS))
        .isEqualTo(new ServiceBackups.Contents(List.of("id", "at"), 7));
    answers("DescribeBackup", backup("CREATING"));
    assertRefused(() -> backups.look(BACKUP, USERS)).contains("is CREATING");
    answers("DescribeBackup", error("BackupNotFoundException", "Backup not found: " + BACKUP));
    assertRefused(() -> backups.look(BACKUP, USERS)).contains("Backup not found: " + BACKUP);
  }

  @Test
  void restoredTableIsWaitedFor() throws Exception {
    answers("RestoreTableFromBackup", "{}");
    answers(
        "DescribeTable",
        error("ResourceNotFoundException", "Not yet"),
        reply(table("CREATING")),
        reply(table("ACTIVE")));
    TableRef arn = new TableRef(PROD, TABLE, TABLE);
    backups.restore(BACKUP, arn, false);
    assertThat(sent("RestoreTableFromBackup"))
        .isEqualTo("{\"TargetTableName\":\"users\",\"BackupArn\":\"" + BACKUP + "\"}");
    assertThat(operations).hasSize(4);
  }

  @Test
  void restoreThatFailsIsAFailure() {
    String other = "Backup ARN is of another region";
    answers("RestoreTableFromBackup", error("ValidationException", other));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> backups.restore(BACKUP, USERS, false))
        .withMessage("prod: RestoreTableFromBackup: ValidationException: " + other);
    answers("RestoreTableFromBackup", "{}");
    answers("DescribeTable", table("INACCESSIBLE_ENCRYPTION_CREDENTIALS"));
    assertRefused(() -> backups.restore(BACKUP, USERS, false))
        .isEqualTo("the new table `prod:users` is INACCESSIBLE_ENCRYPTION_CREDENTIALS");
  }

  @Test
  void droppedTableIsGone() throws Exception {
    answers("DeleteTable", "{}");
    answers(
        "DescribeTable",
        reply(table("DELETING")),
        reply(table("DELETING")),
        error("ResourceNotFoundException", "gone"));
    backups.drop(USERS);
    assertThat(operations).hasSize(4);
    answers("DeleteTable", error("AccessDeniedException", "You may not."));
    assertRefused(() -> backups.drop(USERS))
        .isEqualTo("prod: DeleteTable: AccessDeniedException: You may not.");
  }

  private static String export(String rest) {
    return "{'ExportDescription':{'ExportArn':'" + EXPORT + "','ExportStatus':" + rest + "}}";
  }

  @Test
  void exportSaysWhereItIs() throws Exception {
    answers("ExportTableToPointInTime", export("'IN_PROGRESS'"));
    answers("DescribeExport", export("'IN_PROGRESS'"), export("'COMPLETED','ItemCount':1234567"));
    assertThat(exports.export(users(), "acme/users/", "token"))
        .isEqualTo("exported 1,234,567 items of users to s3://" + ONE);
    assertThat(sent("ExportTableToPointInTime"))
        .contains(
            "\"TableArn\":\"" + TABLE + "\"",
            "\"S3Bucket\":\"acme\"",
            "\"S3Prefix\":\"users\"",
            "\"ExportFormat\":\"DYNAMODB_JSON\"");
    assertThat(exports.export(users(), "acme", "token"))
        .endsWith("s3://" + ONE.replace("/users", ""));
    assertThat(sent("ExportTableToPointInTime")).doesNotContain("S3Prefix");
    assertThat(said).hasSize(2).contains("waiting for the export " + EXPORT);
  }

  @Test
  void exportThatFailsIsAFailure() throws Exception {
    Table users = users();
    answers("ExportTableToPointInTime", export("'IN_PROGRESS'"));
    answers(
        "DescribeExport",
        export("'FAILED','FailureCode':'S3NoSuchBucket','FailureMessage':'No bucket'"));
    assertRefused(() -> exports.export(users, "acme/users", "token"))
        .isEqualTo("prod: the export " + EXPORT + " is FAILED (S3NoSuchBucket: No bucket)");
  }

  @Test
  void exportNeedsPointInTimeRecovery() throws Exception {
    Table users = users();
    answers(
        "ExportTableToPointInTime",
        error("PointInTimeRecoveryUnavailableException", "Point in time recovery is not enabled"));
    assertRefused(() -> exports.export(users, "acme/users", "token"))
        .contains(
            "aws dynamodb update-continuous-backups --table-name users"
                + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
            "or back up to `file:`");
  }

  @Test
  void onlyOneFullExportIsImported() {
    assertThat(List.of(ONE, ONE + "/", ONE + "/data", ONE + "/data/", ONE.replace("/users", "")))
        .allMatch(place -> new S3Ref(place).isExport());
    assertThat(List.of("acme", "acme/users", "acme/users/AWSDynamoDB/", "acme/AWSDynamoDB/data/"))
        .noneMatch(place -> new S3Ref(place).isExport());
  }

  private static Schema schema() {
    return Schema.parse(
        "",
        """
        {"CreateTable": {
          "AttributeDefinitions": [
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "mail", "AttributeType": "S"},
            {"AttributeName": "day", "AttributeType": "N"}],
          "KeySchema": [
            {"AttributeName": "id", "KeyType": "HASH"},
            {"AttributeName": "day", "KeyType": "RANGE"}],
          "LocalSecondaryIndexes": [{
            "IndexName": "byMail",
            "KeySchema": [
              {"AttributeName": "id", "KeyType": "HASH"},
              {"AttributeName": "mail", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "ALL"}}],
          "BillingMode": "PROVISIONED",
          "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
          "SSESpecification": {"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": "key"}}}
        """);
  }

  private static String imported(String rest) {
    return ("{'ImportTableDescription':{'ImportArn':'" + IMPORT)
        + ("','CloudWatchLogGroupArn':'arn:aws:logs:group','ImportStatus':" + rest + "}}");
  }

  private void imports(String place) throws Exception {
    exports.importFrom(place, USERS, schema());
  }

  @Test
  void importMakesATableToReadOnce() throws Exception {
    answers("ImportTable", imported("'IN_PROGRESS'"));
    for (String place : List.of(ONE, ONE + "/data/")) {
      answers(
          "DescribeImport",
          imported("'IN_PROGRESS'"),
          imported("'COMPLETED','ProcessedItemCount':7,'ImportedItemCount':7,'ErrorCount':0"));
      imports(place);
      assertThat(sent("ImportTable"))
          .contains(
              "\"S3KeyPrefix\":\"users/AWSDynamoDB/01489602797149-a1b2c3d4/data/\"",
              "\"S3Bucket\":\"acme\"",
              "\"InputFormat\":\"DYNAMODB_JSON\"",
              "\"InputCompressionType\":\"GZIP\"",
              "\"TableName\":\"users\"",
              "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},"
                  + "{\"AttributeName\":\"day\",\"KeyType\":\"RANGE\"}]",
              "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"},"
                  + "{\"AttributeName\":\"day\",\"AttributeType\":\"N\"}]",
              "\"BillingMode\":\"PAY_PER_REQUEST\"",
              "\"KMSMasterKeyId\":\"key\"")
          .doesNotContain("Index", "Throughput", "mail");
    }
    assertThat(said)
        .first()
        .isEqualTo("waiting for the new table `prod:users`, the import " + IMPORT);
  }

  @Test
  void importThatLosesItemsIsAFailure() {
    answers("ImportTable", imported("'IN_PROGRESS'"));
    answers(
        "DescribeImport",
        imported("'COMPLETED','ProcessedItemCount':1007,'ImportedItemCount':1005,'ErrorCount':2"));
    assertRefused(() -> imports(ONE))
        .isEqualTo(
            "prod: the import "
                + IMPORT
                + " is COMPLETED; of 1,007 items 1,005 are in `prod:users`, with 2 errors: see the"
                + " log group arn:aws:logs:group. Delete the table");
    answers(
        "DescribeImport",
        imported("'CANCELLING'"),
        imported(
            "'FAILED','FailureCode':'ItemValidationError','FailureMessage':'Too many','"
                + "ProcessedItemCount':9,'ImportedItemCount':0,'ErrorCount':9"));
    assertRefused(() -> imports(ONE)).contains("is FAILED (ItemValidationError: Too many); of 9");
  }

  @Test
  void serversForTestsHaveNoBackups() throws Exception {
    for (URI server : List.of(TestServers.first(), TestServers.dynalite())) {
      Environment test =
          PROD.withEndpoint(Optional.of(server)).withRegion(Optional.of(TestServers.REGION));
      String name = org.dynocopy.testing.servers.Tables.on(server).key("id", "S").create();
      TableRef table = new TableRef(test, name, "test:" + name);
      try (Connections real = new Connections()) {
        Table open = DynamoTable.open(table, Location.NOWHERE, real, "");
        ServiceBackups backups = new OnDemandBackups(real, waiting);
        ServiceExports exports = new S3Exports(real, waiting);
        assertThat(backups.create(open, "one", false)).isEmpty();
        assertRefused(() -> exports.export(open, "acme", "token"))
            .contains("no exports: use `file:`");
        assertRefused(() -> exports.importFrom(ONE, table, open.schema()))
            .contains("no imports: use `file:`");
        assertRefused(() -> backups.look(BACKUP, table)).contains("no backups: use `file:`");
        backups.drop(table);
        assertThat(DynamoTable.find(table, real)).isEmpty();
      }
    }
  }
}
