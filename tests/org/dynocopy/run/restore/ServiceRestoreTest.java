package org.dynocopy.run.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.NotedRecord;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.Stores;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** On a DynamoDB Local in whose front stands what only the service has: backups and imports. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class ServiceRestoreTest {

  private static final Location HERE = Location.NOWHERE;
  private static final URI SERVER = TestServers.first();
  private static final String BACKUP =
      "arn:aws:dynamodb:us-east-1:111122223333:table/users/backup/01489602797149-73d8d5bc";
  private static final String EXPORT = "s3://acme/users/AWSDynamoDB/01489602797149-a1b2c3d4";
  private static final Pattern NEW_TABLE = Pattern.compile("\"(?:Target)?TableName\":\"([^\"]+)\"");

  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
          .with(
              List.of(
                  Environment.named("a")
                      .withEndpoint(Optional.of(SERVER))
                      .withRegion(Optional.of(TestServers.REGION))));

  @TempDir Path folder;

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> made = new ArrayList<>();
  private Runnable whileBackedUp = () -> {};
  private final FakeService service =
      new FakeService(
          this::answer, Apache5HttpClient.builder().proxyConfiguration(TestServers.DIRECT).build());
  private final Stores stores = service.stores();

  ServiceRestoreTest() {
    answers.put("ListBackups", "{'BackupSummaries':[]}");
    answers.put("CreateBackup", "{'BackupDetails':{'BackupArn':'" + BACKUP + "'}}");
    answers.put("DescribeBackup", backup("id"));
    answers.put("RestoreTableFromBackup", "{}");
    answers.put("ImportTable", "{'ImportTableDescription':{'ImportArn':'arn:import'}}");
    answers.put("DescribeImport", "{'ImportTableDescription':{'ImportStatus':'COMPLETED'}}");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private static String backup(String key) {
    return "{'BackupDescription':{'BackupDetails':{'BackupStatus':'AVAILABLE'},"
        + "'SourceTableDetails':{'ItemCount':60,'KeySchema':[{'AttributeName':'"
        + key
        + "','KeyType':'HASH'}]}}}";
  }

  private Reply answer(String operation, String body) {
    String json = answers.get(operation);
    if (json == null) {
      return null;
    }
    if (operation.equals("RestoreTableFromBackup") || operation.equals("ImportTable")) {
      Matcher name = NEW_TABLE.matcher(body);
      assertThat(name.find()).isTrue();
      make(name.group(1));
    }
    if (operation.equals("DescribeBackup")) {
      whileBackedUp.run();
    }
    int status = json.contains("__type") ? 400 : 200;
    return Reply.of(status, json.replace('\'', '"'));
  }

  private void make(String table) {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.createTable(
          r ->
              r.tableName(table)
                  .billingMode("PAY_PER_REQUEST")
                  .keySchema(k -> k.attributeName("id").keyType("HASH"))
                  .attributeDefinitions(a -> a.attributeName("id").attributeType("S")));
    }
    Tables.put(SERVER, table, users());
    made.add(table);
  }

  private static List<Map<String, AttributeValue>> users() {
    return IntStream.range(0, 60)
        .mapToObj(
            i -> Map.of("id", AttributeValue.fromS("u" + i), "n", AttributeValue.fromN("" + i)))
        .toList();
  }

  private static boolean exists(String table) {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      return client.listTablesPaginator().tableNames().stream().anyMatch(table::equals);
    }
  }

  private Job restore(String from, String to) {
    return new JobBuilder("restore", HERE)
        .restore(from, "a:" + to, Optional.of(folder.resolve("dead.jsonl")), ENVIRONMENTS);
  }

  private JobRun prepare(Job job) throws StoreException {
    return Jobs.prepare(job, stores, OutputStream.nullOutputStream());
  }

  private Report run(Job job) throws Exception {
    return prepare(job).run(Stages.QUIET);
  }

  @Test
  void newTableIsMadeByTheService() throws Exception {
    Report report = run(restore(BACKUP, "made-by-the-service"));
    assertThat(made).containsExactly("made-by-the-service");
    assertThat(report.notes())
        .containsExactly(
            "restored a:made-by-the-service from " + BACKUP, ServiceBackups.NOT_RESTORED);
  }

  @Test
  void existingTableGetsTheItemsByWayOfANewOne() throws Exception {
    for (String from : List.of(BACKUP, EXPORT)) {
      made.clear();
      String users = Tables.on(SERVER).key("id", "S").create();
      Report report = run(restore(from, users));
      assertThat(report.complete()).isTrue();
      assertThat(report.notes()).isEmpty();
      assertThat(TableComparison.items(SERVER, users)).hasSize(60);
      assertThat(made).singleElement().asString().startsWith(users + "-restore-");
      assertThat(exists(made.get(0))).isFalse();
    }
  }

  @Test
  void questionTellsHowManyItems() throws Exception {
    String users = Tables.on(SERVER).key("id", "S").create();
    assertThat(prepare(restore(BACKUP, users)).question(Stages.QUIET).orElseThrow().text())
        .startsWith("about 60 items will be restored into `a:" + users + "`, which has about 0;");
    assertThat(prepare(restore(EXPORT, users)).question(Stages.QUIET).orElseThrow().text())
        .startsWith("the export's items will be restored into");
  }

  @Test
  void otherKeysAreRefusedBeforeAnythingIsMade() {
    String users = Tables.on(SERVER).key("mail", "S").create();
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> prepare(restore(BACKUP, users)))
        .withMessage("`a:" + users + "` has the keys mail, but the backup has id");
    assertThat(made).isEmpty();
  }

  @Test
  void tableBetweenIsKeptUntilEveryItemIsWritten() throws Exception {
    String numbers = Tables.on(SERVER).key("id", "N").create();
    Report report = run(restore(BACKUP, numbers));
    assertThat(report.deadLetters()).isPositive();
    assertThat(exists(made.get(0))).isTrue();
    assertThat(report.notes())
        .containsExactly(
            "every item is in `a:" + made.get(0) + "`: copy what is missing, and delete it");
  }

  /** Of a backup the table is whole once it is there; of an import nothing says so. */
  @Test
  void nextTryTakesUpOrReplacesTheTableOnTheWay() throws Exception {
    for (String from : List.of(BACKUP, EXPORT)) {
      made.clear();
      String users = Tables.on(SERVER).key("id", "S").create();
      NotedRecord record = new NotedRecord();
      answers.put("BatchWriteItem", "{'__type':'x#AccessDeniedException','message':'You may not'}");
      Report stopped = prepare(restore(from, users)).run(record.stages());
      assertThat(stopped.complete()).isFalse();
      assertThat(stopped.notes())
          .containsExactly(
              "every item is in `a:" + made.get(0) + "`: the same command goes on with that table");
      answers.remove("BatchWriteItem");
      Report last = prepare(restore(from, users)).run(record.stages());
      assertThat(last.complete()).isTrue();
      assertThat(TableComparison.items(SERVER, users)).hasSize(60);
      assertThat(made).hasSize(from.equals(BACKUP) ? 1 : 2).containsOnly(made.get(0));
      assertThat(exists(made.get(0))).isFalse();
    }
  }

  @Test
  void tableBetweenThatCannotBeDeletedIsNamed() throws Exception {
    answers.put("DeleteTable", "{'__type':'x#AccessDeniedException','message':'You may not'}");
    String users = Tables.on(SERVER).key("id", "S").create();
    Report report = run(restore(BACKUP, users));
    assertThat(report.complete()).isTrue();
    assertThat(report.notes())
        .containsExactly(
            "delete `a:"
                + made.get(0)
                + "`, which was made on the way: a: DeleteTable: AccessDeniedException: You may"
                + " not");
  }

  @Test
  void missingTableIsNotMadeOfAnExport() {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> prepare(restore(EXPORT, "missing-table")))
        .withMessageContaining("make it first, by `schema clone`");
  }

  /** The service has no backups of parts. */
  @Test
  void onlyAWholeTableIsBackedUpByTheService() throws Exception {
    String users = Tables.on(SERVER).key("id", "S").create();
    Tables.put(SERVER, users, users());
    JobBuilder words = new JobBuilder("backup", HERE).from("a:" + users, HERE);
    assertThat(run(words.backup(Optional.empty(), ENVIRONMENTS)).notes())
        .containsExactly("backed up a:" + users + " as " + BACKUP);
    words.filter(new ServerFilter("n < :n", Map.of(), Map.of(":n", 10)), HERE);
    Report part = run(words.backup(Optional.empty(), ENVIRONMENTS));
    assertThat(part.outcome().counts().written()).isEqualTo(10);
    assertThat(part.notes()).singleElement().asString().endsWith(".jsonl.gz");
  }

  private Job replacement(String from, String to) {
    Tables.put(SERVER, from, users().subList(0, 30));
    Tables.put(SERVER, to, users().subList(20, 60));
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
    plan.from("a:" + from, HERE).to("a:" + to, HERE).replace(new Copy.Replace(false, true), HERE);
    return plan.build(ENVIRONMENTS);
  }

  @Test
  void replacedTableIsBackedUpByTheService() throws Exception {
    String from = Tables.on(SERVER).key("id", "S").create();
    String to = Tables.on(SERVER).key("id", "S").create();
    Report report = run(replacement(from, to));
    assertThat(report.notes()).containsExactly("the target was backed up as " + BACKUP);
    assertThat(TableComparison.of(SERVER, from, SERVER, to).isSame()).isTrue();
  }

  /** The backup has it as it was before. */
  @Test
  void itemThatChangesWhileTheServiceBacksUpStays() throws Exception {
    String from = Tables.on(SERVER).key("id", "S").create();
    String to = Tables.on(SERVER).key("id", "S").create();
    Map<String, AttributeValue> changed =
        Map.of("id", AttributeValue.fromS("u50"), "n", AttributeValue.fromN("-1"));
    whileBackedUp = () -> Tables.put(SERVER, to, List.of(changed));
    Report report = run(replacement(from, to));
    assertThat(report.outcome().counts().spared()).isEqualTo(1);
    assertThat(TableComparison.items(SERVER, to).values()).hasSize(31).contains(changed);
  }

  @Test
  void whereNoBackupCanBeMadeAReplacementChangesNothing() throws Exception {
    String from = Tables.on(SERVER).key("id", "S").create();
    String to = Tables.on(SERVER).key("id", "S").create();
    answers.put("ListBackups", "{'__type':'x#AccessDeniedException','message':'You may not'}");
    answers.put("CreateBackup", "{'__type':'x#UnknownOperationException','message':'What?'}");
    assertThat(run(replacement(from, to)).notes())
        .containsExactly("nothing was written or removed: the target is not backed up");
    assertThat(TableComparison.items(SERVER, to)).hasSize(40);
  }
}
