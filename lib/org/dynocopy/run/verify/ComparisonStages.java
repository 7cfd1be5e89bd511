package org.dynocopy.run.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.store.TableReading;

/** Runs the engines of a comparison, one after the other, and keeps how they ended. */
final class ComparisonStages {

  /** How many lists of keys, a hundredth of all each, are in memory at once. */
  private static final int READERS = 4;

  private final Stages runner;
  private final int writers;
  private final Job job;
  private final UnaryOperator<Shaper> shaping;
  private final List<Report.Stage> stages = new ArrayList<>();
  private boolean finished = true;

  /**
   * Makes one.
   *
   * @param shaping what to make of the shapers of tables that are read
   */
  ComparisonStages(Stages runner, int writers, Job job, UnaryOperator<Shaper> shaping) {
    this.shaping = shaping;
    this.runner = runner;
    this.writers = writers;
    this.job = job;
  }

  void say(String sentence) {
    runner.say(sentence);
  }

  /** Brings what is read of a table to a sink. */
  Outcome run(String name, String verb, TableReading what, Sink sink) throws InterruptedException {
    RunSettings settings =
        RunSettings.of(what.readers(), writers).withLimit(what.reading().limit());
    Shaper shaper = shaping.apply(EngineFactory.shaper(what));
    return ran(
        name,
        verb,
        runner.run(
            name,
            what.expected(),
            EngineFactory.engine(
                what.source(), shaper, sink, settings, EngineFactory.ON_FAILURE, job)));
  }

  /** Brings what is known of keys to a sink, while data is printed. */
  Outcome run(String name, String verb, Source keys, Sink sink) throws InterruptedException {
    RunSettings settings = RunSettings.of(READERS, writers);
    runner.prints();
    return ran(
        name,
        verb,
        runner.run(
            name,
            OptionalLong.empty(),
            EngineFactory.engine(
                keys, Shaper.NONE, sink, settings, EngineFactory.ON_FAILURE, job)));
  }

  private Outcome ran(String name, String verb, Outcome outcome) {
    stages.add(new Report.Stage(name, verb, outcome));
    finished &= outcome.complete();
    return outcome;
  }

  /** Returns the engines that ran. */
  List<Report.Stage> stages() {
    return stages;
  }

  /** Returns whether all of them came to their end. */
  boolean finished() {
    return finished;
  }
}
