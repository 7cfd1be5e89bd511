package org.dynocopy.run.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.Timestamp;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;

/**
 * What the jobs of a run that goes on have to do with each other: which table one of them writes
 * that a later one reads, and which removes what an earlier one has copied.
 */
final class JobOrder {

  /**
   * How long a job that is done protects what a later one removes. What was written to the table
   * since then was not seen by it, and the later it is, the more that may be.
   */
  static final Duration PROTECTS = Duration.ofHours(1);

  /**
   * An earlier job of the run.
   *
   * @param began the line of the journal by which it began last; of one that will be done, no line
   *     is later
   * @param ended when it ended, if it is left out
   */
  private record Earlier(int index, Job job, int began, Optional<Instant> ended) {}

  private final List<? extends Job> jobs;
  private final Journal journal;
  private final Stores stores;
  private final List<Earlier> all = new ArrayList<>();

  JobOrder(List<? extends Job> jobs, Journal journal, Stores stores) {
    this.jobs = jobs;
    this.journal = journal;
    this.stores = stores;
  }

  /** Notes that a job is left out. */
  void leftOut(int index, Job job, int began, Instant ended) {
    all.add(new Earlier(index, job, began, Optional.of(ended)));
  }

  /**
   * Notes that a job will be done.
   *
   * @throws InvalidJobException if it removes what was written after an earlier job ended that is
   *     left out
   */
  void willBeDone(int index, Job job) throws StoreException {
    if (job.removes()) {
      TableRef from = JobParts.written(job).orElseThrow();
      for (Earlier one : all) {
        boolean old = one.ended().filter(JobOrder::isOld).isPresent();
        if (old && one.index() < index && isAmong(JobParts.read(one.job()), from)) {
          throw new InvalidJobException(
              one.job().words().at(),
              String.format(
                  "%s was done by an earlier run at %s, and %s after it is not done: it would"
                      + " remove from `%s` what was written there since then. --fresh starts the"
                      + " whole run over",
                  one.job().name(), Timestamp.text(one.ended().get()), job.name(), from));
        }
      }
    }
    all.add(new Earlier(index, job, Integer.MAX_VALUE, Optional.empty()));
  }

  private static boolean isOld(Instant ended) {
    // A clock that was set back makes it neither.
    return Duration.between(ended, Instant.now()).abs().compareTo(PROTECTS) >= 0;
  }

  /** Returns the jobs after one that have begun to remove items. */
  List<Job> removingAfter(int index) {
    List<Job> removing = new ArrayList<>();
    for (int i = index + 1; i < jobs.size(); i++) {
      if (jobs.get(i).removes() && hasBegun(i)) {
        removing.add(jobs.get(i));
      }
    }
    return removing;
  }

  private boolean hasBegun(int index) {
    return journal.state().units().entrySet().stream()
        .anyMatch(unit -> Journal.index(unit.getKey()) == index && unit.getValue().begun());
  }

  /** Returns why a job that ended is done again, so that a later one does not remove too much. */
  Optional<String> tooOld(int index, Job job, Instant ended) throws StoreException {
    if (!isOld(ended) || !JobParts.isRepeatable(job)) {
      return Optional.empty();
    }
    for (int i = index + 1; i < jobs.size(); i++) {
      Job later = jobs.get(i);
      if (later.removes() && !hasBegun(i)) {
        TableRef from = JobParts.written(later).orElseThrow();
        if (isAmong(JobParts.read(job), from)) {
          return Optional.of(
              String.format(
                  "that is more than an hour ago, and %s will remove items from `%s`",
                  later.name(), from));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns why what a job has done no longer holds: an earlier one writes its table again.
   *
   * @param since the line of the journal after which that counts
   */
  Optional<String> overtaken(int index, Job job, int since) throws StoreException {
    for (Earlier one : all) {
      Optional<TableRef> written = JobParts.written(one.job());
      if (one.index() < index
          && one.began() > since
          && written.isPresent()
          && isAmong(JobParts.of(job).tables(), written.get())) {
        return Optional.of(
            String.format("%s writes `%s` once more", one.job().name(), written.get()));
      }
    }
    return Optional.empty();
  }

  private boolean isAmong(List<TableRef> tables, TableRef other) throws StoreException {
    for (TableRef table : tables) {
      if (mayBeSame(table, other)) {
        return true;
      }
    }
    return false;
  }

  /** By another environment a table may be the same, or a replica of it. */
  private boolean mayBeSame(TableRef one, TableRef other) throws StoreException {
    if (one.isPattern() || other.isPattern()) {
      return JobParts.fits(one, other) || JobParts.fits(other, one);
    }
    if (!one.name().equals(other.name())) {
      return false;
    }
    Optional<Table> first = stores.tables().find(one);
    Optional<Table> second = stores.tables().find(other);
    return first.isEmpty()
        || second.isEmpty()
        || first.get().relation(second.get()) != TableInfo.Relation.OTHERS;
  }
}
