package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that are killed, interrupted or cut off from their servers: the same command goes on. */
@Execution(ExecutionMode.CONCURRENT)
class ResumeTest {

  private static final int KILLS = 2;

  /** A table of 160 batches takes some seconds so. */
  private static final Fault SLOW = Fault.delayed(Duration.ofMillis(60));

  /** And so it takes minutes: who is to be stopped halfway has not ended before. */
  private static final Fault SLOWER = Fault.delayed(Duration.ofSeconds(2));

  @TempDir private Path folder;

  private final Random random = Cases.random();
  private Resuming copies;

  @BeforeEach
  void tables() {
    copies = new Resuming(folder);
  }

  private static Fault slow(String operation) {
    return operation.equals("BatchWriteItem") ? SLOW : Fault.NONE;
  }

  /** Up to how many writes there are to be before something happens. */
  private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);

  private Fault slowing(String operation, int number) {
    return operation.equals("BatchWriteItem") && number > most.get() ? SLOWER : slow(operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--index byTenant --pk t1 --segments 4"})
  void killedAtAnyMomentItGoesOnUntilAllIsThere(String selection) throws Exception {
    String[] options = ("--writers 2 " + selection).strip().split(" ");
    try (FaultProxy target = new FaultProxy(TestServers.second(), this::slowing)) {
      long settled = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        int writes = target.requests("BatchWriteItem") + 5 + random.nextInt(30);
        most.set(writes);
        Process process = copies.start(TestServers.first(), target.endpoint(), Map.of(), options);
        // The last one has something to leave.
        while (target.requests("BatchWriteItem") < writes
            || kill == KILLS - 1 && copies.kept() == 0) {
          assertThat(process.isAlive()).isTrue();
          TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(40));
        }
        process.destroyForcibly();
        Cli.Result killed = Cli.await(process, folder);
        assertThat(killed.exitCode()).isEqualTo(137);
        assertThat(Resuming.before(killed)).isEqualTo(settled);
        assertThat(copies.kept()).isGreaterThanOrEqualTo(settled);
        settled = copies.kept();
      }
      most.set(Integer.MAX_VALUE);
      Cli.Result last = copies.run(TestServers.first(), target.endpoint(), options);
      assertThat(Resuming.before(last)).isPositive().isEqualTo(settled);
      copies.assertDone(last);
    }
  }

  @Test
  void anInterruptSavesWhatIsSettledAndSaysHowToGoOn() throws Exception {
    most.set(20);
    try (FaultProxy target = new FaultProxy(TestServers.second(), this::slowing)) {
      Process process =
          copies.start(TestServers.first(), target.endpoint(), Map.of(), "--writers", "2");
      while (target.requests("BatchWriteItem") < 20) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      Cli.Result interrupted = Cli.await(process, folder);
      assertThat(interrupted.exitCode()).isEqualTo(130);
      assertThat(interrupted.err())
          .contains("the same command goes on from the checkpoint", "--fresh begins anew");
      // Nothing was in flight any more when it was saved.
      most.set(Integer.MAX_VALUE);
      int written = TableComparison.items(TestServers.second(), copies.to).size();
      Cli.Result last = copies.run(TestServers.first(), target.endpoint(), "--writers", "2");
      copies.assertDone(last);
      assertThat(Resuming.before(last)).isBetween(1L, (long) written);
    }
  }

  @Test
  void freshBeginsAnew() throws Exception {
    stopHalfway();
    Cli.Result anew = copies.run("--fresh");
    assertThat(Resuming.before(anew)).isZero();
    copies.assertDone(anew);
  }

  @Test
  void aServerThatIsGoneForSomeSecondsIsWaitedFor() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    FaultProxy.Faults faults = (o, number) -> gone.get() ? Fault.RESET : slow(o);
    try (FaultProxy target = new FaultProxy(TestServers.second(), faults)) {
      Process process =
          copies.start(TestServers.first(), target.endpoint(), Map.of(), "--writers", "2");
      while (target.requests("BatchWriteItem") < 20) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      gone.set(true);
      TimeUnit.SECONDS.sleep(4);
      gone.set(false);
      copies.assertDone(Cli.await(process, folder));
    }
  }

  @Test
  void withOtherCredentialsItGoesOnAfterTheFirstOnesHaveExpired() throws Exception {
    AtomicBoolean expired = new AtomicBoolean();
    FaultProxy.Faults faults =
        (o, number) ->
            expired.get() || o.equals("BatchWriteItem") && number > 30 && expire(expired)
                ? Fault.EXPIRED
                : slow(o);
    try (FaultProxy target = new FaultProxy(TestServers.second(), faults)) {
      Cli.Result ended = copies.run(TestServers.first(), target.endpoint(), "--writers", "2");
      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.err()).contains("expired", "the same command goes on from the checkpoint");
      expired.set(false);
      faultless = true;
      copies.renewCredentials();
      Cli.Result last = copies.run(TestServers.first(), target.endpoint(), "--writers", "2");
      assertThat(Resuming.before(last)).isPositive();
      copies.assertDone(last);
    }
  }

  private volatile boolean faultless;

  private boolean expire(AtomicBoolean expired) {
    expired.set(!faultless);
    return !faultless;
  }

  @Test
  void aSecondProcessIsKeptOutByTheFirst() throws Exception {
    CountDownLatch refusedYet = new CountDownLatch(1);
    FaultProxy.Faults waiting =
        (o, number) ->
            request -> {
              if (o.equals("BatchWriteItem") && number >= 5) {
                refusedYet.await();
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy target = new FaultProxy(TestServers.second(), waiting)) {
      Process first =
          copies.start(TestServers.first(), target.endpoint(), Map.of(), "--writers", "1");
      while (target.requests("BatchWriteItem") < 5) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      Path elsewhere = Files.createDirectory(folder.resolve("second"));
      Process second =
          copies.start(
              elsewhere,
              TestServers.first(),
              target.endpoint(),
              Map.of("DYNOCOPY_FOLDER", folder.resolve(".dynocopy").toString()));
      Cli.Result refused = Cli.await(second, elsewhere);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
      assertThat(refused.err())
          .contains("is locked by another run (process " + first.pid())
          .doesNotContain("\tat ");
      refusedYet.countDown();
      copies.assertDone(Cli.await(first, folder));
    }
  }

  private void stopHalfway() throws Exception {
    FaultProxy.Faults denied =
        (o, number) -> o.equals("BatchWriteItem") && number > 40 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy target = new FaultProxy(TestServers.second(), denied)) {
      Cli.Result stopped = copies.run(TestServers.first(), target.endpoint());
      assertThat(stopped.exitCode()).isEqualTo(3);
    }
    assertThat(copies.checkpoint()).exists();
  }
}
