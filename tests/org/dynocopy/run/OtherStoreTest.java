package org.dynocopy.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Store;
import org.dynocopy.store.StoreInfo.Capability;
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

/** The ports of stores suffice: a toy store is written and read by the jobs of the real ones. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class OtherStoreTest {

  private static final Location HERE = Location.NOWHERE;
  private static final int ITEMS = 1_000;

  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
          .with(
              List.of(
                  environment("a", TestServers.first()), environment("b", TestServers.second())));

  @TempDir Path temporary;
  private Path folder;
  private String users;

  private static Environment environment(String name, URI server) {
    return Environment.named(name)
        .withEndpoint(Optional.of(server))
        .withRegion(Optional.of(TestServers.REGION));
  }

  @BeforeEach
  void makeTable() {
    folder = temporary.resolve("users");
    users = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), users, ITEMS);
  }

  private Job backup() {
    return new JobBuilder("backup", HERE)
        .from("a:" + users, HERE)
        .backup(Optional.of("file:" + folder), ENVIRONMENTS);
  }

  private Job restore() {
    return restore(ENVIRONMENTS);
  }

  private Job restore(Environments environments) {
    return new JobBuilder("restore", HERE)
        .restore("file:" + folder, "b:new-" + users, Optional.empty(), environments);
  }

  private void assertSame() {
    TableComparison compared =
        TableComparison.of(TestServers.first(), users, TestServers.second(), "new-" + users);
    assertThat(compared.isSame()).as(compared.toString()).isTrue();
    assertThat(compared.same()).isEqualTo(ITEMS);
  }

  private static Report run(Job job, LineFolders stores) throws Exception {
    try (stores) {
      return Jobs.prepare(job, stores, OutputStream.nullOutputStream()).run(Stages.QUIET);
    }
  }

  @Test
  void tableGoesToAnotherStoreAndBack() throws Exception {
    Report backedUp = run(backup(), new LineFolders());
    assertThat(backedUp.notes()).containsExactly("backed up a:" + users + " to " + folder);
    assertThat(LineFolder.whole(folder)).hasContent(ITEMS + " items");
    Report restored = run(restore(), new LineFolders());
    assertThat(restored.outcome().counts().written()).isEqualTo(ITEMS);
    assertThat(restored.notes()).contains("keys were not looked at");
    assertSame();
    assertThatThrownBy(() -> run(backup(), new LineFolders()))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void storeThatCannotBeWrittenToTheEndIsGivenUp() throws Exception {
    Report report = run(backup(), new LineFolders().failingAfterBatches(1));
    assertThat(report.complete()).isFalse();
    assertThat(report.notes()).containsExactly("there is no backup: not every item was read");
    assertThat(folder).doesNotExist();
  }

  @Test
  void storeThatIsNotWholeIsRefusedBeforeAnythingIsWritten() throws Exception {
    run(backup(), new LineFolders());
    Files.delete(LineFolder.whole(folder));
    assertThatThrownBy(() -> run(restore(), new LineFolders()))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("is not whole");
  }

  @Test
  void readingGoesOnAtThePageWhereItWasStopped() throws Exception {
    run(backup(), new LineFolders());
    try (FaultProxy denying =
        new FaultProxy(
            TestServers.second(),
            (operation, number) ->
                operation.equals("BatchWriteItem") && number > 20 ? Fault.DENIED : Fault.NONE)) {
      Environments denied = ENVIRONMENTS.with(List.of(environment("b", denying.endpoint())));
      assertThat(run(restore(denied), new LineFolders()).complete()).isFalse();
    }
    LineFolders again = new LineFolders();
    Report second = run(restore(), again);
    assertThat(second.complete()).isTrue();
    assertThat(second.outcome().counts().written()).isEqualTo(ITEMS);
    assertThat(again.pages()).isLessThan(LineFolder.pages(folder));
    assertSame();
  }

  @Test
  void tableIsAStoreAmongOthers() throws Exception {
    try (LineFolders stores = new LineFolders();
        Store table = stores.open(ENVIRONMENTS.table("a:" + users, HERE), HERE)) {
      assertThat(table.describe().keyNames()).containsExactly("id");
      assertThat(table.describe().can()).contains(Capability.CONDITIONAL_WRITES);
      assertThat(table.check(List.of("id")).items()).isEqualTo(ITEMS);
      assertThatThrownBy(() -> table.check(List.of("other")))
          .hasMessageContaining("and not [other]");
      assertThat(table.sample(3)).hasSize(3);
      assertThat(table.recover()).isEmpty();
    }
  }
}
