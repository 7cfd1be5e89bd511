package org.dynocopy.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.Retry.Backoff;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Reading;
import org.dynocopy.store.dynamo.OpenTable;
import org.dynocopy.store.dynamo.ServiceBackups;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.dynamo.Wanted;
import org.dynocopy.store.file.KeyDifference;

/**
 * Makes what is selected of the target identical to the source's, and loses nothing on the way,
 * wherever it is interrupted: what the target has is backed up, the source's items are written, and
 * only when all of them are there what the source does not have is deleted.
 *
 * <p>What to delete costs no reading of its own: keys are noted while the target is backed up and
 * while the source is copied, and {@link KeyDifference} compares them. What is left over is looked
 * for in the source once more.
 */
final class Replacement {

  private static final int READERS = 4;

  private final Plan plan;
  private final Plan.Replace how;
  private final OpenTable from;
  private final TableReading reading;
  private final OpenTable to;
  private final Reading old;
  private final List<Report.Stage> stages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Replacement(Plan plan, OpenTable from, TableReading reading, OpenTable to) {
    this.plan = plan;
    this.how = plan.replace().orElseThrow();
    this.from = from;
    this.reading = reading;
    this.to = to;
    this.old = plan.reading().of(plan.to());
  }

  Report run(Stages runner) throws StoreException, InterruptedException {
    try (KeyDifference keys = new KeyDifference(WorkingFiles.name("replace", ""))) {
      run(runner, keys);
      return new Report(plan, stages, notes);
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "cannot note keys on this disk: " + e, e);
    }
  }

  private void run(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException, IOException {
    if (!backUp(runner, keys)) {
      notes.add(
          "nothing was written or removed: "
              + (how.backup()
                  ? "the target is not backed up"
                  : "what the target has is not known"));
      return;
    }
    if (how.truncateFirst() && !deleteAll(runner)) {
      notes.add("nothing was written");
      return;
    }
    Sink sink = from.noting(to.puts(), (digest, key) -> keys.second(digest));
    boolean copied =
        stage(
            runner,
            plan.name(),
            "written",
            reading.expected(),
            Engines.engine(
                reading, sink, Engines.writers(plan.writers()), plan.onFailure(), plan.words()));
    if (!how.truncateFirst() && !copied) {
      notes.add("nothing was removed from the target: not every item of the source is there");
    } else if (!how.truncateFirst()) {
      remove(runner, keys);
    }
  }

  /** Notes the target's keys, and keeps its items: with the service, or in a file. */
  private boolean backUp(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException, IOException {
    boolean byService = false;
    if (how.backup() && !old.part()) {
      Optional<String> arn = new ServiceBackups(runner::say).create(to);
      arn.ifPresent(a -> notes.add("the target was backed up as " + a));
      byService = arn.isPresent();
    }
    if (how.backup() && !byService) {
      Path file = WorkingFiles.backup(to.info());
      TableReading all = to.read(old, Wanted.ITEMS);
      FileBackup backup = new FileBackup(all, to, file, plan.words());
      Outcome outcome = backup.run(runner, sink -> to.noting(sink, keys::first));
      stages.add(new Report.Stage("back up " + plan.to(), "backed up", outcome));
      backup.note(outcome).ifPresent(notes::add);
      return all(outcome);
    }
    TableReading all = to.read(old, Wanted.KEYS);
    Sink sink = to.noting(new CountingSink(), keys::first);
    return stage(runner, "look at " + plan.to(), "noted", all.expected(), reading(all, sink));
  }

  private boolean deleteAll(Stages runner) throws StoreException, InterruptedException {
    TableReading all = to.read(old, Wanted.CURRENT_KEYS);
    return stage(
        runner, "delete from " + plan.to(), "deleted", all.expected(), reading(all, to.deletes()));
  }

  /** Deletes what the target had and the source has not. */
  private void remove(Stages runner, KeyDifference keys)
      throws StoreException, InterruptedException {
    Engine.Settings settings =
        new Engine.Settings(
            READERS,
            Engines.writers(plan.writers()),
            Engine.Settings.defaultMemory(),
            OptionalLong.empty(),
            false,
            Backoff.DEFAULT);
    stage(
        runner,
        "remove from " + plan.to() + " what " + plan.from() + " does not have",
        "removed",
        OptionalLong.empty(),
        listener ->
            new Engine(
                extra(keys),
                Shaper.NONE,
                to.deletes(),
                Engines.deadLetters(plan.onFailure(), plan.words()),
                settings,
                listener));
  }

  private Source extra(KeyDifference keys) {
    Source absent = from.absent(keys.lists(), keys::list, reading);
    // What the target's key selects cannot have moved; what an index or a filter selects can.
    boolean mayMove = old.where().flatMap(KeyCondition::index).isPresent() || old.filtered();
    return mayMove ? to.belonging(absent, to.read(old, Wanted.KEYS)) : absent;
  }

  private Function<RunListener, Engine> reading(TableReading all, Sink sink) {
    int writers = Engines.writers(plan.writers());
    return Engines.engine(all, sink, writers, plan.onFailure(), plan.words());
  }

  /** Runs an engine, and returns whether not one item is missing. */
  private boolean stage(
      Stages runner,
      String name,
      String verb,
      OptionalLong expected,
      Function<RunListener, Engine> engine)
      throws InterruptedException {
    Outcome outcome = runner.run(name, expected, engine);
    stages.add(new Report.Stage(name, verb, outcome));
    return all(outcome);
  }

  private static boolean all(Outcome outcome) {
    return outcome.complete() && outcome.counts().deadLettered() == 0;
  }
}
