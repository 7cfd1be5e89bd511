package org.dynocopy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.BoundedDeadLetters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for each runner, whatever it runs copies by. */
public abstract class RunnerLaws {

  /** Where copies are from and to. */
  @TempDir protected Path folder;

  /** Returns the runner. */
  protected abstract Runner runner();

  /** Returns a runner that goes on where the other one stopped, and the other way round. */
  protected abstract Runner other();

  /** Makes a copy of so many items in some parts, each of which has some that cannot be written. */
  protected abstract Map<String, String> copy(int parts, int items, int broken) throws Exception;

  /** Returns how many items the target has. */
  protected abstract int written() throws Exception;

  private Outcome run(Runner runner, Map<String, String> plan, Checkpoint from, DeadLetters letters)
      throws Exception {
    CopyTask task = new CopyTask(plan, RunSettings.of(2, 2)).from(from, 1);
    return runner.transfer(task, letters, RunListener.NONE, now -> {}).run();
  }

  @Test
  void eachItemIsCopiedAndTheLedgerAddsUp() throws Exception {
    MemoryLetters kept = new MemoryLetters();
    Map<String, String> plan = copy(3, 40, 1);
    Outcome outcome = run(runner(), plan, Checkpoint.START, new BoundedDeadLetters(kept, 100));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(written()).isEqualTo(3 * 39);
    assertThat(kept.items).hasSize(3);
    assertThat(outcome.counts().written()).isEqualTo(3 * 39);
    assertThat(outcome.counts().deadLettered()).isEqualTo(3);
    assertThat(outcome.firstReason()).isPresent();
  }

  /** Whoever holds the dead letters counts them, for all tasks. */
  @Test
  void tooManyDeadLettersOfAllTasksEndTheRun() throws Exception {
    MemoryLetters kept = new MemoryLetters();
    Map<String, String> plan = copy(3, 40, 1);
    Outcome outcome = run(runner(), plan, Checkpoint.START, new BoundedDeadLetters(kept, 2));
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.failure().orElseThrow())
        .hasMessageContaining("stopped after 2 dead letters");
    assertThat(kept.items).hasSize(2);
  }

  /** Runs a copy until its checkpoint was kept a few times, and returns the last one. */
  private Checkpoint stopped(Runner runner, Map<String, String> plan) throws Exception {
    List<Checkpoint> kept = new CopyOnWriteArrayList<>();
    Transfer[] transfer = new Transfer[1];
    CheckpointStore store =
        now -> {
          kept.add(now);
          if (kept.size() == 2) {
            transfer[0].stop();
          }
        };
    DeadLetters letters = new BoundedDeadLetters(new MemoryLetters(), 100);
    CopyTask task = new CopyTask(plan, RunSettings.of(1, 1));
    transfer[0] = runner.transfer(task, letters, RunListener.NONE, store);
    Outcome outcome = transfer[0].run();
    assertThat(outcome.failure()).isEmpty();
    Checkpoint last = kept.get(kept.size() - 1);
    assertThat(last.settled().written()).isEqualTo(written());
    return last;
  }

  private void goesOn(Runner first, Runner second) throws Exception {
    Map<String, String> plan = copy(4, 100, 0);
    Checkpoint from = stopped(first, plan);
    DeadLetters letters = new BoundedDeadLetters(new MemoryLetters(), 100);
    Outcome outcome = run(second, plan, from, letters);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(written()).isEqualTo(4 * 100);
    assertThat(outcome.counts().written()).isEqualTo(4 * 100);
  }

  @Test
  void anotherRunnerGoesOnWhereThisOneStopped() throws Exception {
    goesOn(runner(), other());
  }

  @Test
  void goesOnWhereAnotherRunnerStopped() throws Exception {
    goesOn(other(), runner());
  }

  /** Makes folders for a copy. */
  protected Path empty(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }
}
