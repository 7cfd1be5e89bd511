package org.dynocopy.run.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Job;
import org.dynocopy.verify.Findings;

/**
 * What was done of a job.
 *
 * @param job the job
 * @param stages the engines that ran, in their order; if one was not complete, the last one
 * @param notes what else there is to say, a sentence each
 * @param finished whether no stage was left out, though those before it may have ended well
 * @param findings what a comparison found, if there was one
 * @param spending what it has consumed, table by table
 * @param copies for a copy of a pattern, the reports of its copies, of which this one has all; else
 *     empty
 * @param doneAt when an earlier run did it, whose counts these are; empty if this one did
 */
public record Report(
    Job job,
    List<Stage> stages,
    List<String> notes,
    boolean finished,
    Optional<Findings> findings,
    List<Usage> spending,
    List<Report> copies,
    Optional<Instant> doneAt) {

  /**
   * What one engine did.
   *
   * @param name what for people
   * @param verb what became of items, {@code written}
   * @param outcome how it ended
   */
  public record Stage(String name, String verb, Outcome outcome) {}

  /** Copies the lists. */
  public Report {
    stages = List.copyOf(stages);
    notes = List.copyOf(notes);
    spending = List.copyOf(spending);
    copies = List.copyOf(copies);
  }

  /** Makes a report of what this run has done. */
  public Report(
      Job job,
      List<Stage> stages,
      List<String> notes,
      boolean finished,
      Optional<Findings> findings,
      List<Usage> spending,
      List<Report> copies) {
    this(job, stages, notes, finished, findings, spending, copies, Optional.empty());
  }

  /** Makes a report of a job of which nothing was left out. */
  public Report(Job job, List<Stage> stages, List<String> notes) {
    this(job, stages, notes, true);
  }

  /** Makes a report of a job that perhaps left something out. */
  public Report(Job job, List<Stage> stages, List<String> notes, boolean finished) {
    this(job, stages, notes, finished, Optional.empty());
  }

  /** Makes a report of a job in which something was compared. */
  public Report(
      Job job,
      List<Stage> stages,
      List<String> notes,
      boolean finished,
      Optional<Findings> findings) {
    this(job, stages, notes, finished, findings, List.of(), List.of());
  }

  /** Returns the same with more to say. */
  public Report noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Report(job, stages, all, finished, findings, spending, copies, doneAt);
  }

  /** Returns the same with other stages. */
  public Report staged(List<Stage> other) {
    return new Report(job, other, notes, finished, findings, spending, copies, doneAt);
  }

  /** Returns the same with what was found. */
  public Report finding(Findings found) {
    return new Report(job, stages, notes, finished, Optional.of(found), spending, copies, doneAt);
  }

  /** Returns the same with what was consumed. */
  public Report with(List<Usage> consumed) {
    return new Report(job, stages, notes, finished, findings, consumed, copies, doneAt);
  }

  /** Returns the same as what an earlier run has done. */
  public Report doneAt(Instant time) {
    return new Report(job, stages, notes, finished, findings, spending, copies, Optional.of(time));
  }

  /** Returns the same with more notes, and perhaps as one of a job that left something out. */
  public Report with(List<String> more, boolean whole) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Report(job, stages, all, finished && whole, findings, spending, copies, doneAt);
  }

  /** Returns a report of one engine. */
  public static Report of(Job job, String verb, Outcome outcome, List<String> notes) {
    return new Report(job, List.of(new Stage(job.name(), verb, outcome)), notes);
  }

  /**
   * Returns the report of a job that stands for others, as a copy of a pattern does.
   *
   * @param reports of those that were begun
   * @param number how many it stands for
   */
  public static Report of(Job job, List<Report> reports, int number) {
    if (number == 1 && reports.size() == 1) {
      return reports.get(0);
    }
    List<String> notes = new ArrayList<>();
    for (Report one : reports) {
      one.notes().forEach(note -> notes.add(one.job().name() + ": " + note));
    }
    return new Report(
        job,
        reports.stream().flatMap(one -> one.stages().stream()).toList(),
        notes,
        reports.size() == number && reports.stream().allMatch(Report::finished),
        reports.stream().flatMap(one -> one.findings().stream()).reduce(Findings::plus),
        reports.stream().flatMap(one -> one.spending().stream()).toList(),
        reports);
  }

  /** Returns whether everything was done and every item is accounted for. */
  public boolean complete() {
    return finished && stages.stream().allMatch(stage -> stage.outcome().complete());
  }

  /** Returns whether a comparison found that the target is not as it should be. */
  public boolean differs() {
    return findings.filter(found -> !found.same()).isPresent();
  }

  /** Returns whether it read what was selected, and that was nothing. */
  public boolean empty() {
    if (!copies.isEmpty()) {
      return copies.stream().allMatch(Report::empty);
    }
    List<Stage> own = stages.stream().filter(stage -> stage.name().equals(job.name())).toList();
    List<Stage> all = own.isEmpty() ? stages : own;
    return !all.isEmpty()
        && all.stream().map(stage -> stage.outcome().counts()).allMatch(Counts::empty);
  }

  /** Returns whether it, or a copy of it, was empty, and that is not as it should be. */
  public boolean failed() {
    return copies.isEmpty()
        ? job.allowance().failIfEmpty() && empty()
        : copies.stream().anyMatch(Report::failed);
  }

  /** Returns whether it was asked to stop. */
  public boolean stopped() {
    return stages.stream().anyMatch(stage -> stage.outcome().stopped());
  }

  /** Returns why it did not finish, a sentence for each engine that failed. */
  public List<String> failures() {
    return stages.stream()
        .flatMap(stage -> stage.outcome().failure().stream())
        .map(e -> e instanceof StoreException ? e.getMessage() : e.toString())
        .toList();
  }

  /** Returns how many items are in dead-letter files. */
  public long deadLetters() {
    return stages.stream().mapToLong(stage -> stage.outcome().counts().deadLettered()).sum();
  }

  /** Returns how the last engine ended; nothing was read or written if none ran. */
  public Outcome outcome() {
    return stages.isEmpty() ? Outcome.NOTHING : stages.get(stages.size() - 1).outcome();
  }
}
