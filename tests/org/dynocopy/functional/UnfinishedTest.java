package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What has not read every item leaves nothing behind that looks as if it had. */
class UnfinishedTest {

  private static final URI SERVER = TestServers.first();

  private static final Query.Output COUNT =
      new Query.Output(Query.Format.JSONL, false, true, Optional.empty(), OptionalInt.empty());

  /** Fails on an item whose number is none. */
  private static final ClientFilter NUMBERS =
      new ClientFilter(item -> ((BigDecimal) item.get("n")).signum() >= 0, Copying.HERE);

  private final String table = table(0, 40);

  @TempDir private Path folder;

  private static String table(int from, int to) {
    String made = Tables.on(SERVER).key("id", "S").create();
    List<Map<String, AttributeValue>> items =
        IntStream.range(from, to).mapToObj(UnfinishedTest::item).toList();
    Tables.put(SERVER, made, items);
    return made;
  }

  private static Map<String, AttributeValue> item(int i) {
    AttributeValue n = i % 10 == 7 ? AttributeValue.fromS("none") : AttributeValue.fromN("" + i);
    return Map.of("id", AttributeValue.fromS("u" + i), "n", n);
  }

  private static Environments at(URI server) {
    return new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
        .with(List.of(Copying.environment("a", server)));
  }

  private JobBuilder job(String verb, UnaryOperator<JobBuilder> words) {
    return words.apply(
        new JobBuilder(verb, Copying.HERE)
            .from("a:" + table, Copying.HERE)
            .segments(4, Copying.HERE));
  }

  private static Report run(Job job, ByteArrayOutputStream out) throws Exception {
    try (Stores stores = new DefaultStores()) {
      return Jobs.run(Jobs.prepare(job, stores, out), stores, Stages.QUIET);
    }
  }

  private void assertNothing(URI server, UnaryOperator<JobBuilder> words, boolean letters)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report read = run(job("fingerprint", words).fingerprinting(at(server)), out);
    assertThat(read.outcome().withoutLoss()).isFalse();
    Path file = folder.resolve("users.jsonl");
    Report report = run(job("backup", words).backup(Optional.of("file:" + file), at(server)), out);
    assertThat(report.complete()).isFalse();
    assertThat(report.notes()).containsExactly("there is no backup: not every item was read");
    assertThat(folder).isEmptyDirectory();
    if (!letters) {
      assertThat(run(job("query", words).query(COUNT, at(server)), out).complete()).isFalse();
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void readingThatFailsLeavesNothing() throws Exception {
    FaultProxy.Faults denied =
        (operation, number) ->
            operation.equals("Scan") && number % 4 == 3 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, denied)) {
      assertNothing(proxy.endpoint(), words -> words, false);
    }
  }

  @Test
  void filterThatFailsOnAnItemLeavesNothing() throws Exception {
    assertNothing(SERVER, words -> words.filter(NUMBERS), true);
  }

  /** What fails there would neither be in the backup nor be known to be the source's. */
  @Test
  void replacementWhoseBackupLacksAnItemChangesNothing() throws Exception {
    String target = table(36, 80);
    Copy copy =
        Copying.plan(
            SERVER,
            table(0, 6),
            SERVER,
            target,
            words -> words.filter(NUMBERS).replace(new Copy.Replace(false, true), Copying.HERE));
    Report report = run(copy, new ByteArrayOutputStream());
    assertThat(report.complete()).isFalse();
    assertThat(report.notes())
        .contains("nothing was written or removed: the target is not backed up");
    assertThat(TableComparison.items(SERVER, target)).hasSize(44);
  }
}
