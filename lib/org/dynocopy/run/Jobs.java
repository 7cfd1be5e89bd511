package org.dynocopy.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.ConcurrentLookup;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.journal.FinishedJob;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** Prepares jobs of every kind. */
public final class Jobs {

  private Jobs() {}

  /**
   * Returns the jobs that a job stands for: for a copy of a pattern, one for each table that fits.
   * What such a copy writes it does not read: a table that was made by it before is left out.
   *
   * @param notes gets a sentence for what is left out
   * @throws InvalidJobException if no table fits
   * @throws StoreException if the tables cannot be listed
   */
  public static List<Job> expand(Job job, Stores stores, Consumer<String> notes)
      throws StoreException {
    if (!(job instanceof Copy plan) || !plan.isPattern()) {
      return List.of(job);
    }
    List<String> names = stores.tables().names(plan.from().environment());
    List<Job> plans = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (String name : names) {
      Optional<Copy> copy = plan.of(name);
      if (copy.isPresent() && plan.writes(name, names)) {
        written.add(name);
      } else {
        copy.ifPresent(plans::add);
      }
    }
    if (!written.isEmpty()) {
      notes.accept(
          plan.name()
              + ": left out, as they are targets of this copy: "
              + String.join(", ", written));
    }
    if (plans.isEmpty()) {
      throw new InvalidJobException(
          plan.at("from"),
          "no table fits `"
              + plan.from()
              + "`"
              + (written.isEmpty() ? "" : " but those that this copy writes")
              + ". "
              + Suggestions.there(plan.from().table(), names, 8));
    }
    return plans;
  }

  /**
   * Checks copies of one pattern: by another name of an environment its tables may be the same.
   *
   * @throws InvalidJobException if one of them writes what another one reads
   * @throws StoreException if the tables cannot be asked
   */
  public static void checkApart(List<JobRun> copies) throws StoreException {
    Map<String, Table> sources = new HashMap<>();
    Map<Copy, Table> targets = new LinkedHashMap<>();
    for (JobRun job : copies) {
      if (job instanceof CopyRun copy) {
        sources.put(copy.source().info().arn(), copy.source());
        copy.target().ifPresent(target -> targets.put(copy.job(), target));
      } else if (job instanceof FinishedJob done
          && done.job() instanceof Copy copy
          && done.found().size() == 2) {
        sources.put(done.found().get(0).info().arn(), done.found().get(0));
        targets.put(copy, done.found().get(1));
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<Copy, Table> target : targets.entrySet()) {
      Table source = sources.get(target.getValue().info().arn());
      if (source != null && target.getValue().relation(source) == TableInfo.Relation.SAME) {
        Copy copy = target.getKey();
        problems.add(
            new Problem(
                copy.at("from"),
                "`" + copy.to() + "` is a target of this pattern, and fits it as a source"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidJobException(problems);
    }
  }

  /**
   * Does a job, no faster and for no more than it may.
   *
   * @param stores those by which it was prepared
   * @throws StoreException see {@link JobRun#run}
   */
  public static Report run(JobRun job, Stores stores, Stages stages)
      throws StoreException, InterruptedException {
    stores.meters().begin(job.job());
    long before = stores.leftOut();
    Report report = lookedAtAgain(job, job.run(stages));
    List<String> notes = ofReading(job, report);
    return report
        .with(stores.meters().spent(job.job()))
        .noting(notes)
        .noting(leftOut(stores.leftOut() - before))
        .noting(stores.omissions());
  }

  /** Returns what is to be said of what was selected. */
  private static List<String> ofReading(JobRun job, Report report) throws InterruptedException {
    List<String> notes = new ArrayList<>();
    Optional<TableReading> reading = job.selection();
    if (reading.isPresent()) {
      reading.get().repeatedKeys().ifPresent(notes::add);
      if (report.complete()) {
        reading.get().emptyKeys().ifPresent(notes::add);
        if (report.empty()) {
          notes.addAll(reading.get().whyEmpty());
        }
      }
    }
    return notes;
  }

  private static List<String> leftOut(long items) {
    return items == 0
        ? List.of()
        : List.of(
            String.format(
                "%,d items were written without their `aws:rep:` attributes, which global tables of"
                    + " 2017 keep in them",
                items));
  }

  /**
   * What was read and written is all there is only if the tables are those of the beginning.
   *
   * @return the report, as one of a job that did not finish where a table is not
   */
  private static Report lookedAtAgain(JobRun job, Report report) {
    if (!report.complete()) {
      return report;
    }
    List<ConcurrentLookup<Optional<String>>> looks =
        job.tables().stream().map(table -> ConcurrentLookup.start(table::lost)).toList();
    List<String> notes = new ArrayList<>();
    boolean finished = true;
    for (ConcurrentLookup<Optional<String>> look : looks) {
      try {
        Optional<String> lost = look.found();
        lost.ifPresent(notes::add);
        finished &= lost.isEmpty();
      } catch (StoreException e) {
        notes.add("whether its tables are still the same could not be seen: " + e.getMessage());
      }
    }
    return report.with(notes, finished);
  }

  /**
   * Finds and checks the tables of a job.
   *
   * @param stores open for as long as the job runs
   * @param out where queries print, see {@link org.dynocopy.print.ItemWriter#of}, and comparisons
   *     and fingerprints
   * @throws InvalidJobException if the job does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static JobRun prepare(Job job, Stores stores, OutputStream out) throws StoreException {
    if (!job.prints()) {
      checkWorkingFolder();
    }
    return job.accept(new JobResolver(stores, out));
  }

  /** Before any of its files, of which the user may have named none. */
  static void checkWorkingFolder() {
    try {
      PrivateFiles.checkWorkingFolder();
    } catch (IOException e) {
      throw new InvalidJobException(Location.NOWHERE, FileReason.of(e));
    }
  }
}
