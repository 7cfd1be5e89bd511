package org.dynocopy.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
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

  /** The keys that one reader compares at once are all in memory. */
  private static final int READERS = 1;

  private final Plan plan;
  private final Plan.Replace how;
  private final OpenTable from;
  private final TableReading reading;
  private final OpenTable to;
  private final Reading old;
  private final UnaryOperator<Sink> written;
  private final List<Report.Stage> stages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param written what hears of the items that the target has taken
   */
  Replacement(
      Plan plan, OpenTable from, TableReading reading, OpenTable to, UnaryOperator<Sink> written) {
    this.written = written;
    this.plan = plan;
    this.how = plan.replace().orElseThrow();
    this.from = from;
    this.reading = reading;
    this.to = to;
    this.old = plan.reading().selectionOf(plan.to());
  }

  Report run(Stages runner) throws StoreException, InterruptedException {
    try {
      KeyDifference keys = new KeyDifference(WorkingFiles.name("replace", ""));
      boolean finished;
      try {
        finished = run(runner, keys);
      } finally {
        forget(keys);
      }
      return new Report(plan, stages, notes, finished);
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
    if (!backUp(runner, keys)) {
      notes.add(
          "nothing was written or removed: "
              + (how.backup()
                  ? "the target is not backed up"
                  : "what the target has is not known"));
      return false;
    }
    if (how.truncateFirst()
        && !remove(runner, "delete from " + plan.to(), belonging(noted(keys)))) {
      notes.add("nothing was written");
      return false;
    }
    Sink sink = from.noting(written.apply(to.puts()), (digest, key) -> keys.second(digest));
    int writers = Engines.writers(plan.writers());
    boolean copied =
        stage(
            runner,
            plan.name(),
            "written",
            reading.expected(),
            Engines.engine(reading, sink, writers, plan.onFailure(), plan));
    if (how.truncateFirst()) {
      return true;
    }
    if (!copied) {
      notes.add("nothing was removed from the target: not every item of the source is there");
      return false;
    }
    String what = "remove from " + plan.to() + " what " + plan.from() + " does not have";
    boolean removed = remove(runner, what, belonging(from.absent(noted(keys), reading)));
    long came = stages.get(stages.size() - 1).outcome().counts().filtered();
    if (came > 0) {
      notes.add(
          came + " items came into the source while it was read: run it again to copy them, too");
    }
    return removed;
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
      Path file = WorkingFiles.backup(plan.to());
      TableReading all = to.read(old, Wanted.CERTAIN_ITEMS);
      FileBackup backup = new FileBackup(all, to, file, plan);
      runner.say("backing up " + plan.to() + " to " + file);
      Outcome outcome = backup.run(runner, sink -> to.noting(sink, keys::first));
      stages.add(new Report.Stage("back up " + plan.to(), "backed up", outcome));
      backup.note(outcome).ifPresent(notes::add);
      return outcome.withoutLoss();
    }
    TableReading all = to.read(old, Wanted.KEYS);
    Sink sink = to.noting(new CountingSink(), keys::first);
    int writers = Engines.writers(plan.writers());
    return stage(
        runner,
        "look at " + plan.to(),
        "noted",
        all.expected(),
        Engines.engine(all, sink, writers, plan.onFailure(), plan));
  }

  /** The keys that were noted of the target and not, until now, of the source. */
  private static Source noted(KeyDifference keys) {
    return OpenTable.keys(keys.lists(), keys::list);
  }

  /** What the target's key selects cannot have moved; what an index or a filter selects can. */
  private Source belonging(Source keys) {
    boolean mayMove = old.where().flatMap(KeyCondition::index).isPresent() || old.filtered();
    return mayMove ? to.belonging(keys, to.read(old, Wanted.KEYS)) : keys;
  }

  /** Deletes the items of the target that have these keys. */
  private boolean remove(Stages runner, String what, Source keys) throws InterruptedException {
    return stage(
        runner,
        what,
        how.truncateFirst() ? "deleted" : "removed",
        OptionalLong.empty(),
        Engines.engine(
            keys,
            Shaper.NONE,
            to.deletes(),
            Engine.Settings.of(READERS, Engines.writers(plan.writers())),
            plan.onFailure(),
            plan));
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
    return outcome.withoutLoss();
  }
}
