package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.dynocopy.cli.Cli;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** A table is dropped and made anew while a job is at it. */
class LostTableTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 5;

  @TempDir private Path folder;
  private String source;
  private String target;

  @BeforeEach
  void makeTables() {
    source = Tables.on(SERVER).key("id", "S").create();
    target = Tables.on(SERVER).key("id", "S").create();
    Tables.fill(SERVER, source, ITEMS);
    Tables.fill(SERVER, target, ITEMS + 1);
  }

  /** Runs a job in the midst of which a table is made anew: before the second of these requests. */
  private Cli.Result run(String job, String operation, String lost) throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    // No request finds the table between its two lives.
    ReadWriteLock table = new ReentrantReadWriteLock();
    FaultProxy.Faults faults =
        (asked, number) ->
            request -> {
              if (asked.equals(operation) && number > 1 && done.compareAndSet(false, true)) {
                table.writeLock().lock();
                remake(lost);
                table.writeLock().unlock();
              }
              table.readLock().lock();
              try {
                Fault.NONE.happen(request);
              } finally {
                table.readLock().unlock();
              }
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Path recipe = folder.resolve("recipe.groovy");
      Files.writeString(
          recipe,
          """
          env("l") { endpoint "%s"; region "%s"; credentials "local", "local" }
          %s
          """
              .formatted(
                  proxy.endpoint(),
                  TestServers.REGION,
                  job.replace("SOURCE", "\"l:" + source + "\"")
                      .replace("TARGET", "\"l:" + target + "\"")
                      .replace("FILE", "\"file:" + folder.resolve("b.jsonl.gz") + "\"")));
      Cli.Result result = Cli.run(recipe.toString(), "--yes");
      assertThat(done).as(result.err()).isTrue();
      return result;
    }
  }

  private static void remake(String table) {
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.deleteTable(r -> r.tableName(table));
      client.createTable(
          r ->
              r.tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(d -> d.attributeName("id").attributeType("S")));
    }
  }

  /** It may be someone else's, whose items would expire. */
  @Test
  void tableThatIsNotTheOneThatWasMadeGetsNoTimeToLive() throws Exception {
    Tables.fill(SERVER, source, 60);
    target = "made-" + source;
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTimeToLive(
          r ->
              r.tableName(source)
                  .timeToLiveSpecification(t -> t.attributeName("ends").enabled(true)));
      Cli.Result result =
          run("copy { from SOURCE; to TARGET; createTarget() }", "BatchWriteItem", target);
      assertThat(result.err()).contains("no time to live was set: the table `" + target + "` was");
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(
              client
                  .describeTimeToLive(r -> r.tableName(target))
                  .timeToLiveDescription()
                  .timeToLiveStatus())
          .isEqualTo(TimeToLiveStatus.DISABLED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tableThatIsBeingDeletedIsRefused(boolean asSource) throws Exception {
    FaultProxy.Faults deleting =
        (operation, number) ->
            request -> {
              HttpResponse<byte[]> answer = request.forward(request.body());
              String told = new String(answer.body(), StandardCharsets.UTF_8);
              String changed = told.replace("\"ACTIVE\"", "\"DELETING\"");
              request.answer(answer.statusCode(), changed.getBytes(StandardCharsets.UTF_8));
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, deleting)) {
      Copy copy =
          Copying.plan(
              asSource ? proxy.endpoint() : SERVER,
              source,
              asSource ? SERVER : proxy.endpoint(),
              target,
              words -> {});
      assertThatThrownBy(() -> Copying.report(copy))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining(
              "`" + (asSource ? source : target) + "` cannot be used now: it is DELETING");
    }
    assertThat(TableComparison.items(SERVER, target, 1)).hasSize(ITEMS + 1);
  }

  /** All items are settled by then, but the job is incomplete, and a note names the table. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tableThatIsDeletedAtTheEndIsNoticed(boolean asSource) throws Exception {
    String lost = asSource ? source : target;
    AtomicBoolean written = new AtomicBoolean();
    FaultProxy.Faults deleted =
        (operation, number) ->
            request -> {
              written.compareAndSet(false, operation.equals("BatchWriteItem"));
              boolean of = new String(request.body(), StandardCharsets.UTF_8).contains(lost);
              if (operation.equals("DescribeTable") && of && written.get()) {
                request.error(400, "ResourceNotFoundException", "Requested resource not found");
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, deleted)) {
      Copy copy = Copying.plan(proxy.endpoint(), source, proxy.endpoint(), target, words -> {});
      Report report;
      try (Stores stores = new DefaultStores()) {
        report =
            Jobs.run(
                Jobs.prepare(copy, stores, OutputStream.nullOutputStream()), stores, Stages.QUIET);
      }
      assertThat(report.complete()).isFalse();
      assertThat(report.outcome().complete()).isTrue();
      assertThat(report.notes()).contains("the table `" + lost + "` was deleted while this ran");
    }
  }

  private static void assertLost(Cli.Result result, String table) {
    assertThat(result.err())
        .contains("the table `" + table + "` was deleted and made anew while this ran");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy { from SOURCE; to TARGET }",
        "backup SOURCE, to: FILE",
        "query { from SOURCE; count() }",
        "verify { from SOURCE; to TARGET; count() }"
      })
  void tableThatIsMadeAnewEndsTheRun(String job) throws IOException {
    assertLost(run(job, "Scan", source), source);
  }

  @Test
  void targetThatIsMadeAnewEndsTheCopy() throws IOException {
    assertLost(run("copy { from SOURCE; to TARGET }", "Scan", target), target);
  }

  /** In the new source nothing is: all of the target would be removed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy { from SOURCE; to TARGET; replace(backup: false) }",
        "copy { from SOURCE; to TARGET; replace(truncateFirst: true, backup: false) }",
        "verify { from SOURCE; to TARGET; full(); repair(deleteExtra: true) }"
      })
  void nothingIsRemovedForASourceMadeAnew(String job) throws IOException {
    assertLost(run(job, "Scan", source), source);
    assertThat(TableComparison.items(SERVER, target)).hasSize(ITEMS + 1);
  }
}
