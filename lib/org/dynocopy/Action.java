package org.dynocopy;

import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Ledger;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.Jobs;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.Report;
import org.dynocopy.job.Stages;
import org.dynocopy.job.cost.Budgets;
import org.dynocopy.plan.AllowanceBuilder;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Patience;
import org.dynocopy.plan.PlainText;
import org.dynocopy.plan.Prices;
import org.dynocopy.report.DryRun;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;
import org.dynocopy.store.dynamo.Connections;

/** Something to do that has been described; nothing happens before {@link #run}. */
public abstract class Action {

  static final Location HERE = Location.NOWHERE;

  private static final Stages TOLD =
      new Stages() {
        @Override
        public Outcome run(String name, OptionalLong expected, Function<RunListener, Engine> engine)
            throws InterruptedException {
          return told(name, expected, engine);
        }

        @Override
        public void say(String sentence) {
          System.err.println(PlainText.line(sentence));
        }
      };

  private boolean fresh;

  Action() {}

  abstract Job job(Environments environments);

  /** Returns where it prints data: nowhere by default. */
  OutputStream out() {
    return OutputStream.nullOutputStream();
  }

  /** Returns what collects the words of this job. */
  abstract AllowanceBuilder<?> words();

  /** Begins anew what could go on where it was stopped: a copy, a restore or a replay. */
  public Action fresh() {
    fresh = true;
    return this;
  }

  /** Reads each table and each index no faster than so many capacity units a second. */
  public Action readRate(double unitsASecond) {
    words().readRate(unitsASecond, HERE);
    return this;
  }

  /** Reads no faster than {@code "50%"} of the provisioned or warm throughput. */
  public Action readRate(String percent) {
    words().readRate(percent, HERE);
    return this;
  }

  /** Writes each table and each index no faster than so many capacity units a second. */
  public Action writeRate(double unitsASecond) {
    words().writeRate(unitsASecond, HERE);
    return this;
  }

  /** Writes no faster than {@code "50%"} of the provisioned or warm throughput. */
  public Action writeRate(String percent) {
    words().writeRate(percent, HERE);
    return this;
  }

  /** Spends at most so many dollars on requests: refuses what costs more, and stops before. */
  public Action budget(double dollars) {
    words().budget(dollars, HERE);
    return this;
  }

  /** Says what a million units cost in dollars, instead of the region's on-demand prices. */
  public Action prices(double read, double write) {
    words().prices(new Prices(read, write), HERE);
    return this;
  }

  /** Makes {@link Report#failed} true where nothing was selected. */
  public Action failIfEmpty() {
    words().failIfEmpty(HERE);
    return this;
  }

  /**
   * Says how long requests are tried again: {@code Patience.USUAL.withAttempts(8)}, or {@code
   * Patience.of("cap=20s,giveUpAfter=15m")}. Without it as often as they fail, until nothing has
   * gone forward for 15 minutes.
   */
  public Action retry(Patience patience) {
    words().retry(patience, HERE, part -> HERE);
    return this;
  }

  /**
   * Returns what is to be done, checked as far as that goes without contacting anything.
   *
   * @throws InvalidPlanException with everything that is wrong with it
   */
  public Job job() {
    Job job = job(Dynocopy.environments(Environments.Defaults.NONE));
    return fresh ? job.anew() : job;
  }

  /**
   * Looks at the tables and returns what would be done, as a dry run prints it.
   *
   * @throws InvalidPlanException if it does not fit the tables
   * @throws StoreException if a table cannot be asked
   */
  public String dryRun() throws StoreException {
    try (Connections connections = new Connections()) {
      return DryRun.of(Jobs.prepare(job(), connections, OutputStream.nullOutputStream()));
    }
  }

  /**
   * Does it. Tells on standard error how far it is, every ten seconds, whether it goes on where an
   * earlier run was stopped, and in the end the ledger.
   *
   * @return how it ended; look at {@link Report#complete}
   * @throws InvalidPlanException if it does not fit the tables; nothing was done
   * @throws StoreException if a table cannot be asked
   */
  public Report run() throws StoreException, InterruptedException {
    Report report = run(TOLD);
    System.err.println(Summary.of(report));
    return report;
  }

  /**
   * Does it, and reports to the given listener only.
   *
   * @param stages what runs the engines
   */
  public Report run(Stages stages) throws StoreException, InterruptedException {
    try (Connections connections = new Connections()) {
      Prepared job = Jobs.prepare(job(), connections, out());
      Budgets.check(List.of(job), connections);
      return Jobs.run(job, connections, stages);
    }
  }

  private static Outcome told(
      String name, OptionalLong expected, Function<RunListener, Engine> engine)
      throws InterruptedException {
    try (Progress progress =
        new Progress(name, expected.orElse(0), System.err, false, () -> "", Optional::empty)) {
      Engine made = engine.apply(progress);
      progress.start(made::counts);
      try {
        return made.run();
      } catch (InterruptedException e) {
        Ledger.Counts counts = made.counts();
        throw new InterruptedException(
            "%s was interrupted: %,d items read, %,d done, %,d not settled; run it again to do the rest"
                .formatted(
                    name,
                    counts.read(),
                    counts.read() - counts.unaccounted(),
                    counts.unaccounted()));
      }
    }
  }
}
