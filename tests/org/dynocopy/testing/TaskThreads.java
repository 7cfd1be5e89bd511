package org.dynocopy.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Runner;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.TaskTracker;
import org.dynocopy.core.Transfer;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.engine.LocalRunner;
import org.dynocopy.run.job.QuietStages;

/** Runs copies by several tasks, each an engine of its own in this process. */
public final class TaskThreads extends QuietStages {

  private final int tasks;
  private int begun;

  /** Divides copies into so many tasks. */
  public TaskThreads(int tasks) {
    this.tasks = tasks;
  }

  /** Returns how many tasks were begun. */
  public int begun() {
    return begun;
  }

  @Override
  public Runner runner(CopyTask.Opener opener) {
    return (copy, letters, listener, store) -> {
      TaskTracker tracker = new TaskTracker(copy, opener.open(copy), tasks, letters, store);
      List<Transfer> all = new ArrayList<>();
      List<TaskTracker.Attempt> attempts = new ArrayList<>();
      for (int task = 0; task < tracker.tasks(); task++) {
        TaskTracker.Attempt attempt = tracker.begin(task);
        CheckpointStore kept =
            now -> {
              if (!tracker.save(attempt, now)) {
                throw new IOException("superseded");
              }
            };
        DeadLetters taskLetters = new TaskLetters(tracker, attempt, letters);
        RunSettings own = copy.settings().divided(tracker.tasks());
        CopyTask part = new CopyTask(copy.plan(), own, attempt.from(), copy.attempt());
        all.add(new LocalRunner(opener).transfer(part, taskLetters, listener, kept));
        attempts.add(attempt);
        begun++;
      }
      return new Together(all, attempts, tracker, letters);
    };
  }

  private record Together(
      List<Transfer> all,
      List<TaskTracker.Attempt> attempts,
      TaskTracker tracker,
      DeadLetters letters)
      implements Transfer {

    @Override
    public Counts counts() {
      return tracker.counts();
    }

    @Override
    public Outcome run() throws InterruptedException {
      ExecutorService threads = Executors.newCachedThreadPool();
      try {
        List<Callable<Outcome>> runs = new ArrayList<>();
        all.forEach(transfer -> runs.add(transfer::run));
        Outcome outcome = Outcome.NOTHING;
        List<Future<Outcome>> ended = threads.invokeAll(runs);
        for (int task = 0; task < ended.size(); task++) {
          Outcome one = ended.get(task).get();
          tracker.end(attempts.get(task), one.counts());
          outcome = outcome.plus(one);
        }
        letters.close();
        return new Outcome(
            tracker.counts(),
            Duration.ZERO,
            letters.place(),
            letters.firstReason(),
            outcome.failure(),
            outcome.stopped(),
            Map.of());
      } catch (ExecutionException | IOException e) {
        throw new AssertionError(e);
      } finally {
        threads.shutdownNow();
      }
    }

    @Override
    public void stop() {
      all.forEach(Transfer::stop);
    }

    @Override
    public void fail(Exception reason) {
      all.forEach(transfer -> transfer.fail(reason));
    }
  }

  private record TaskLetters(TaskTracker tracker, TaskTracker.Attempt attempt, DeadLetters all)
      implements DeadLetters {

    @Override
    public Optional<String> put(Item item, Optional<Location> refused, String reason)
        throws StoreException {
      return tracker.letter(attempt, item, refused, reason);
    }

    @Override
    public Optional<String> place() {
      return all.place();
    }

    @Override
    public Optional<String> firstReason() {
      return all.firstReason();
    }

    @Override
    public void close() {}
  }
}
