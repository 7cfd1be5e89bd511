package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.Dynocopy.copy;

import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.testing.TaskThreads;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that are copied by several tasks, which threads of one process go on with, and back. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DividedCopyTest {

  private static final String EMBEDDED = "dynocopy.embedded";
  private static final int ITEMS = 300;

  private String from;
  private String to;

  @BeforeEach
  void prepare() {
    System.setProperty(EMBEDDED, TestServers.first().toString());
    from = Tables.on(TestServers.first()).key("id", "S").create();
    to = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(
        TestServers.first(),
        from,
        IntStream.range(0, ITEMS)
            .mapToObj(i -> Map.of("id", AttributeValue.fromS("i" + i)))
            .toList());
  }

  @AfterEach
  void restore() {
    System.clearProperty(EMBEDDED);
  }

  private Report copied(Stages stages) throws Exception {
    return copy("embedded:" + from, "embedded:" + to).segments(12).writers(2).run(stages);
  }

  private void assertCopied(Report report) {
    assertThat(report.complete()).isTrue();
    assertThat(report.outcome().counts().read()).isEqualTo(ITEMS);
    assertThat(report.outcome().counts().written()).isEqualTo(ITEMS);
    assertThat(TableComparison.items(TestServers.first(), to, 1))
        .isEqualTo(TableComparison.items(TestServers.first(), from, 1));
  }

  /** The server denies everything after some requests. */
  private void fails(Stages stages) throws Exception {
    FaultProxy.Faults denied = (operation, number) -> number > 9 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), denied)) {
      System.setProperty(EMBEDDED, proxy.endpoint().toString());
      assertThat(copied(stages).complete()).isFalse();
    }
    System.setProperty(EMBEDDED, TestServers.first().toString());
  }

  /** Both must be true: a copy by one engine would be whole as well. */
  private void assertCopied(TaskThreads tasks, int number) throws Exception {
    assertCopied(copied(tasks));
    assertThat(tasks.begun()).isEqualTo(number);
  }

  private void fails(TaskThreads tasks, int number) throws Exception {
    fails((Stages) tasks);
    assertThat(tasks.begun()).isEqualTo(number);
  }

  @Test
  void oneProcessGoesOnWhereTasksStopped() throws Exception {
    fails(new TaskThreads(5), 5);
    assertCopied(copied(Stages.QUIET));
  }

  @Test
  void tasksGoOnWhereOneProcessOrOtherTasksStopped() throws Exception {
    fails(Stages.QUIET);
    fails(new TaskThreads(3), 3);
    assertCopied(new TaskThreads(4), 4);
  }
}
