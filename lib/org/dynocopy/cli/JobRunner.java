package org.dynocopy.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.StoreException;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.job.Jobs;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.Prepared.Question;
import org.dynocopy.job.Report;
import org.dynocopy.job.Stages;
import org.dynocopy.job.cost.Budgets;
import org.dynocopy.job.cost.Estimate;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.job.cost.Expiry;
import org.dynocopy.plan.Fingerprinting;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.PlainText;
import org.dynocopy.plan.Problem;
import org.dynocopy.plan.Query;
import org.dynocopy.report.DryRun;
import org.dynocopy.report.JsonReport;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;
import org.dynocopy.store.dynamo.Connections;

/** Runs jobs one after the other: all are checked against their tables before the first begins. */
final class JobRunner implements Stages {

  private final Console console;
  private final CommonOptions options;
  private final EarlyEnd end;
  private boolean printing;
  private Tuner tuner;

  JobRunner(Console console, CommonOptions options) {
    this.console = console;
    this.options = options;
    this.end = new EarlyEnd(console.err());
  }

  /** Runs the jobs and returns the exit code. */
  int run(List<? extends Job> jobs) throws StoreException, InterruptedException {
    Optional<Path> control = control(jobs);
    control.ifPresent(ControlFile::check);
    Ahead.REQUEST.finish();
    try (end;
        Connections connections = new Connections(console::code);
        Tuner tuner = new Tuner(console, connections.meters())) {
      this.tuner = tuner;
      List<Prepared> prepared = prepare(jobs, connections, console.items());
      if (options.dryRun) {
        rehearse(prepared);
        return ExitCode.DONE;
      }
      end.listen();
      Budgets.check(prepared, connections);
      Optional<Integer> unwanted = ask(prepared, connections);
      if (unwanted.isPresent()) {
        return unwanted.get();
      }
      tuner.start(control);
      int worst = ExitCode.DONE;
      Optional<Job> incomplete = Optional.empty();
      for (Prepared job : prepared) {
        if (end.interrupted()) {
          return ExitCode.INTERRUPTED;
        }
        if (incomplete.isPresent() && removesAfter(incomplete.get(), job.job())) {
          break;
        }
        Report report = run(job, connections);
        worst = Math.max(worst, tell(report));
        if (worst == ExitCode.DEAD_LETTERS) {
          incomplete = incomplete.or(() -> Optional.of(report.job()));
        }
        // What must not be empty and is has failed: nothing that relies on it may follow.
        if (worst > ExitCode.DEAD_LETTERS || report.failed()) {
          break;
        }
      }
      return worst;
    }
  }

  /**
   * What removes items may rely on what was done before it, as a `truncate` after the copy of that
   * table does. The copies of one pattern do not: each has tables of its own.
   */
  private boolean removesAfter(Job incomplete, Job job) {
    boolean removes = job.removes() && job.words() != incomplete.words();
    if (removes) {
      console
          .err()
          .println(
              "dynocopy: "
                  + job.name()
                  + " was not run, and nothing after it: it removes items, and "
                  + incomplete.name()
                  + " before it ended with dead letters or differences");
    }
    return removes;
  }

  /** Tells what would be done, and refuses what would be refused; each table is sampled once. */
  private void rehearse(List<Prepared> jobs) {
    Budgets budgets = new Budgets();
    for (Prepared job : jobs) {
      Optional<Estimate> estimate = Estimator.of(job);
      console
          .out()
          .println(options.json ? JsonReport.plan(job, estimate) : DryRun.of(job, estimate));
      estimate.ifPresent(will -> budgets.add(job.job().allowance(), will));
    }
    budgets.check();
  }

  private List<Prepared> prepare(
      List<? extends Job> jobs, Connections connections, OutputStream out) throws StoreException {
    List<Prepared> prepared = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (options.fresh && jobs.stream().allMatch(job -> job.anew() == job)) {
      problems.add(
          new Problem(Location.option("--fresh"), "nothing here could go on where it was stopped"));
    }
    for (Job job : jobs) {
      try {
        Job wanted = options.fresh ? job.anew() : job;
        List<Prepared> all = new ArrayList<>();
        for (Job one : Jobs.expand(wanted, connections, this::say)) {
          all.add(Jobs.prepare(one, connections, out));
          one.makes().ifPresent(connections::makes);
        }
        Jobs.checkApart(all);
        prepared.addAll(all);
      } catch (InvalidPlanException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      // What concerns all jobs, as a broken configuration, is said once.
      throw new InvalidPlanException(problems.stream().distinct().toList());
    }
    return prepared;
  }

  /** Where a rate is given, it can be changed without having asked for a file before. */
  private Optional<Path> control(List<? extends Job> jobs) {
    boolean held =
        jobs.stream()
            .map(Job::allowance)
            .anyMatch(may -> may.read().isPresent() || may.write().isPresent());
    String usual = "control-" + ProcessHandle.current().pid() + ".properties";
    return options.control.or(
        () -> held ? Optional.of(WorkingFolder.file(usual)) : Optional.empty());
  }

  /** Asks everything before anything is done; returns how it ends if something is not wanted. */
  private Optional<Integer> ask(List<Prepared> jobs, Connections connections)
      throws StoreException, InterruptedException {
    for (Prepared job : jobs) {
      Optional<Question> question;
      connections.meters().begin(job.job());
      try {
        question = job.question(this);
      } catch (StoreException e) {
        if (!end.interrupted()) {
          throw e;
        }
        question = Optional.empty();
      }
      boolean wanted = question.isEmpty() || !end.interrupted() && confirmed(job, question.get());
      if (end.interrupted() || !wanted) {
        console.err().println("nothing was done by " + job.job().name());
        return Optional.of(end.interrupted() ? ExitCode.INTERRUPTED : ExitCode.WRONG);
      }
    }
    return Optional.empty();
  }

  private Report run(Prepared job, Connections connections)
      throws StoreException, InterruptedException {
    boolean items = job.job() instanceof Query query && !query.output().count();
    // A bar between the items that a query prints would be in their way.
    printing = items && console.terminal();
    return Jobs.run(job, connections, this);
  }

  /**
   * Someone at a terminal is asked. A script has been decided on, but what removes or restores
   * items must have been meant: it says so.
   */
  private boolean confirmed(Prepared job, Question question) throws InterruptedException {
    boolean asks = console.terminal() && !options.yes;
    String text = "";
    if (asks || question.needsYes()) {
      String expired = Expiry.of(job).map(sentence -> " " + sentence).orElse("");
      text = PlainText.line(job.job().name()) + ": " + question.text() + expired;
    }
    if (asks) {
      return console.yes(text + " Go on?");
    }
    if (question.needsYes()) {
      console.err().println(text);
    }
    if (question.needsYes() && !options.yes) {
      console.err().println("dynocopy: this deletes or overwrites items; confirm with --yes");
    }
    return options.yes || !question.needsYes();
  }

  @Override
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Engine> engine)
      throws InterruptedException {
    try (Progress progress =
        new Progress(
            name,
            expected.orElse(0),
            console.err().raw(),
            console.terminal(),
            tuner::rates,
            tuner::pause)) {
      Engine made = engine.apply(progress);
      end.running(Optional.of(made));
      if (!printing) {
        progress.start(made::counts);
      }
      return made.run();
    } finally {
      end.running(Optional.empty());
    }
  }

  @Override
  public void prints() {
    printing = console.terminal();
  }

  @Override
  public void say(String sentence) {
    console.err().println(PlainText.line(sentence));
  }

  private int tell(Report report) {
    int exitCode = ExitCode.of(report);
    boolean quiet = report.job() instanceof Query && report.stages().isEmpty();
    if (!quiet) {
      console.err().println(Summary.of(report));
    }
    if (exitCode == ExitCode.EMPTY && report.failed()) {
      console.err().println("dynocopy: nothing was selected by " + report.job().name());
    }
    boolean data = report.job() instanceof Query || report.job() instanceof Fingerprinting;
    if (options.json && !data) {
      console.out().println(JsonReport.summary(report, exitCode));
    }
    return exitCode;
  }
}
