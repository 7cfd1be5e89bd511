package org.dynocopy.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.SchemaDiff;
import org.dynocopy.store.Stores;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.Schemas;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Backs tables of one server up to files, and restores them on another. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class BackupRestoreTest {

  private static final Location HERE = Location.NOWHERE;
  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final int ITEMS = 300;

  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
          .with(
              List.of(
                  environment("a", TestServers.first()), environment("b", TestServers.second())));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("users.jsonl.gz");
  }

  private static Environment environment(String name, URI server) {
    return Environment.named(name)
        .withEndpoint(Optional.of(server))
        .withRegion(Optional.of(TestServers.REGION));
  }

  private static JobRun prepare(Job job, Stores stores) throws Exception {
    return Jobs.prepare(job, stores, OutputStream.nullOutputStream());
  }

  private static Report run(Job job) throws Exception {
    try (Stores stores = new DefaultStores()) {
      Report report = prepare(job, stores).run(Stages.QUIET);
      assertThat(report.complete()).isTrue();
      assertThat(report.deadLetters()).isZero();
      return report;
    }
  }

  private static Job backup(String from, Path to) {
    return new JobBuilder("backup", HERE)
        .from(from, HERE)
        .backup(Optional.of("file:" + to), ENVIRONMENTS);
  }

  private static Job restore(Path from, String to) {
    return new JobBuilder("restore", HERE)
        .restore("file:" + from, to, Optional.empty(), ENVIRONMENTS);
  }

  /** Looks at it only: what is refused here is refused before anything is written. */
  private static AbstractStringAssert<?> assertRefused(Job job) {
    return assertRefused(
        () -> {
          try (Stores stores = new DefaultStores()) {
            prepare(job, stores);
          }
        });
  }

  private static AbstractStringAssert<?> assertRefused(ThrowingCallable call) {
    return assertThat(
        assertThatExceptionOfType(InvalidJobException.class)
            .isThrownBy(call)
            .actual()
            .getMessage());
  }

  /** Makes a table with indexes, TTL and items of every type. */
  private static String users() {
    URI server = TestServers.first();
    String table =
        Tables.on(server)
            .key("id", "S")
            .key("at", "N")
            .gsi("byMail", ALL, "mail", "at")
            .lsi("byName", ALL, "id", "name")
            .create();
    try (DynamoDbClient client = TestServers.client(server)) {
      client.updateTimeToLive(
          r ->
              r.tableName(table)
                  .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
    }
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, ITEMS).mapToObj(BackupRestoreTest::user).toList();
    Tables.put(server, table, items);
    return table;
  }

  private static Map<String, AttributeValue> user(int i) {
    return Map.of(
        "id", AttributeValue.fromS("u" + i % 7),
        "at", AttributeValue.fromN(i + ".5"),
        "mail", AttributeValue.fromS("\"Item\":{}\n😀" + i),
        "amount", AttributeValue.fromN("1234567890123456789012345678901234567." + i % 10),
        "list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))),
        "numbers", AttributeValue.fromNs(List.of("1", "2.5", "" + (3 + i))));
  }

  private static Schema schema(URI server, String table) {
    try (DynamoDbClient client = TestServers.client(server)) {
      return Schemas.read(client, table);
    }
  }

  private static boolean exists(URI server, String table) {
    try (DynamoDbClient client = TestServers.client(server)) {
      return client.listTablesPaginator().tableNames().stream().anyMatch(table::equals);
    }
  }

  private static void assertSame(String table, String restored) {
    TableComparison compared =
        TableComparison.of(TestServers.first(), table, TestServers.second(), restored);
    assertThat(compared.isSame()).as(compared.toString()).isTrue();
    assertThat(compared.same()).isEqualTo(ITEMS);
  }

  @Test
  void restoredTableIsAsTheOneThatWasBackedUp() throws Exception {
    String users = users();
    assertThat(run(backup("a:" + users, file)).notes())
        .containsExactly("backed up a:" + users + " to " + file);
    Job restore = restore(file, "b:restored-" + users);
    try (Stores stores = new DefaultStores()) {
      JobRun prepared = prepare(restore, stores);
      assertThat(prepared.question(Stages.QUIET)).isEmpty();
      assertThat(prepared.run(Stages.QUIET).outcome().counts().written()).isEqualTo(ITEMS);
    }
    assertSame(users, "restored-" + users);
    SchemaDiff diff =
        schema(TestServers.first(), users).diff(schema(TestServers.second(), "restored-" + users));
    assertThat(diff.differences()).isEmpty();
    assertThat(schema(TestServers.second(), "restored-" + users).timeToLive().orElseThrow())
        .matches(ttl -> ttl.enabled() && ttl.attributeName().equals("expires"));
  }

  /** Else items that were to be restored expire before they are all there. */
  /** It was killed between the manifest and the last step: the same job pays for nothing twice. */
  @Test
  void backupOfAKilledRunIsFinishedByTheSameJob() throws Exception {
    String users = users();
    run(backup("a:" + users, file));
    Path part = PrivateFiles.part(file);
    Files.move(file, part);
    Files.writeString(LockFile.beside(part), " (process 1)");
    Report again = run(backup("a:" + users, file));
    assertThat(again.notes()).singleElement().asString().endsWith("killed before it ended");
    assertThat(again.stages()).isEmpty();
    assertThat(LockFile.beside(part)).doesNotExist();
    run(restore(file, "b:restored-" + users));
    assertSame(users, "restored-" + users);
    assertThatThrownBy(() -> run(backup("a:" + users, file)))
        .hasMessageContaining("is there already");
  }

  @Test
  void restoreThatIsStoppedLeavesTimeToLiveOff() throws Exception {
    String users = users();
    run(backup("a:" + users, file));
    String restored = "stopped-" + users;
    try (FaultProxy denied =
            new FaultProxy(
                TestServers.second(),
                (operation, number) ->
                    operation.equals("BatchWriteItem") ? Fault.DENIED : Fault.NONE);
        Stores stores = new DefaultStores()) {
      Environments environments =
          new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
              .with(List.of(environment("b", denied.endpoint())));
      Job restore =
          new JobBuilder("restore", HERE)
              .restore("file:" + file, "b:" + restored, Optional.empty(), environments);
      assertThat(prepare(restore, stores).run(Stages.QUIET).complete()).isFalse();
    }
    assertThat(schema(TestServers.second(), restored).timeToLive().filter(ttl -> ttl.enabled()))
        .isEmpty();
    run(restore(file, "b:" + restored));
    assertThat(schema(TestServers.second(), restored).timeToLive().orElseThrow().enabled())
        .isTrue();
  }

  @Test
  void existingItemsAreOverwrittenAndOthersStay() throws Exception {
    String users = users();
    run(backup("a:" + users, file));
    String there = Tables.on(TestServers.second()).key("id", "S").key("at", "N").create();
    Map<String, AttributeValue> old =
        Map.of("id", AttributeValue.fromS("u3"), "at", AttributeValue.fromN("3.5"));
    Map<String, AttributeValue> other =
        Map.of("id", AttributeValue.fromS("other"), "at", AttributeValue.fromN("1"));
    Tables.put(TestServers.second(), there, List.of(old, other));
    try (Stores stores = new DefaultStores()) {
      JobRun prepared = prepare(restore(file, "b:" + there), stores);
      assertThat(prepared.question(Stages.QUIET).orElseThrow())
          .isEqualTo(
              new JobRun.Question(
                  "300 items will be restored into `b:"
                      + there
                      + "`, which has about 2; those with the same keys will be overwritten.",
                  true));
      assertThat(prepared.run(Stages.QUIET).complete()).isTrue();
    }
    TableComparison compared =
        TableComparison.of(TestServers.first(), users, TestServers.second(), there);
    assertThat(compared.same()).isEqualTo(ITEMS);
    assertThat(compared.extra()).hasSize(1);
  }

  @Test
  void serverWithoutBackupsIsBackedUpToAFile() throws Exception {
    String users = users();
    Job backup =
        new JobBuilder("backup", HERE)
            .from("a:" + users, HERE)
            .backup(Optional.empty(), ENVIRONMENTS);
    String note = run(backup).notes().get(0);
    assertThat(note)
        .startsWith("backed up a:" + users + " to " + WorkingFolder.file("backup-" + users));
    Path made = Path.of(note.replaceFirst(".* to ", ""));
    run(restore(made, "b:fallen-back-" + users));
    assertSame(users, "fallen-back-" + users);
    Files.delete(made);
    Files.delete(Path.of(made.toString().replace(".jsonl.gz", ".schema.json")));
  }

  @Test
  void fileThatIsCutOffChangesNothing() throws Exception {
    String users = users();
    run(backup("a:" + users, file));
    byte[] whole = Files.readAllBytes(file);
    for (int length : List.of(0, whole.length / 2, whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(restore(file, "b:cut-off-" + users)).contains("cut off");
    }
    assertThat(exists(TestServers.second(), "cut-off-" + users)).isFalse();
  }

  @Test
  void existingFileIsNotWrittenOver() throws Exception {
    Files.writeString(file, "precious");
    assertRefused(backup("a:" + users(), file)).contains("users.jsonl.gz");
    assertThat(file).hasContent("precious");
  }

  @Test
  void exportOfDynamoDbIsRestored() throws Exception {
    Path data = Files.createDirectories(folder.resolve("0123-abcd/data"));
    for (int i = 0; i < 3; i++) {
      String lines =
          String.format(
              "{\"Item\":{\"id\":{\"S\":\"a%d\"}}}\n{\"Item\":{\"id\":{\"S\":\"b%d\"}}}\n", i, i);
      Files.write(data.resolve(i + ".json.gz"), gzip(lines));
    }
    Files.write(data.resolve("empty.json.gz"), gzip(""));
    Path export = data.getParent();
    Files.writeString(export.resolve("manifest-summary.json"), "{\"itemCount\":6}");
    String there = Tables.on(TestServers.second()).key("id", "S").create();
    run(restore(export, "b:" + there));
    assertThat(TableComparison.items(TestServers.second(), there)).hasSize(6);
    assertRefused(restore(export, "b:missing-" + there))
        .contains("there is no table `b:missing-" + there + "`", "`schema clone`");
    Files.writeString(export.resolve("manifest-summary.json"), "{\"itemCount\":7}");
    assertRefused(restore(export, "b:" + there)).contains("cut off after 6 items");
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void tableIsNotMadeOfAFileWithoutASchema() throws Exception {
    Files.write(file, gzip("{\"Item\":{\"id\":{\"S\":\"a\"}}}\n"));
    assertRefused(restore(file, "b:unknown-table"))
        .isEqualTo(
            "there is no table `b:unknown-table`, and nothing beside `"
                + file
                + "` says how to make it: make it first, by `schema clone`");
    assertThat(exists(TestServers.second(), "unknown-table")).isFalse();
  }

  @Test
  void otherKeysAreRefusedBeforeAnythingIsWritten() throws Exception {
    run(backup("a:" + users(), file));
    String there = Tables.on(TestServers.second()).key("mail", "S").key("when", "N").create();
    assertRefused(restore(file, "b:" + there)).contains("users.jsonl.gz:1", "when");
    assertThat(TableComparison.items(TestServers.second(), there)).isEmpty();
  }

  /** Each item would be a dead letter there. */
  @Test
  void tableThatWasMadeMeanwhileWithOtherKeysIsRefused() throws Exception {
    String users = users();
    run(backup("a:" + users, file));
    String late = "late-" + users;
    try (Stores stores = new DefaultStores();
        DynamoDbClient client = TestServers.client(TestServers.second())) {
      JobRun prepared = prepare(restore(file, "b:" + late), stores);
      client.createTable(
          r ->
              r.tableName(late)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("other").keyType(KeyType.HASH))
                  .attributeDefinitions(d -> d.attributeName("other").attributeType("S")));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> prepared.run(Stages.QUIET))
          .withMessageContaining("`b:" + late + "` was made meanwhile with other keys: [other]");
    }
    assertThat(TableComparison.items(TestServers.second(), late, 1)).isEmpty();
  }

  @Test
  void serviceTakesWholeTablesAndOneExport() {
    ServerFilter some = new ServerFilter("a = :b", Map.of(), Map.of(":b", 1));
    JobBuilder part = new JobBuilder("backup", HERE).from("a:users", HERE).filter(some, HERE);
    assertRefused(() -> part.backup(Optional.of("s3://acme/users"), ENVIRONMENTS))
        .contains("whole tables only");
    assertRefused(
            new JobBuilder("restore", HERE)
                .restore("s3://acme/users", "b:users", Optional.empty(), ENVIRONMENTS))
        .contains("`s3://acme/users` is not one full export");
  }
}
