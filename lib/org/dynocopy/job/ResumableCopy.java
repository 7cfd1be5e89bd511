package org.dynocopy.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.engine.Checkpoint;
import org.dynocopy.engine.DeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Ledger.Counts;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.WorkingFolder;
import org.dynocopy.plan.OnFailure;
import org.dynocopy.plan.Plan;
import org.dynocopy.shape.Json;
import org.dynocopy.store.dynamo.OpenTable;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.file.CheckpointFile;
import org.dynocopy.store.file.FileLock;

/** Copies what is selected, from where the last run of the same copy was stopped. */
final class ResumableCopy {

  private final Plan plan;
  private final TableReading reading;
  private final OpenTable target;
  private final int writers;
  private final Optional<CopyVerification> verification;
  private final UnaryOperator<Sink> watch;

  ResumableCopy(
      Plan plan,
      TableReading reading,
      OpenTable target,
      int writers,
      Optional<CopyVerification> verification,
      UnaryOperator<Sink> watch) {
    this.plan = plan;
    this.reading = reading;
    this.target = target;
    this.writers = writers;
    this.verification = verification;
    this.watch = watch;
  }

  /**
   * Copies.
   *
   * @throws StoreException if a checkpoint cannot be kept, or another run is at it
   */
  Report run(Stages stages) throws StoreException, InterruptedException {
    Resumption before = Resumption.of(plan, reading, target.info());
    try (FileLock lock = FileLock.on(before.file())) {
      // Only now nobody else moves it.
      return run(before.read(plan), stages);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "cannot keep a checkpoint: " + e.getMessage(), e);
    }
  }

  private Report run(Resumption resumption, Stages stages)
      throws IOException, InterruptedException {
    Checkpoint from = resumption.from();
    OnFailure onFailure = plan.onFailure();
    Optional<Path> letters =
        onFailure.deadLetter().or(() -> resumption.saved().map(CheckpointFile::deadLetters));
    DeadLetters deadLetters =
        Engines.deadLetters(
            new OnFailure(letters, onFailure.stopAfter()),
            from.settled().deadLettered(),
            plan.words());
    TableReading divided =
        resumption.saved().map(saved -> reading.divided(saved.splits())).orElse(reading);
    Checkpoint.Keeper keeper =
        now ->
            new CheckpointFile(resumption.plan(), divided.splits(), deadLetters.path(), now)
                .write(resumption.file());
    Engine.Settings settings =
        Engine.Settings.of(divided.readers(), writers)
            .withLimit(reading.reading().limit())
            .with(plan.allowance().patience());
    if (resumption.saved().isPresent()) {
      stages.say(
          plan.name()
              + ": goes on where it was stopped, with "
              + String.format("%,d", from.settled().read())
              + " items settled; --fresh begins anew");
    }
    keeper.keep(from);
    String goesOn =
        "the same command goes on from the checkpoint "
            + resumption.file()
            + "; --fresh begins anew";
    boolean again = resumption.saved().isPresent();
    Sink puts = watch.apply(target.puts(plan.onConflict(), again));
    Sink sink = verification.map(v -> v.noting(puts, !again)).orElse(puts);
    Outcome outcome =
        stages.run(
            plan.name(),
            reading.expected(),
            listener ->
                new Engine(
                    divided.source(),
                    divided.shaper(),
                    sink,
                    deadLetters,
                    settings,
                    listener,
                    from,
                    keeper));
    if (!outcome.complete()) {
      return Report.of(plan, "written", outcome, List.of(goesOn));
    }
    Files.delete(resumption.file());
    return Report.of(plan, "written", outcome, recorded(outcome));
  }

  /** All is copied: what cannot be recorded of it is told, and no failure. */
  private List<String> recorded(Outcome outcome) {
    try {
      record(outcome);
      return List.of();
    } catch (IOException e) {
      return List.of("the run could not be recorded: " + e);
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
    Files.createDirectories(runs.toAbsolutePath().getParent());
    Files.writeString(
        runs, new String(line, UTF_8) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
