package org.dynocopy.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.engine.Counts;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunSettings;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.StoreException;
import org.dynocopy.files.FileReason;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.job.cost.Expiry;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Replay;
import org.dynocopy.shape.ReplicationAttributes;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.file.FileStore;
import org.dynocopy.store.file.Letters;

/**
 * A replay of dead letters whose file has been read to its end. The file stays as it is: what is
 * left of it afterwards, broken lines too, is in the dead letters of this run.
 */
public final class PreparedReplay implements Prepared {

  private final Replay replay;
  private final OpenTable table;
  private final Letters.Content content;

  private PreparedReplay(Replay replay, OpenTable table, Letters.Content content) {
    this.replay = replay;
    this.table = table;
    this.content = content;
  }

  /**
   * Looks at the file and at the table.
   *
   * @throws InvalidPlanException if the file cannot be read, or there is no such table
   * @throws StoreException if the table cannot be asked for
   */
  public static PreparedReplay of(Replay replay, Stores connections) throws StoreException {
    Letters.Content content = Letters.look(replay.file());
    OpenTable table = connections.tables().open(replay.to(), replay.words().at("to"));
    Permission.check(replay, List.of(), Optional.of(table));
    Engines.deadLetterFile(replay.onFailure().deadLetter(), replay.words());
    return new PreparedReplay(replay, table, content);
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
    outline.letters(this);
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
  public List<OpenTable> tables() {
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
    return StreamRecords.of(table.info(), replay.to(), items, "written");
  }

  @Override
  public Optional<String> goesOn() {
    return SettledCheck.ahead(resumption(), replay.to());
  }

  private Resumption resumption() {
    return Resumption.of(
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
        RunSettings.of(1, Engines.writers(replay.writers())).with(replay.allowance().patience());
    try (Letters letters = new Letters(replay.file())) {
      return new ResumableRun(replay, resumption(), replay.onFailure(), 1)
          .checking(SettledCheck.of(replay, replay.to(), table))
          .paying(Optional.empty(), table.meter())
          .after(content.broken(), left -> Letters.broken(replay.file(), left::keep))
          .run(
              stages,
              OptionalLong.of(content.items()),
              (at, sampled, keeper, left, listener) ->
                  new Engine(
                      letters,
                      Shaper.NONE,
                      sampled.apply(table.puts()),
                      left,
                      settings,
                      listener,
                      at.from(),
                      keeper),
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
