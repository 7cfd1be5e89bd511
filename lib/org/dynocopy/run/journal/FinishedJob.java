package org.dynocopy.run.journal;

import java.util.List;
import java.util.Optional;
import org.dynocopy.files.Timestamp;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/**
 * A job that an earlier try of the same run has done, and whose tables still have it: it is not
 * done again, and its report is that of then.
 */
public final class FinishedJob implements JobRun {

  private final Report report;
  private final List<Table> found;

  FinishedJob(Report report, List<Table> found) {
    this.report = report;
    this.found = List.copyOf(found);
  }

  /** Returns the tables that it had, in the order of its kind; of a copy, its source is first. */
  public List<Table> found() {
    return found;
  }

  @Override
  public Job job() {
    return report.job();
  }

  Report report() {
    return report;
  }

  /** Returns what is said of it: when it was done, and how to do it again. */
  public String sentence() {
    return "done by an earlier run at "
        + Timestamp.text(report.doneAt().orElseThrow())
        + ", and not done again; --fresh starts the whole run over";
  }

  @Override
  public void describe(Outline outline) {
    outline.title(job().name());
    outline.line("done", sentence());
    outline.field("doneAt", report.doneAt().orElseThrow().toString());
  }

  @Override
  public boolean estimate(Estimator estimator) {
    return false;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.empty();
  }

  @Override
  public List<Table> tables() {
    return List.of();
  }

  @Override
  public Optional<Question> question(Stages stages) {
    return Optional.empty();
  }

  @Override
  public Report run(Stages stages) {
    return report;
  }
}
