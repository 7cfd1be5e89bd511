package org.dynocopy.run.copy;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.spec.Copy;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/** Copies what is selected, from where the last run of the same copy was stopped. */
final class ResumableCopy {

  private final Copy copy;
  private final Table source;
  private final TableReading reading;
  private final Table target;
  private final Noting noting;

  /** Looks at what is written. */
  interface Noting {
    /**
     * Returns a sink that does so before another one.
     *
     * @param all whether these are all items, and none was written by a run that was stopped
     */
    Sink noting(Sink sink, boolean all);
  }

  ResumableCopy(Copy copy, Table source, TableReading reading, Table target, Noting noting) {
    this.copy = copy;
    this.source = source;
    this.reading = reading;
    this.target = target;
    this.noting = noting;
  }

  /**
   * Copies.
   *
   * @param after what comes after the copy
   * @throws StoreException if a checkpoint cannot be kept, or another run is at it
   */
  Report run(Stages stages, ResumableRun.After after) throws StoreException, InterruptedException {
    return of(copy, source, reading, target, stages)
        .run(stages, reading.expected(), this::route, after);
  }

  /** Returns what runs the engine of a copy. */
  static ResumableRun of(
      Copy copy, Table source, TableReading reading, Table target, Stages stages) {
    ResumePoint before = ResumePoint.of(copy, reading, target.info());
    before.unfinished(copy).ifPresent(stages::say);
    return new ResumableRun(copy, before, copy.onFailure(), reading.splits())
        .checking(SettledCheck.of(copy, source, target))
        .paying(Optional.of(source.meter()), target.meter())
        .remembering(stages.record());
  }

  private ResumableRun.Routing.Routed route(ResumePoint at, UnaryOperator<Sink> sampled) {
    boolean again = at.saved().isPresent();
    Sink puts = target.puts(copy.onConflict(), again, EngineFactory.mayRepeatKeys(reading));
    return writing(noting.noting(puts, !again), copy, reading).route(at, sampled);
  }

  /** Returns the way of what a plan reads to a sink. */
  static ResumableRun.Routing writing(Sink sink, Copy copy, TableReading reading) {
    return (at, sampled) -> {
      TableReading divided =
          at.saved().map(saved -> reading.divided(saved.splits())).orElse(reading);
      return new ResumableRun.Routing.Routed(
          new CopyTask.Route(divided.source(), EngineFactory.shaper(divided), sampled.apply(sink)),
          EngineFactory.settings(divided.readers(), copy.writers())
              .withLimit(reading.reading().limit())
              .with(copy.allowance().patience()));
    };
  }
}
