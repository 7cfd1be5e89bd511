package org.dynocopy.run.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.dynocopy.core.StoreException;
import org.dynocopy.files.FileReason;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.state.Leftovers;
import org.dynocopy.state.RunHistory;
import org.dynocopy.store.Stores;

/**
 * A run with its journal: what earlier tries have done is left out, and what this one does noted.
 */
public final class RecordedRun implements AutoCloseable {

  /** What does the jobs of a run, as far as that goes. */
  public interface Body {
    /** Does them, and adds the report of each that was begun, whatever happens then. */
    void run(List<JobRun> jobs, List<Report> reports) throws StoreException, InterruptedException;
  }

  /** What does one job. */
  public interface One {
    /** Does it. */
    Report run(Stages stages) throws StoreException, InterruptedException;
  }

  private final List<? extends Job> jobs;
  private final RunOrigin origin;
  private final Stores stores;
  private final Stages stages;
  private final Journal journal;
  private final FinishedJobs finished;
  private final Map<Job, String> units = new IdentityHashMap<>();
  private final Map<Integer, List<String>> tables = new LinkedHashMap<>();
  private Instant begun = Instant.now();

  /**
   * Looks whether the run was stopped before. Nothing is changed.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException as {@link Journal} does
   */
  public RecordedRun(List<? extends Job> jobs, RunOrigin origin, Stores stores, Stages stages) {
    this.jobs = jobs;
    this.origin = origin;
    this.stores = stores;
    this.stages = stages;
    this.journal = new Journal(jobs, origin);
    this.finished = new FinishedJobs(jobs, journal, stores, stages::say);
  }

  /** Returns whether a run of the same jobs was stopped, and could go on. */
  public static boolean remembers(List<? extends Job> jobs, RunOrigin origin) {
    return new Journal(jobs, origin).isThere();
  }

  private static String unit(int index, Job asked, Job one) {
    boolean pattern = asked instanceof Copy copy && copy.isPattern();
    return index + (pattern ? " " + ((Copy) one).from().table() : "");
  }

  /** Names what a pattern no longer fits, and what it fits since the run was stopped. */
  public void expanded(int index, List<Job> ones) {
    Job asked = jobs.get(index);
    ones.forEach(one -> units.put(one, unit(index, asked, one)));
    if (!(asked instanceof Copy copy && copy.isPattern())) {
      return;
    }
    List<String> now = ones.stream().map(one -> ((Copy) one).from().table()).toList();
    tables.put(index, now);
    List<String> then = journal.state().tables("" + index);
    if (then.isEmpty()) {
      return;
    }
    List<String> gone = new ArrayList<>(then);
    gone.removeAll(now);
    List<String> come = new ArrayList<>(now);
    come.removeAll(then);
    if (!gone.isEmpty()) {
      stages.say(
          asked.name()
              + ": of the tables of the run that was stopped, these are gone: "
              + String.join(", ", gone));
    }
    if (!come.isEmpty()) {
      stages.say(
          asked.name()
              + ": these tables have come since that run was stopped, and are copied, too: "
              + String.join(", ", come));
    }
  }

  /** Returns a job as one that is done, if it is. */
  public Optional<JobRun> finished(int index, Job one) throws StoreException {
    return finished.of(index, units.get(one), one).map(job -> job);
  }

  /** Returns a job as it is to be done, if it is not done. */
  public Job toDo(int index, Job one) throws StoreException {
    Job job = finished.toDo(index, units.get(one), one);
    units.put(job, units.get(one));
    return job;
  }

  /**
   * Takes the journal, and has what earlier tries have spent counted.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it cannot be written, and is needed
   * @throws StoreException if another process does the same
   */
  public void take(List<JobRun> prepared) throws StoreException {
    journal.take().ifPresent(stages::say);
    Map<String, Job> named = new LinkedHashMap<>();
    prepared.forEach(one -> named.put(units.getOrDefault(one.job(), ""), one.job()));
    journal
        .state()
        .units()
        .forEach(
            (unit, known) -> {
              Map<String, double[]> used = new LinkedHashMap<>();
              known
                  .used()
                  .forEach((table, of) -> used.put(table, new double[] {of.read(), of.write()}));
              double dollars =
                  known.used().values().stream().mapToDouble(JournalState.Used::dollars).sum();
              // What was spent on a table that is gone counts as well.
              Job job = named.getOrDefault(unit, jobs.get(Journal.index(unit)));
              stores.meters().spentBefore(job, used, dollars);
            });
  }

  /**
   * Does all jobs, and remembers how far it came.
   *
   * @param ended whether somebody ends it, which may be between two jobs
   */
  public List<Report> all(List<JobRun> prepared, BooleanSupplier ended, Body body)
      throws StoreException, InterruptedException {
    journal.begin();
    journal.replaced().ifPresent(this::replaced);
    sweep();
    for (Map.Entry<Integer, List<String>> pattern : tables.entrySet()) {
      journal.tables(pattern.getKey(), pattern.getValue());
    }
    begun = journal.state().begun().orElse(begun);
    List<Report> reports = new ArrayList<>();
    try {
      body.run(prepared, reports);
    } catch (StoreException | RuntimeException | InterruptedException e) {
      String how = e instanceof InterruptedException ? "interrupted" : "failed";
      journal.stopped(how, "" + e.getMessage());
      throw e;
    }
    boolean all = reports.size() == prepared.size();
    if (all && reports.stream().allMatch(Report::complete)) {
      done(reports);
    } else {
      stopped(reports, ended.getAsBoolean());
    }
    return reports;
  }

  /** What others have left is in no one's way: that it cannot be removed is no failure. */
  private void sweep() {
    try {
      Leftovers.sweep();
    } catch (IOException e) {
      stages.say("what killed runs have left could not be removed: " + FileReason.of(e));
    }
  }

  /** What was stopped and will not go on is still known to have run. */
  private void replaced(Map<String, Object> before) {
    try {
      RunHistory.add(before);
    } catch (IOException e) {
      stages.say("the run that was stopped could not be recorded: " + FileReason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is done: what cannot be recorded of it is said, and no failure. */
  private void done(List<Report> reports) throws InterruptedException {
    if (!journal.isKept()) {
      return;
    }
    try {
      double dollars = journal.state().dollars();
      RunHistory.add(RunLine.of("done", origin.command(), begun, dollars, reports));
    } catch (IOException e) {
      stages.say("the run could not be recorded: " + FileReason.of(e));
    }
    try {
      journal.forget();
    } catch (IOException e) {
      stages.say("the journal of the run cannot be removed: " + FileReason.of(e));
    }
  }

  private void stopped(List<Report> reports, boolean ended) {
    boolean interrupted = ended || reports.stream().anyMatch(Report::stopped);
    List<String> why = reports.stream().flatMap(report -> report.failures().stream()).toList();
    boolean failed = !why.isEmpty() || reports.stream().anyMatch(report -> !report.complete());
    journal.stopped(
        interrupted ? "interrupted" : failed ? "failed" : Journal.HELD_BACK,
        String.join("; ", why));
  }

  /** Does one job. */
  public Report job(JobRun job, int number, One body) throws StoreException, InterruptedException {
    String unit = units.get(job.job());
    JobRecord record = journal.begins(unit, () -> FinishedJobs.proof(job, stores));
    Report report;
    try (SpendingWatch watch = new SpendingWatch(journal, stores.meters(), unit, job.job())) {
      report = body.run(new RecordedStages(stages, record));
    }
    if (number > 1 || !report.complete()) {
      boolean complete = report.complete();
      journal.ended(unit, report, complete ? FinishedJobs.proof(job, stores) : Map.of());
    }
    return report;
  }

  /** Notes that a job was held back by others. */
  public void held(List<Report> by) throws StoreException {
    journal.holds(by.stream().map(report -> units.get(report.job())).toList());
  }

  @Override
  public void close() throws StoreException {
    journal.close();
  }
}
