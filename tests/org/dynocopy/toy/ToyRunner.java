package org.dynocopy.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.TaskTracker;
import org.dynocopy.core.TaskTracker.Attempt;
import org.dynocopy.core.Transfer;

/** Runs each task of a copy in a process of its own, which it talks to over pipes. */
public final class ToyRunner implements Runner {

  private static final int MOST_ATTEMPTS = 4;

  /** Starts the process of a task. */
  @FunctionalInterface
  public interface Launcher {
    /** Returns the process, which reads its task from its standard input. */
    Process start() throws IOException;
  }

  /** Gets notice of what processes say. */
  public interface Watch {
    /**
     * A task's checkpoint was kept, or refused.
     *
     * @param again begins another attempt at the task
     */
    void saved(Attempt attempt, boolean kept, Process process, Runnable again) throws IOException;
  }

  private final CopyTask.Opener opener;
  private final Launcher launcher;
  private final int tasks;
  private final Watch watch;

  /** Makes a runner that divides copies into so many tasks. */
  public ToyRunner(CopyTask.Opener opener, Launcher launcher, int tasks, Watch watch) {
    this.opener = opener;
    this.launcher = launcher;
    this.tasks = tasks;
    this.watch = watch;
  }

  @Override
  public Transfer transfer(
      CopyTask copy, DeadLetters letters, RunListener listener, CheckpointStore store)
      throws StoreException {
    CopyTask.Route route = opener.open(copy);
    return new Tasks(copy, letters, listener, new TaskTracker(copy, route, tasks, letters, store));
  }

  private final class Tasks implements Transfer {
    private final CopyTask copy;
    private final DeadLetters letters;
    private final RunListener listener;
    private final TaskTracker tracker;
    private final List<Thread> threads = new ArrayList<>();
    private final List<DataOutputStream> pipes = new ArrayList<>();
    private Optional<Exception> failure = Optional.empty();
    private boolean stopped;

    Tasks(CopyTask copy, DeadLetters letters, RunListener listener, TaskTracker tracker) {
      this.copy = copy;
      this.letters = letters;
      this.listener = listener;
      this.tracker = tracker;
    }

    @Override
    public Counts counts() {
      return tracker.counts();
    }

    @Override
    public Outcome run() throws InterruptedException {
      long start = System.nanoTime();
      for (int task = 0; task < tracker.tasks(); task++) {
        begin(task);
      }
      for (int i = 0; i < started(); i++) {
        thread(i).join();
      }
      return new Outcome(
          counts(),
          Duration.ofNanos(System.nanoTime() - start),
          letters.place(),
          letters.firstReason(),
          failure,
          stopped && failure.isEmpty(),
          Map.of());
    }

    private synchronized int started() {
      return threads.size();
    }

    private synchronized Thread thread(int number) {
      return threads.get(number);
    }

    private synchronized void begin(int task) {
      Attempt attempt = tracker.begin(task);
      if (attempt.number() > MOST_ATTEMPTS) {
        fail(new IOException("task " + task + " has died " + MOST_ATTEMPTS + " times"));
      } else if (!stopped) {
        Thread thread = new Thread(() -> supervise(attempt), "toy-" + task);
        threads.add(thread);
        thread.start();
      }
    }

    private void supervise(Attempt attempt) {
      try {
        Process process = launcher.start();
        try (DataOutputStream out = new DataOutputStream(process.getOutputStream());
            DataInputStream in = new DataInputStream(process.getInputStream())) {
          ToyPipe.write(out, copy.from(attempt.from(), attempt.number()));
          synchronized (this) {
            pipes.add(out);
            if (stopped) {
              stop(out);
            }
          }
          serve(attempt, process, in, out);
        } finally {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        // Its process is dead.
        if (tracker.isCurrent(attempt)) {
          begin(attempt.task());
        }
      }
    }

    /** Answers what a task says until it has ended. */
    private void serve(Attempt attempt, Process process, DataInputStream in, DataOutputStream out)
        throws IOException {
      byte kind = in.readByte();
      while (kind != ToyPipe.END) {
        if (kind == ToyPipe.SAVE) {
          boolean kept = tracker.save(attempt, ToyPipe.checkpoint(in));
          watch.saved(attempt, kept, process, () -> begin(attempt.task()));
          String refusal = TaskTracker.superseded(attempt).getMessage();
          answer(out, kept ? ToyPipe.ANSWER : ToyPipe.REFUSAL, kept ? "" : refusal);
        } else {
          letter(attempt, Item.of(in.readUTF()), in.readUTF(), out);
        }
        kind = in.readByte();
      }
      Counts counts = ToyPipe.checkpoint(in).counts();
      String why = in.readUTF();
      if (tracker.end(attempt, counts) && !why.isEmpty()) {
        fail(new StoreException(StoreException.Kind.REFUSED, why));
      }
    }

    private void letter(Attempt attempt, Item item, String reason, DataOutputStream out)
        throws IOException {
      try {
        Optional<String> end = tracker.letter(attempt, item, Optional.empty(), reason);
        listener.deadLettered(item, reason);
        answer(out, ToyPipe.ANSWER, end.orElse(""));
      } catch (StoreException e) {
        answer(out, ToyPipe.REFUSAL, e.getMessage());
      }
    }

    private void answer(DataOutputStream out, byte kind, String text) throws IOException {
      synchronized (this) {
        out.writeByte(kind);
        out.writeUTF(text);
        out.flush();
      }
    }

    @Override
    public synchronized void stop() {
      stopped = true;
      pipes.forEach(this::stop);
    }

    private void stop(DataOutputStream out) {
      try {
        out.writeByte(ToyPipe.STOP);
        out.flush();
      } catch (IOException e) {
        return; // It has ended, or is dead.
      }
    }

    @Override
    public synchronized void fail(Exception reason) {
      failure = failure.or(() -> Optional.of(reason));
      stop();
    }
  }
}
