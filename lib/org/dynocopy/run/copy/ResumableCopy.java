package org.dynocopy.run.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.Engine;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.shape.Json;
import org.dynocopy.spec.Copy;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/** Copies what is selected, from where the last run of the same copy was stopped. */
final class ResumableCopy {

  private final Copy plan;
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

  ResumableCopy(Copy plan, Table source, TableReading reading, Table target, Noting noting) {
    this.plan = plan;
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
    Report report =
        of(plan, source, reading, target, stages)
            .run(stages, reading.expected(), this::execution, after);
    if (!report.complete()) {
      return report;
    }
    List<String> notes = new ArrayList<>(report.notes());
    notes.addAll(recorded(report.stages().get(0).outcome()));
    return new Report(plan, report.stages(), notes, report.finished(), report.findings());
  }

  /** Returns what runs the engine of a copy. */
  static ResumableRun of(
      Copy plan, Table source, TableReading reading, Table target, Stages stages) {
    ResumePoint before = ResumePoint.of(plan, reading, target.info());
    before.unfinished(plan).ifPresent(stages::say);
    return new ResumableRun(plan, before, plan.onFailure(), reading.splits())
        .checking(SettledCheck.of(plan, source, target))
        .paying(Optional.of(source.meter()), target.meter());
  }

  private Transfer execution(
      ResumePoint at,
      UnaryOperator<Sink> sampled,
      CheckpointStore keeper,
      DeadLetters deadLetters,
      RunListener listener) {
    boolean again = at.saved().isPresent();
    Sink puts = target.puts(plan.onConflict(), again, EngineFactory.mayRepeatKeys(reading));
    return writing(noting.noting(puts, !again), plan, reading)
        .execution(at, sampled, keeper, deadLetters, listener);
  }

  /** Returns what makes the engine that brings what a plan reads to a sink. */
  static ResumableRun.Making writing(Sink sink, Copy plan, TableReading reading) {
    return (at, sampled, keeper, deadLetters, listener) -> {
      TableReading divided =
          at.saved().map(saved -> reading.divided(saved.splits())).orElse(reading);
      return new Engine(
          divided.source(),
          EngineFactory.shaper(divided),
          sampled.apply(sink),
          deadLetters,
          RunSettings.of(divided.readers(), EngineFactory.writers(plan.writers()))
              .withLimit(reading.reading().limit())
              .with(plan.allowance().patience()),
          listener,
          at.from(),
          keeper);
    };
  }

  /** All is copied: what cannot be recorded of it becomes a note, and no failure. */
  private List<String> recorded(Outcome outcome) {
    try {
      record(outcome);
      return List.of();
    } catch (IOException e) {
      return List.of("the run could not be recorded: " + FileReason.of(e));
    }
  }

  /** What is left of a finished run: a line. */
  private void record(Outcome outcome) throws IOException {
    Counts counts = outcome.counts();
    byte[] line =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("finished", Instant.now().toString());
              json.writeStringField("copy", plan.name());
              json.writeStringField("from", plan.from().toString());
              json.writeStringField("to", plan.to().toString());
              json.writeNumberField("read", counts.read());
              json.writeNumberField("filtered", counts.filtered());
              json.writeNumberField("gone", counts.gone());
              json.writeNumberField("written", counts.written());
              json.writeNumberField("deadLettered", counts.deadLettered());
              json.writeNumberField("conflicts", counts.conflicts());
              json.writeEndObject();
            });
    Path runs = WorkingFolder.file("runs.jsonl");
    try (FileChannel records = PrivateFiles.append(runs)) {
      records.write(ByteBuffer.wrap((new String(line, UTF_8) + "\n").getBytes(UTF_8)));
    }
  }
}
