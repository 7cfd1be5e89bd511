package org.dynocopy.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Runner;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.LocalRunner;
import org.dynocopy.testing.MemoryLetters;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One process for each task of a copy, which may die or fall silent at any time. */
@Execution(ExecutionMode.CONCURRENT)
class ToyRunnerTest extends ToyRunnerLaws {

  private static Process start() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            ToyProcess.class.getName());
    return ProcessVariables.of(java).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Runner runner(ToyRunner.Watch watch) {
    return new ToyRunner(ToyCopy::open, ToyRunnerTest::start, 2, watch);
  }

  @Override
  protected Runner runner() {
    return runner((attempt, kept, process, again) -> {});
  }

  @Override
  protected Runner other() {
    return new LocalRunner(ToyCopy::open);
  }

  @Override
  protected long pauseMillis() {
    return 5;
  }

  private void assertWhole(Runner runner) throws Exception {
    Map<String, String> plan = copy(4, 100, 0);
    AtomicReference<Checkpoint> last = new AtomicReference<>();
    CopyTask task = new CopyTask(plan, RunSettings.of(1, 1));
    Outcome outcome =
        runner
            .transfer(
                task, new BoundedDeadLetters(new MemoryLetters(), 1), RunListener.NONE, last::set)
            .run();
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(written()).isEqualTo(4 * 100);
    assertThat(outcome.counts().written()).isEqualTo(4 * 100);
    assertThat(outcome.counts().read()).isEqualTo(4 * 100);
    assertThat(last.get().open()).isEmpty();
    assertThat(last.get().counts()).isEqualTo(outcome.counts());
  }

  @Test
  void killedTaskIsTriedAgainAndLosesNothing() throws Exception {
    Set<String> attempts = ConcurrentHashMap.newKeySet();
    Set<String> killed = ConcurrentHashMap.newKeySet();
    assertWhole(
        runner(
            (attempt, kept, process, again) -> {
              attempts.add(attempt.task() + "/" + attempt.number());
              if (attempt.number() == 1 && killed.add("" + attempt.task())) {
                process.destroyForcibly();
              }
            }));
    assertThat(attempts).contains("0/2", "1/2");
  }

  /** A task whose process is silent is begun again; then the first one wakes up. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // it has no signals
  void lateWordOfAnEarlierAttemptIsRefused() throws Exception {
    AtomicReference<Process> silent = new AtomicReference<>();
    AtomicInteger refused = new AtomicInteger();
    assertWhole(
        runner(
            (attempt, kept, process, again) -> {
              if (attempt.task() != 0) {
                return;
              }
              if (attempt.number() == 1 && silent.compareAndSet(null, process)) {
                signal("STOP", process);
                again.run();
              } else if (attempt.number() == 2) {
                signal("CONT", silent.get());
              } else if (!kept) {
                refused.incrementAndGet();
              }
            }));
    assertThat(refused).hasPositiveValue();
  }

  private static void signal(String name, Process process) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
