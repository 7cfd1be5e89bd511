package org.dynocopy.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.cli.console.Console;
import org.dynocopy.cli.process.EarlyEnd;
import org.dynocopy.cli.process.ExitCode;
import org.dynocopy.cli.process.WarmUpTasks;
import org.dynocopy.cli.tuning.ControlFile;
import org.dynocopy.cli.tuning.Tuner;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.PlainText;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.report.DryRun;
import org.dynocopy.report.JsonReport;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;
import org.dynocopy.run.FrontEnd;
import org.dynocopy.run.Session;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.cost.Expiry;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.JobRun.Question;
import org.dynocopy.run.job.QuietStages;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.journal.RunOrigin;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;

/** The front end of a session at the command line: asks and tells by the console. */
public final class JobRunner extends QuietStages implements FrontEnd {

  private final Console console;
  private final CommonOptions options;
  private final EarlyEnd end;
  private final RunOrigin origin;
  private boolean printing;
  private Optional<Path> control = Optional.empty();
  private Tuner tuner;

  public JobRunner(Console console, CommonOptions options) {
    this(console, options, options.origin(Optional.empty(), Map.of()));
  }

  public JobRunner(Console console, CommonOptions options, RunOrigin origin) {
    this.console = console;
    this.origin = origin;
    this.options = options;
    this.end = new EarlyEnd(console.err());
  }

  /** Runs the jobs and returns the exit code. */
  public int run(List<? extends Job> jobs) throws StoreException, InterruptedException {
    control = control(jobs);
    control.ifPresent(ControlFile::check);
    WarmUpTasks.REQUEST.finish();
    try (end;
        Stores stores = new DefaultStores(console::code);
        Tuner tuner = new Tuner(console, stores.meters())) {
      this.tuner = tuner;
      Session session = new Session(stores, console.items(), this, this);
      List<JobRun> prepared = prepare(session, jobs);
      if (options.dryRun) {
        session.estimate(prepared, this::tell);
        return ExitCode.DONE;
      }
      end.listen();
      Optional<List<Report>> reports = session.run(prepared);
      if (reports.isEmpty()) {
        return end.interrupted() ? ExitCode.INTERRUPTED : ExitCode.WRONG;
      }
      boolean all = reports.get().size() == prepared.size();
      return end.interrupted() && !all
          ? ExitCode.INTERRUPTED
          : reports.get().stream().mapToInt(ExitCode::of).max().orElse(ExitCode.DONE);
    }
  }

  private List<JobRun> prepare(Session session, List<? extends Job> jobs) throws StoreException {
    if (!options.fresh) {
      return session.prepare(jobs, List.of());
    }
    boolean none =
        jobs.stream().allMatch(job -> job.anew() == job) && !Session.remembers(jobs, origin);
    String nothing = "nothing here could go on where it was stopped";
    return session.prepare(
        jobs.stream().map(Job::anew).toList(),
        none ? List.of(new Problem(Location.option("--fresh"), nothing)) : List.of());
  }

  /** Tells what would be done. */
  private void tell(JobRun job, Optional<Estimate> estimate) {
    console.out().println(options.json ? JsonReport.plan(job, estimate) : DryRun.of(job, estimate));
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

  @Override
  public boolean confirms(JobRun job) throws StoreException, InterruptedException {
    Optional<Question> question;
    try {
      question = job.question(this);
    } catch (StoreException e) {
      if (!end.interrupted()) {
        throw e;
      }
      question = Optional.empty();
    }
    boolean wanted = question.isEmpty() || !end.interrupted() && agreed(job, question.get());
    if (end.interrupted() || !wanted) {
      console.err().println("nothing was done by " + job.job().name());
    }
    return wanted && !end.interrupted();
  }

  @Override
  public RunOrigin origin() {
    return origin;
  }

  @Override
  public void confirmed() {
    tuner.start(control);
  }

  @Override
  public boolean interrupted() {
    return end.interrupted();
  }

  @Override
  public void begins(JobRun job) {
    boolean items = job.job() instanceof Query query && !query.output().count();
    // A bar between the items that a query prints would be in their way.
    printing = items && console.terminal();
  }

  /**
   * Someone at a terminal is asked. A script has been decided on, but what removes or restores
   * items must have been meant: it says so.
   */
  private boolean agreed(JobRun job, Question question) throws InterruptedException {
    boolean asks = console.terminal() && !options.yes;
    String text = "";
    if (asks || question.needsYes()) {
      Optional<Expiry> expiry = job.expiry();
      Optional<String> some = expiry.isPresent() ? expiry.get().sentence() : Optional.empty();
      String expired = some.map(sentence -> " " + sentence).orElse("");
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
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Transfer> engine)
      throws InterruptedException {
    try (Progress progress =
        new Progress(
            name,
            expected.orElse(0),
            console.err().raw(),
            console.terminal(),
            tuner::rates,
            tuner::pause)) {
      Transfer made = engine.apply(progress);
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

  @Override
  public void ended(Report report) {
    int exitCode = ExitCode.of(report);
    boolean quiet = report.job() instanceof Query && report.stages().isEmpty();
    if (!quiet) {
      console.err().println(Summary.of(report));
    }
    if (exitCode == ExitCode.EMPTY && report.failed()) {
      console.err().println("dynocopy: nothing was selected by " + report.job().name());
    }
    if (options.json && !report.job().prints()) {
      console.out().println(JsonReport.summary(report, exitCode));
    }
  }
}
