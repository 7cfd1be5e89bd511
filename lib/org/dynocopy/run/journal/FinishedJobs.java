package org.dynocopy.run.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Timestamp;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.resume.ResumeDifferences;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;

/**
 * Decides which jobs of a run that goes on are left out, as they are done: their tables must be the
 * same ones, and still have what was written. What does not hold any more is done again; but where
 * a later job has begun to remove items, that could copy what is no longer whole, and is refused.
 */
final class FinishedJobs {

  /** The field of what a job was asked for besides what its first line has. */
  private static final String WORDS = "words";

  private final Journal journal;
  private final Stores stores;
  private final Consumer<String> say;
  private final JobOrder order;

  FinishedJobs(List<? extends Job> jobs, Journal journal, Stores stores, Consumer<String> say) {
    this.journal = journal;
    this.stores = stores;
    this.say = say;
    this.order = new JobOrder(jobs, journal, stores);
  }

  /**
   * Looks whether a job is done.
   *
   * @param index which of the jobs it is, or is a part of
   * @param unit what the journal calls it
   * @throws InvalidJobException if it was done, does not hold any more, and must not be done again
   */
  Optional<FinishedJob> of(int index, String unit, Job job) throws StoreException {
    JournalState.Unit known = journal.state().unit(unit);
    Optional<FinishedJob> left = leftOut(index, job, known);
    if (left.isPresent()) {
      Instant ended = left.get().report().doneAt().orElseThrow();
      order.leftOut(index, job, known.beginning(), ended);
    } else {
      if (known.begun() && !known.nothingDone()) {
        checkLimit(job, known);
      }
      order.willBeDone(index, job);
    }
    return left;
  }

  /**
   * Returns a job as it is to be done: from its beginning, where it was stopped and an earlier one
   * writes its tables once more.
   */
  Job toDo(int index, String unit, Job job) throws StoreException {
    JournalState.Unit known = journal.state().unit(unit);
    if (!known.begun() || known.ended().isPresent()) {
      return job;
    }
    Optional<String> why = order.overtaken(index, job, known.beginning());
    why.ifPresent(text -> say.accept(job.name() + ": starts over, as " + text));
    return why.isPresent() ? job.anew() : job;
  }

  private Optional<FinishedJob> leftOut(int index, Job job, JournalState.Unit known)
      throws StoreException {
    if (known.ended().isEmpty() || job.prints()) {
      return Optional.empty();
    }
    Report before =
        ReportFields.report(job, known.ended().get())
            .with(
                known.used().entrySet().stream()
                    .map(used -> used.getValue().spending(used.getKey()))
                    .toList());
    if (known.holds() || before.failed()) {
      say.accept(
          job.name()
              + ": done again, as what comes after it waits for it: it ended at "
              + time(before)
              + (before.failed() ? " with nothing" : " with dead letters or differences"));
      return Optional.empty();
    }
    List<Job> removing = order.removingAfter(index);
    stores.meters().begin(job);
    Optional<String> why = order.overtaken(index, job, known.ending());
    Checked checked = why.isPresent() ? again(why.get()) : check(job, known, removing);
    why = checked.why();
    if (why.isEmpty() && removing.isEmpty()) {
      why = order.tooOld(index, job, before.doneAt().orElseThrow());
    }
    if (why.isEmpty()) {
      return Optional.of(new FinishedJob(checked.found().in(before), checked.tables()));
    }
    if (!removing.isEmpty()) {
      throw new InvalidJobException(
          job.words().at(),
          job.name()
              + " was done by an earlier run at "
              + time(before)
              + ", but "
              + why.get()
              + ". It is not done again, as "
              + removing.get(0).name()
              + " after it has begun to remove items. --fresh starts the whole run over");
    }
    say.accept(job.name() + ": done again: it was done at " + time(before) + ", but " + why.get());
    return Optional.empty();
  }

  /** Returns whether a job deletes only so many items. */
  static boolean isLimited(Job job) {
    return job instanceof Deletion deletion && deletion.reading().limit().isPresent();
  }

  /** Of how many items a killed deletion has deleted nothing is left that could be counted. */
  private static void checkLimit(Job job, JournalState.Unit known) {
    if (isLimited(job)) {
      throw new InvalidJobException(
          job.words().at("limit"),
          String.format(
              "%s %s up to %,d items, and to run it again could delete as many more. If that is"
                  + " right, use --fresh",
              job.name(),
              known.ended().isPresent()
                  ? "has deleted"
                  : "was stopped after it had begun to delete",
              ((Deletion) job).reading().limit().getAsLong()));
    }
  }

  private static String time(Report before) {
    return Timestamp.text(before.doneAt().orElseThrow(() -> new IllegalStateException()));
  }

  /**
   * What was looked at.
   *
   * @param why why the job is to be done again, if it is
   * @param tables its tables, if these were noted
   */
  private record Checked(Optional<String> why, SettledCheck.Found found, List<Table> tables) {}

  private Checked check(Job job, JournalState.Unit known, List<Job> removing)
      throws StoreException {
    JobParts parts = JobParts.of(job);
    if (!parts.certain()) {
      return again("what its filter uses cannot be compared: " + parts.uncertain());
    }
    Map<String, Object> ended = known.ended().orElseThrow();
    List<String> changed = changedWords(job, ended);
    if (!changed.isEmpty()) {
      return again(String.join("; ", changed));
    }
    boolean verifies = job instanceof Copy copy && copy.verify().isPresent();
    if (verifies && !ended.containsKey("findings")) {
      return again("it was not verified then");
    }
    List<Table> tables = new ArrayList<>();
    if (ended.containsKey("tables")) {
      List<String> then = JournalState.strings(ended.get("tables"));
      for (int i = 0; i < parts.tables().size(); i++) {
        TableRef table = parts.tables().get(i);
        Optional<Table> now = stores.tables().find(table);
        if (now.isEmpty()) {
          return again("there is no table `" + table + "` any more");
        }
        tables.add(now.get());
        String is = ResumePoint.identity(now.get().info());
        if (then.get(i).isEmpty()) {
          continue;
        }
        if (!is.split(" ")[0].equals(then.get(i).split(" ")[0])) {
          throw new InvalidJobException(
              job.words().at(),
              job.name()
                  + " was done with "
                  + then.get(i)
                  + ", and `"
                  + table
                  + "` is now "
                  + is
                  + ". Run it as it was to go on, or use --fresh to start over");
        }
        if (!is.equals(then.get(i))) {
          return again("`" + table + "` was made anew since");
        }
      }
    }
    Optional<Path> file = Optional.ofNullable(known.notes().get(JobRecord.FILE)).map(Path::of);
    if (file.isPresent() && !PrivateFiles.isThere(file.get())) {
      return again("there is no file " + file.get() + " any more");
    }
    return written(job, parts, ended, tables, removing);
  }

  private static List<String> changedWords(Job job, Map<String, Object> ended) {
    Map<String, String> then = new TreeMap<>();
    if (ended.get(WORDS) instanceof Map<?, ?> words) {
      words.forEach((word, value) -> then.put((String) word, (String) value));
    }
    return new ResumeDifferences(then, JobParts.words(job), List.of()).differences();
  }

  private static Checked again(String why) {
    return new Checked(Optional.of(why), SettledCheck.Found.ALL, List.of());
  }

  /** What later jobs of the run remove is not missing. */
  private Checked written(
      Job job, JobParts parts, Map<String, Object> ended, List<Table> tables, List<Job> removing)
      throws StoreException {
    int last = tables.size() - 1;
    if (last < 0 || !ended.containsKey("written") || removing.stream().anyMatch(parts::sameEnd)) {
      return new Checked(Optional.empty(), SettledCheck.Found.ALL, tables);
    }
    TableRef to = parts.tables().get(last);
    SettledCheck check =
        job instanceof Copy copy
            ? SettledCheck.of(copy, tables.get(0), tables.get(last))
            : SettledCheck.of(job, to, tables.get(last));
    List<Item> items = JournalState.strings(ended.get("written")).stream().map(Item::of).toList();
    try {
      SettledCheck.Found found = check.look(items);
      Optional<String> why =
          found.none().map(key -> "not one of the sampled items is in " + to + ", such as " + key);
      return new Checked(why, found, tables);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.REFUSED, "interrupted");
    }
  }

  /** Returns what tells the tables of a job from others, in the order of its parts. */
  static Map<String, Object> proof(JobRun job, Stores stores) throws StoreException {
    List<TableRef> refs = JobParts.of(job.job()).tables();
    List<String> identities = new ArrayList<>();
    for (int i = 0; i < refs.size(); i++) {
      Optional<Table> table =
          job.tables().size() == refs.size()
              ? Optional.of(job.tables().get(i))
              : stores.tables().find(refs.get(i));
      identities.add(table.map(found -> ResumePoint.identity(found.info())).orElse(""));
    }
    return Map.of("tables", identities, WORDS, JobParts.words(job.job()));
  }
}
