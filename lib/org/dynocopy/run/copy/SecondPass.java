package org.dynocopy.run.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.RepairCommand;
import org.dynocopy.store.MovingItems;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/**
 * Reads an index once more after a copy, and copies what did not come before, as it moved in the
 * index meanwhile or is new. That takes as many read units as the index itself did, without the
 * whole items that were fetched from the table.
 */
final class SecondPass {

  private final Copy copy;
  private final TableInfo.Index index;
  private final boolean fromBothEnds;
  private final MovingItems items;

  private SecondPass(Copy copy, TableReading reading, MovingItems items) {
    this.copy = copy;
    this.index = reading.index().orElseThrow();
    this.fromBothEnds = reading.readsFromBothEnds();
    this.items = items;
  }

  /** Prepares for a copy of an index; empty for one of a table, whose items do not move. */
  static Optional<SecondPass> of(Copy copy, TableReading reading) {
    return reading.movingItems().map(items -> new SecondPass(copy, reading, items));
  }

  /** Returns the first reading, which notes what comes. */
  TableReading first() {
    return items.first();
  }

  /** Says that the first reading goes on where another run was stopped. */
  void goesOn() {
    items.notAll();
  }

  /**
   * Reads once more, for the last time: what came is forgotten then.
   *
   * @param copied how the copy ended
   * @param sink what puts items into the target
   * @return the same, with what this has copied in the copy's ledger
   */
  Report run(Stages stages, Report copied, Sink sink) throws InterruptedException {
    try {
      return twice(stages, copied, sink);
    } finally {
      items.clear();
    }
  }

  private Report twice(Stages stages, Report copied, Sink sink) throws InterruptedException {
    if (!copied.complete()) {
      return copied;
    }
    if (!copy.readsTwice() || !items.mayHaveMoved()) {
      return items.repeated() == 0
          ? copied
          : copied.noting(
              List.of(came() + ", and items that moved the other way may be missing" + run()));
    }
    List<Report.Stage> all = new ArrayList<>(copied.stages());
    int own = 0;
    while (!all.get(own).name().equals(copy.name())) {
      own++;
    }
    Report.Stage first = all.get(own);
    Outcome before = first.outcome();
    Outcome more = read(stages, before, sink);
    all.set(own, new Report.Stage(first.name(), first.verb(), before.plus(more)));
    return copied.staged(all).noting(note(before, more).stream().toList());
  }

  private Outcome read(Stages stages, Outcome before, Sink sink) throws InterruptedException {
    TableReading reading = items.second();
    OnFailure onFailure = copy.onFailure();
    Optional<Path> file = onFailure.deadLetter().or(() -> before.deadLetters().map(Path::of));
    DeadLetters deadLetters =
        new BoundedDeadLetters(
            EngineFactory.deadLetterFile(file, copy.words()),
            onFailure.stopAfter(),
            before.counts().deadLettered(),
            copy.words().at());
    RunSettings settings =
        RunSettings.of(reading.readers(), EngineFactory.writers(copy.writers()))
            .with(copy.allowance().patience());
    return stages.run(
        copy.name() + ": index `" + index.name() + "` once more",
        OptionalLong.empty(),
        listener ->
            new Engine(
                reading.source(),
                EngineFactory.shaper(reading),
                sink,
                deadLetters,
                settings,
                listener));
  }

  private Optional<String> note(Outcome before, Outcome more) {
    if (!more.complete()) {
      return Optional.of(
          "all that came of the index `"
              + index.name()
              + "` is copied; the second reading of it, for what moved meanwhile, did not finish"
              + run());
    }
    long came = before.counts().read() - items.repeated();
    if (!items.allSeen() && items.looked() != came) {
      return Optional.of(
          String.format(
              "the index `%s` has %,d items now, and %,d came when it was read: it has changed"
                  + " meanwhile, and items that moved in it may be missing%s",
              index.name(), items.looked(), came, run()));
    }
    long found = more.counts().written();
    if (found > 0) {
      return Optional.of(
          String.format(
              "%s, and %,d items that did not come were found by a second reading, and copied: they"
                  + " had moved, or are new. Where it goes on moving, others may be missing%s",
              came(), found, run()));
    }
    return items.repeated() == 0
        ? Optional.empty()
        : Optional.of(came() + "; a second reading copied no others");
  }

  private String came() {
    if (items.repeated() == 0) {
      return "the index `" + index.name() + "` changed while it was read";
    }
    return String.format(
        fromBothEnds
            ? "%,d items came more than once: the index `%s` was read from both ends, in two"
                + " orders, or it moved while it was read"
            : "%,d items came more than once: the index `%s` moved while it was read",
        items.repeated(),
        index.name());
  }

  private String run() {
    return "; to read it again and copy what is missing, run "
        + RepairCommand.of(copy, index.global());
  }
}
