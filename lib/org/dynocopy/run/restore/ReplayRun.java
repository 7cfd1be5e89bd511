package org.dynocopy.run.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;
import org.dynocopy.files.FileReason;
import org.dynocopy.item.ReplicationAttributes;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.cost.Expiry;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.StreamNotice;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.spec.Replay;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.file.DeadLetterSource;
import org.dynocopy.store.file.FileStore;

/**
 * A replay of dead letters whose file has been read to its end. The file stays as it is: what is
 * left of it afterwards, broken lines too, is in the dead letters of this run.
 */
public final class ReplayRun implements JobRun {

  private final Replay replay;
  private final Table table;
  private final DeadLetterSource.Content content;

  private ReplayRun(Replay replay, Table table, DeadLetterSource.Content content) {
    this.replay = replay;
    this.table = table;
    this.content = content;
  }

  /**
   * Looks at the file and at the table.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if the file cannot be read, or there is no
   *     such table
   * @throws StoreException if the table cannot be asked for
   */
  public static ReplayRun of(Replay replay, Stores stores) throws StoreException {
    DeadLetterSource.Content content = DeadLetterSource.look(replay.file());
    Table table = stores.tables().open(replay.to(), replay.words().at("to"));
    LimitCheck.check(replay, List.of(), Optional.of(table));
    EngineFactory.deadLetterFile(replay.onFailure().deadLetter(), replay.words());
    return new ReplayRun(replay, table, content);
  }

  @Override
  public Replay job() {
    return replay;
  }

  /** Returns how many items the file has. */
  public long items() {
    return content.items();
  }

  /** Returns how many of its lines are broken. */
  public long broken() {
    return content.broken();
  }

  @Override
  public void describe(Outline outline) {
    outline.title(replay.name());
    outline.letters(replay, items(), broken(), notes());
  }

  @Override
  public boolean estimate(Estimator estimator) {
    return estimator.write(table, content.items(), content.sample());
  }

  @Override
  public String basis() {
    return "by the lines of the file";
  }

  @Override
  public Optional<Expiry> expiry() {
    return Optional.of(Expiry.ofFile(table::timeToLive, stream(), content::sample));
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.empty();
  }

  /** Returns the first of the broken lines, each with its place and what is wrong. */
  public List<String> notes() {
    long more = content.broken() - content.named().size();
    List<String> notes = new ArrayList<>(content.named());
    if (more > 0) {
      notes.add(String.format("%s: %,d more lines are broken", replay.file(), more));
    }
    return notes;
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  @Override
  public Optional<Question> question(Stages stages) {
    long there = table.info().items();
    Optional<Question> asked =
        there == 0
            ? Optional.empty()
            : Optional.of(
                new Question(
                    String.format(
                        "`%s` has about %,d items; those with the same keys will be overwritten.",
                        replay.to(), there),
                    false));
    return Question.with(asked, stream());
  }

  @Override
  public Optional<String> stream() {
    OptionalLong items = OptionalLong.of(items());
    return StreamNotice.of(table.info(), replay.to(), items, "written");
  }

  @Override
  public Optional<String> goesOn() {
    return SettledCheck.ahead(resumption(), replay.to());
  }

  private ResumePoint resumption() {
    return ResumePoint.of(
        "replay-" + replay.to().name(),
        FileStore.identity(List.of(replay.file())),
        table.info(),
        replay.fresh(),
        replay.words().at("replay"));
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    // Items of files are not looked at when they are read.
    ReplicationAttributes.expect();
    RunSettings settings =
        RunSettings.of(1, EngineFactory.writers(replay.writers()))
            .with(replay.allowance().patience());
    try (DeadLetterSource letters = new DeadLetterSource(replay.file())) {
      return new ResumableRun(replay, resumption(), replay.onFailure(), 1)
          .checking(SettledCheck.of(replay, replay.to(), table))
          .paying(Optional.empty(), table.meter())
          .remembering(stages.record())
          .after(content.broken(), left -> DeadLetterSource.broken(replay.file(), left::keep))
          .run(
              stages,
              OptionalLong.of(content.items()),
              (at, sampled) ->
                  new ResumableRun.Routing.Routed(
                      new CopyTask.Route(letters, Shaper.NONE, sampled.apply(table.puts())),
                      settings),
              this::summary);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "cannot read " + replay.file() + ": " + FileReason.of(e), e);
    }
  }

  private Report summary(Report replayed) {
    List<String> notes = new ArrayList<>(notes());
    notes.addAll(replayed.notes());
    return Report.of(replay, "written", withBroken(replayed.outcome(), content.broken()), notes);
  }

  /** Broken lines were read, and are dead letters still. */
  private static Outcome withBroken(Outcome outcome, long broken) {
    Counts lines = Counts.settled(broken, 0, 0, 0, broken, 0, 0);
    return new Outcome(
        outcome.counts().plus(lines),
        outcome.took(),
        outcome.deadLetters(),
        outcome.firstReason(),
        outcome.failure(),
        outcome.stopped(),
        outcome.throttled());
  }
}
