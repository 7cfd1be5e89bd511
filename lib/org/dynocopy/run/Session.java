package org.dynocopy.run;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.run.cost.Budgets;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.journal.FinishedJob;
import org.dynocopy.run.journal.RecordedRun;
import org.dynocopy.run.journal.RunOrigin;
import org.dynocopy.run.query.QueryRun;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.store.Stores;

/**
 * The lifecycle of jobs, one for the command line, recipes and Java: their patterns are expanded
 * and all tables looked at; then budgets are checked and questions asked; then one job after the
 * other is done.
 */
public final class Session {

  private final Stores stores;
  private final OutputStream out;
  private final Stages stages;
  private final FrontEnd frontEnd;
  private RecordedRun run;

  /**
   * Begins a session; nothing is contacted yet.
   *
   * @param stores open for as long as the session lasts
   * @param out where queries, comparisons and fingerprints print
   * @param stages what runs engines, and takes sentences about them
   */
  public Session(Stores stores, OutputStream out, Stages stages, FrontEnd frontEnd) {
    this.stores = stores;
    this.out = out;
    this.stages = stages;
    this.frontEnd = frontEnd;
    this.run = new RecordedRun(List.of(), RunOrigin.JAVA, stores, stages);
  }

  /** Returns whether a run of the same jobs was stopped, and could go on. */
  public static boolean remembers(List<? extends Job> jobs, RunOrigin origin) {
    return RecordedRun.remembers(jobs, origin);
  }

  /**
   * Finds and checks the tables of all jobs.
   *
   * @param found what is known to be wrong already, to be reported with the rest
   * @return the jobs in their order; for a copy of a pattern, one for each table that fits
   * @throws InvalidJobException with everything that is wrong with any of them
   * @throws StoreException if a table cannot be asked
   */
  public List<JobRun> prepare(List<? extends Job> jobs, List<Problem> found) throws StoreException {
    List<JobRun> prepared = new ArrayList<>();
    List<Problem> problems = new ArrayList<>(found);
    if (!jobs.stream().allMatch(Job::prints)) {
      Jobs.checkWorkingFolder();
    }
    run = new RecordedRun(jobs, frontEnd.origin(), stores, stages);
    for (int i = 0; i < jobs.size(); i++) {
      try {
        List<JobRun> all = new ArrayList<>();
        List<Job> ones = Jobs.expand(jobs.get(i), stores, stages::say);
        run.expanded(i, ones);
        for (Job one : ones) {
          Optional<JobRun> done = run.finished(i, one);
          all.add(done.isPresent() ? done.get() : Jobs.prepare(run.toDo(i, one), stores, out));
          one.makes().ifPresent(stores.tables()::makes);
        }
        Jobs.checkApart(all);
        prepared.addAll(all);
      } catch (InvalidJobException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      // What concerns all jobs, as a broken configuration, is said once.
      throw new InvalidJobException(problems.stream().distinct().toList());
    }
    return prepared;
  }

  /**
   * Estimates what jobs would take, for a dry run; each table is sampled once.
   *
   * @param each gets each job with its estimate, before anything is refused
   * @throws InvalidJobException if jobs would be refused, as they cost more than they may
   */
  public void estimate(List<JobRun> jobs, BiConsumer<JobRun, Optional<Estimate>> each) {
    Budgets budgets = new Budgets();
    for (JobRun job : jobs) {
      Optional<Estimate> estimate = job.estimate();
      each.accept(job, estimate);
      estimate.ifPresent(will -> budgets.add(job.job().allowance(), will));
    }
    budgets.check();
  }

  /**
   * Does jobs, up to the first that does not end well; after dead letters or differences, up to the
   * first that removes items. What is done is remembered, so that the next run goes on there.
   *
   * @param jobs what {@link #prepare} has returned
   * @return how those ended that were begun; empty if one of the jobs was not wanted
   * @throws InvalidJobException if they cost more than they may; nothing was done
   * @throws StoreException see {@link JobRun#run}
   */
  public Optional<List<Report>> run(List<JobRun> jobs) throws StoreException, InterruptedException {
    try (RecordedRun recorded = run) {
      recorded.take(jobs);
      checkBudgets(jobs);
      for (JobRun job : jobs) {
        // What is counted for a question is paid for by the job.
        stores.meters().begin(job.job());
        if (!frontEnd.confirms(job)) {
          return Optional.empty();
        }
      }
      frontEnd.confirmed();
      return Optional.of(recorded.all(jobs, frontEnd::interrupted, this::runAll));
    }
  }

  private void runAll(List<JobRun> jobs, List<Report> reports)
      throws StoreException, InterruptedException {
    List<Report> incomplete = new ArrayList<>();
    for (JobRun job : jobs) {
      if (frontEnd.interrupted()) {
        break;
      }
      if (!incomplete.isEmpty() && removesAfter(incomplete.get(0).job(), job.job())) {
        run.held(incomplete);
        break;
      }
      boolean done = job instanceof FinishedJob;
      if (!done) {
        frontEnd.begins(job);
      }
      Report report =
          done ? job.run(stages) : run.job(job, jobs.size(), with -> Jobs.run(job, stores, with));
      reports.add(report);
      frontEnd.ended(report);
      // What must not be empty and is has failed: nothing that relies on it may follow.
      if (!report.complete() || report.failed()) {
        break;
      }
      if (report.differs() || report.deadLetters() > 0) {
        incomplete.add(report);
      }
    }
  }

  /**
   * Returns the items of a query, read as they are asked for.
   *
   * @param done called when the stream ends, fails or is closed
   * @throws InvalidJobException if it does not fit the table, or costs more than it may
   * @throws StoreException if the table cannot be asked
   */
  public Stream<Item> stream(Query query, Runnable done) throws StoreException {
    QueryRun prepared = QueryRun.of(query, stores, out);
    checkBudgets(List.of(prepared));
    stores.meters().begin(query);
    return prepared.stream(done);
  }

  private void checkBudgets(List<JobRun> jobs) {
    Budgets budgets = new Budgets();
    for (JobRun job : jobs) {
      if (!job.job().allowance().budgets().isEmpty()) {
        // The sample that is read for it is paid for by the budget, too.
        stores.meters().begin(job.job());
        job.estimate().ifPresent(will -> budgets.add(job.job().allowance(), will));
      }
    }
    budgets.check();
  }

  /**
   * What removes items may rely on what was done before it, as a `truncate` after the copy of that
   * table does. The copies of one pattern do not: each has tables of its own.
   */
  private boolean removesAfter(Job incomplete, Job job) {
    boolean removes = job.removes() && job.words() != incomplete.words();
    if (removes) {
      stages.say(
          "dynocopy: "
              + job.name()
              + " was not run, and nothing after it: it removes items, and "
              + incomplete.name()
              + " before it ended with dead letters or differences");
    }
    return removes;
  }
}
