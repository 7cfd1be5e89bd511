package org.dynocopy.run.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.core.Transfer;
import org.dynocopy.run.backup.FileBackup;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.TargetCheckpoints;
import org.dynocopy.run.verify.UnchangedItems;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Reading;
import org.dynocopy.spill.KeyDifference;
import org.dynocopy.store.CheckedKeySource;
import org.dynocopy.store.KeyListSource;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/**
 * Makes what is selected of the target identical to the source's, and loses nothing on the way,
 * wherever it is interrupted: what the target has is backed up, the source's items are written, and
 * only when all of them are there what the source does not have is deleted.
 *
 * <p>What to delete costs no reading of its own: keys are noted while the target is backed up and
 * while the source is copied, and {@link KeyDifference} compares them. What is left over is removed
 * only if it is still as it was backed up, and if the source, looked at right before, does not have
 * it. The notes are on the disk before the first item is removed.
 */
final class Replacement {

  /** The keys that one reader compares at once are all in memory. */
  private static final int READERS = 1;

  private final Copy copy;
  private final Copy.Replace how;
  private final Table from;
  private final TableReading reading;
  private final Table to;
  private final Reading old;
  private final UnaryOperator<Sink> written;
  private final Optional<ResumableRun.Turn> turn;
  private final TargetCheckpoints checkpoints;
  private final List<Report.Stage> stages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Whether what is removed is decided by the table's own key, which cannot change. */
  private final boolean byKeyAlone;

  /** Where the target's items are. */
  private TargetBackups backups;

  /** How the removal ended, once it has begun. */
  private Optional<Outcome> removal = Optional.empty();

  /**
   * Prepares.
   *
   * @param written what stands before the target, to look at the items that it takes
   * @param turn how the source's items are written, if another run can go on with that
   * @param checkpoints those of other runs that write the target
   */
  Replacement(
      Copy copy,
      Table from,
      TableReading reading,
      Table to,
      UnaryOperator<Sink> written,
      Optional<ResumableRun.Turn> turn,
      TargetCheckpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.written = written;
    this.turn = turn;
    this.copy = copy;
    this.how = copy.replace().orElseThrow();
    this.backups = new TargetBackups(JobRecord.NONE, copy.to());
    this.from = from;
    this.reading = reading;
    this.to = to;
    this.old = copy.reading().selectionOf(copy.to());
    this.byKeyAlone = how.truncateFirst() && !to.read(old, ReadMode.KEYS).mayChange();
  }

  Report run(Stages runner) throws StoreException, InterruptedException {
    backups = new TargetBackups(runner.record(), copy.to());
    try {
      String noted = "replace-" + WorkingFiles.safe(copy.to().name());
      KeyDifference keys = new KeyDifference(WorkingFiles.notes(noted));
      boolean finished;
      try {
        finished = run(runner, keys);
      } finally {
        forget(keys);
      }
      notes.addAll(backups.notes());
      Report report = new Report(copy, stages, notes, finished);
      return report.complete()
          ? report
          : report.noting(removal.map(it -> backups.gone(it.counts().written())).stream().toList());
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "cannot note keys on this disk: " + e, e);
    }
  }

  /** What is done is done, even if its working files stay. */
  private void forget(KeyDifference keys) {
    try {
      keys.close();
    } catch (IOException e) {
      notes.add("the noted keys could not be removed: " + e);
    }
  }

  private boolean run(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException, IOException {
    boolean goesOn = turn.filter(ResumableRun.Turn::goesOn).isPresent();
    // The run before has begun to write: all that comes before that is done.
    boolean cleared = how.truncateFirst() && goesOn;
    if (!cleared && !backUp(runner, keys)) {
      notes.add(
          "nothing was written or removed: "
              + (how.backup()
                  ? "the target is not backed up"
                  : "what the target has is not known"));
      return false;
    }
    Sink sink = written.apply(to.puts());
    if (!how.truncateFirst()) {
      sink = from.noting(sink, (digest, key, item) -> keys.second(digest));
    } else if (!cleared && !remove(runner, "delete from " + copy.to(), keys)) {
      notes.add("no item of " + copy.from() + " was written: run it again");
      return false;
    }
    boolean copied = copy(runner, sink);
    if (how.truncateFirst()) {
      return true;
    }
    if (!copied) {
      notes.add("nothing was removed from the target: not every item of the source is there");
      return false;
    }
    if (goesOn && !noteSource(runner, keys)) {
      notes.add("nothing was removed from the target: what the source has is not known");
      return false;
    }
    String what = "remove from " + copy.to() + " what " + copy.from() + " does not have";
    return remove(runner, what, keys);
  }

  /** In a source that was made anew nothing is, and all of the target would be removed. */
  private boolean isLost() throws StoreException {
    for (Table table : List.of(from, to)) {
      Optional<String> lost = table.lost();
      if (lost.isPresent()) {
        notes.add("nothing was removed from the target: " + lost.get());
        return true;
      }
    }
    return false;
  }

  private boolean copy(Stages runner, Sink sink)
      throws IOException, StoreException, InterruptedException {
    if (turn.isEmpty()) {
      return stage(runner, copy.name(), "written", reading, sink);
    }
    Outcome outcome =
        turn.get().run(runner, reading.expected(), ResumableCopy.writing(sink, copy, reading));
    stages.add(new Report.Stage(copy.name(), "written", outcome));
    notes.addAll(turn.get().notes(outcome));
    return outcome.withoutLoss();
  }

  /** Notes the keys of the source's items: what earlier runs have written this one has not seen. */
  private boolean noteSource(Stages runner, KeyDifference keys) throws InterruptedException {
    notes.add(
        "what an earlier run has copied was not copied again: what has changed in "
            + copy.from()
            + " since, or come to it, `verify` with `repair` copies");
    TableReading all = from.read(copy.reading(), ReadMode.KEYS);
    Sink sink = from.noting(new DiscardingSink(), (digest, key, item) -> keys.second(digest));
    return stage(runner, "look at " + copy.from(), "noted", all, sink);
  }

  /** Notes the target's keys, and keeps its items: with the service, or in a file. */
  private boolean backUp(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException, IOException {
    var service = to.service().backups(runner::say);
    boolean byService = how.backup() && !old.part() && service.offered(to);
    if (how.backup() && !byService) {
      return backUpToFile(runner, keys);
    }
    TableReading all = to.read(old, byKeyAlone ? ReadMode.KEYS : ReadMode.CERTAIN_ITEMS);
    // What the backup has must not be older than what is noted: what changes in between is spared.
    Sink sink = noting(new DiscardingSink(), keys);
    boolean noted = stage(runner, "look at " + copy.to(), "noted", all, sink);
    if (noted && byService) {
      Optional<String> arn = backups.make(service, to);
      arn.ifPresent(a -> notes.add("the target was backed up as " + a));
      return arn.isPresent();
    }
    return noted;
  }

  private boolean backUpToFile(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException, IOException {
    TableReading all = to.read(old, ReadMode.CERTAIN_ITEMS);
    FileBackup file = FileBackup.ofWorkingFile(all, to, backups.file(), copy);
    runner.say("backing up " + copy.to() + " to " + file.to());
    Outcome outcome = file.run(runner, sink -> noting(sink, keys));
    stages.add(new Report.Stage("back up " + copy.to(), "backed up", outcome));
    file.note(outcome).ifPresent(notes::add);
    if (outcome.withoutLoss()) {
      backups.made(file.to().toString());
    }
    return outcome.withoutLoss();
  }

  private Sink noting(Sink sink, KeyDifference keys) {
    List<String> names = to.info().keyNames();
    return to.noting(
        sink,
        (digest, key, item) ->
            keys.first(digest, byKeyAlone ? key : UnchangedItems.note(key, item, names)));
  }

  /** Removes the items that were noted of the target and not, until now, of the source. */
  private boolean remove(Stages runner, String what, KeyDifference noted)
      throws StoreException, InterruptedException {
    if (isLost()) {
      return false;
    }
    try {
      noted.sync();
    } catch (IOException e) {
      notes.add("nothing was removed from " + copy.to() + ": cannot note keys on this disk: " + e);
      return false;
    }
    Source items = new KeyListSource(noted.lists(), noted::list);
    Sink sink = to.removes(to.read(old, ReadMode.REMOVED));
    if (!byKeyAlone) {
      TableReading part = to.read(old, ReadMode.CERTAIN_ITEMS);
      items = new CheckedKeySource(items, new UnchangedItems(to, part));
      sink = how.truncateFirst() ? to.removesSeen(part) : to.removesSeen(part, from, reading);
    }
    boolean removed =
        stage(
            runner,
            what,
            how.truncateFirst() ? "deleted" : "removed",
            OptionalLong.empty(),
            EngineFactory.engine(
                items,
                Shaper.NONE,
                checkpoints.before(sink),
                EngineFactory.settings(READERS, copy.writers()),
                copy.onFailure(),
                copy));
    removal = Optional.of(stages.get(stages.size() - 1).outcome());
    notes.addAll(checkpoints.after());
    long spared = removal.get().counts().spared();
    if (spared > 0) {
      notes.add(
          String.format(
              "%,d items of the target stay, as they changed there or came into the source while"
                  + " it ran: run it again",
              spared));
    }
    return removed;
  }

  /** Brings what is read of a table to a sink, and returns whether not one item is missing. */
  private boolean stage(Stages runner, String name, String verb, TableReading what, Sink sink)
      throws InterruptedException {
    Function<RunListener, Transfer> engine =
        EngineFactory.engine(
            what, sink, EngineFactory.writers(copy.writers()), copy.onFailure(), copy);
    return stage(runner, name, verb, what.expected(), engine);
  }

  private boolean stage(
      Stages runner,
      String name,
      String verb,
      OptionalLong expected,
      Function<RunListener, Transfer> engine)
      throws InterruptedException {
    Outcome outcome = runner.run(name, expected, engine);
    stages.add(new Report.Stage(name, verb, outcome));
    return outcome.withoutLoss();
  }
}
