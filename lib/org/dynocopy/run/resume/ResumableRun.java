package org.dynocopy.run.resume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.files.LockFile;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.state.CheckpointFile.Sample;
import org.dynocopy.store.file.DeadLetterFile;

/**
 * Runs an engine from where the last run of the same job was stopped. The checkpoint is there until
 * all that comes after the engine is done, too: whenever the run is killed, the next one writes
 * nothing twice but what was on its way.
 */
public final class ResumableRun {

  /** Finds what is copied. */
  @FunctionalInterface
  public interface Routing {

    /** What is copied, and how. */
    record Routed(CopyTask.Route route, RunSettings settings) {}

    /**
     * Finds it.
     *
     * @param from where it goes on
     * @param sampled stands before the target
     */
    Routed route(ResumePoint from, UnaryOperator<Sink> sampled);
  }

  /** Carries what a runner could not open past the stages, which take no such failure. */
  private static final class NotOpenedException extends RuntimeException {
    private final transient StoreException reason;

    NotOpenedException(StoreException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** What comes before the engine, but not where a run goes on. */
  public interface Before {
    /** Puts letters there that are dead from the beginning. */
    void put(BoundedDeadLetters deadLetters) throws IOException, StoreException;
  }

  /** What comes after the engine. */
  public interface After {
    /** Returns how the job ended, of whose engine this is the report. */
    Report then(Report ran) throws StoreException, InterruptedException;
  }

  /** All of a job, with its one engine that goes on. */
  public interface Body {
    /** Returns how it ended; if it is complete, there is nothing left to go on with. */
    Report run(Turn turn) throws IOException, StoreException, InterruptedException;
  }

  private final Job job;
  private final ResumePoint before;
  private final OnFailure onFailure;
  private final long splits;
  private long deadBefore;
  private Before first = deadLetters -> {};
  private Optional<SettledCheck> check = Optional.empty();
  private Consumer<Counts> consumed = earlier -> {};
  private JobRecord record = JobRecord.NONE;

  /**
   * Prepares.
   *
   * @param before where it keeps its checkpoint
   * @param splits how many parts the source has in a run that begins at the beginning; the later
   *     ones of the same job divide it likewise
   */
  public ResumableRun(Job job, ResumePoint before, OnFailure onFailure, long splits) {
    this.job = job;
    this.before = before;
    this.onFailure = onFailure;
    this.splits = splits;
  }

  /**
   * Has dead letters that are no items of the source.
   *
   * @param number how many
   */
  public ResumableRun after(long number, Before putting) {
    deadBefore = number;
    first = putting;
    return this;
  }

  /** Looks first, where it goes on, whether the target still has what earlier runs have written. */
  public ResumableRun checking(SettledCheck settled) {
    check = Optional.of(settled);
    return this;
  }

  /**
   * Has what earlier runs consumed counted for the job's budgets.
   *
   * @param source the table that is read, if it is one
   */
  public ResumableRun paying(Optional<Meter> source, Meter target) {
    consumed =
        earlier -> {
          source.ifPresent(meter -> meter.consumedBefore(earlier.readUnits(), 0));
          target.consumedBefore(0, earlier.writeUnits());
        };
    return this;
  }

  /** Has it remembered that the job is complete, before the checkpoint is deleted. */
  public ResumableRun remembering(JobRecord job) {
    record = job;
    return this;
  }

  /**
   * Runs the engine, and what comes after it.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if the target has lost what earlier runs
   *     have written
   * @throws StoreException if a checkpoint cannot be kept, or another run is at it
   */
  public Report run(Stages stages, OptionalLong expected, Routing routing, After after)
      throws StoreException, InterruptedException {
    return run(
        turn -> {
          Outcome outcome = turn.run(stages, expected, routing);
          return after.then(Report.of(job, "written", outcome, turn.notes(outcome)));
        });
  }

  /** Runs a job of which the engine is a part. */
  public Report run(Body body) throws StoreException, InterruptedException {
    try (LockFile lock = LockFile.on(before.file())) {
      // Only under the lock no other run moves it.
      ResumePoint at = before.read();
      if (at.saved().isEmpty()) {
        // What begins anew may remove items before it keeps a checkpoint of its own.
        TargetCheckpoints.delete(at.file());
      }
      consumed.accept(at.from().settled());
      SettledCheck.Found found = check.isPresent() ? check.get().look(at) : SettledCheck.Found.ALL;
      Turn turn = new Turn(at.plus(found.units()), found.warning());
      Report report = found.in(body.run(turn));
      // With dead letters there is nothing to go on with either: who tries again begins anew.
      boolean ended = turn.outcome.filter(o -> o.complete() && !o.withoutLoss()).isPresent();
      if (report.complete()) {
        record.completed(report, turn.written());
      }
      if (report.complete() || ended) {
        TargetCheckpoints.delete(at.file());
      }
      return report;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "cannot keep a checkpoint: " + e.getMessage(), e);
    }
  }

  /** This run's turn at the checkpoint. */
  public final class Turn {

    private final ResumePoint at;
    private final Optional<String> warning;
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<BoundedDeadLetters> letters = Optional.empty();
    private Supplier<Sample> written = () -> Sample.NONE;

    private Turn(ResumePoint at, Optional<String> warning) {
      this.at = at;
      this.warning = warning;
    }

    /** Returns whether it goes on where another run was stopped. */
    public boolean goesOn() {
      return at.saved().isPresent();
    }

    /** Returns some of the items that the target has since. */
    Sample written() {
      return written.get();
    }

    /** Returns the checkpoint. */
    public Path file() {
      return at.file();
    }

    /** Runs the engine. */
    public Outcome run(Stages stages, OptionalLong expected, Routing routing)
        throws IOException, StoreException, InterruptedException {
      Checkpoint from = at.from();
      long parts = at.saved().map(CheckpointFile::splits).orElse(splits);
      DeadLetterFile file =
          EngineFactory.deadLetterFile(
              onFailure.deadLetter().or(() -> at.saved().map(CheckpointFile::deadLetters)),
              job.words());
      BoundedDeadLetters deadLetters =
          new BoundedDeadLetters(
              file,
              onFailure.stopAfter(),
              from.settled().deadLettered() + (goesOn() ? deadBefore : 0),
              job.words().at());
      letters = Optional.of(deadLetters);
      Sample before = at.saved().map(CheckpointFile::sample).orElse(Sample.NONE);
      Optional<SettledSample> sample = check.map(settled -> settled.sample(before));
      written = () -> sample.map(SettledSample::now).orElse(before);
      CheckpointStore keeper =
          now -> {
            new CheckpointFile(at.plan(), parts, file.path(), now, written()).write(at.file());
          };
      if (goesOn()) {
        stages.say(
            job.name()
                + ": goes on where it was stopped, with "
                + String.format("%,d", from.settled().read())
                + " items settled; --fresh begins anew");
        warning.ifPresent(stages::say);
      } else {
        CheckpointPlace.note(at.file(), at.at()).ifPresent(stages::say);
        first.put(deadLetters);
      }
      TargetCheckpoints.note(at.file()).ifPresent(stages::say);
      keeper.keep(from);
      UnaryOperator<Sink> sampled = sink -> sample.map(some -> some.of(sink)).orElse(sink);
      Routing.Routed routed = routing.route(at, sampled);
      CopyTask task = new CopyTask(at.plan(), routed.settings(), from, goesOn() ? 2 : 1);
      Runner runner = stages.runner(any -> routed.route());
      Outcome ended = run(stages, expected, l -> runner.transfer(task, deadLetters, l, keeper));
      outcome = Optional.of(ended);
      return ended;
    }

    private interface Starting {
      Transfer transfer(RunListener listener) throws StoreException;
    }

    private Outcome run(Stages stages, OptionalLong expected, Starting starting)
        throws StoreException, InterruptedException {
      try {
        return stages.run(
            job.name(),
            expected,
            listener -> {
              try {
                return starting.transfer(listener);
              } catch (StoreException e) {
                throw new NotOpenedException(e);
              }
            });
      } catch (NotOpenedException e) {
        throw e.reason;
      }
    }

    /** Returns what earlier runs did of it, and how to go on if the engine has not ended. */
    public List<String> notes(Outcome outcome) {
      List<String> notes = new ArrayList<>();
      if (goesOn()) {
        Counts earlier = at.from().settled();
        notes.add(
            String.format(
                "of the items read, %,d were read by earlier runs, which had written %,d",
                earlier.read(), earlier.written()));
      }
      if (!outcome.complete()) {
        String full =
            "; it stops at once unless `stopAfter` (--stop-after) is raised to go on past these"
                + " items. Where a filter failed on them, correct it and use --fresh";
        notes.add(
            "the same command goes on from the checkpoint "
                + at.file()
                + (letters.filter(BoundedDeadLetters::isFull).isPresent()
                    ? full
                    : "; --fresh begins anew"));
      }
      return notes;
    }
  }
}
