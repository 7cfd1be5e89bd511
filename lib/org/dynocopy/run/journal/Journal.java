package org.dynocopy.run.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Timestamp;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Release;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.Restore;
import org.dynocopy.state.JournalFile;

/**
 * What a run remembers until it is complete, above the checkpoints of its jobs: which jobs have
 * ended and how, what they have made, and what they have spent. The same command finds it again,
 * leaves out what is done, and goes on with the rest. Its file is held for as long as the run
 * lives.
 */
final class Journal implements AutoCloseable {

  /** How a try ended that held back a job, and has said why. */
  static final String HELD_BACK = "held back";

  private final RunOrigin origin;
  private final RunIdentity identity;
  private final boolean needed;
  private final Optional<Path> place;
  private final boolean fresh;
  private Optional<JournalState> replaced = Optional.empty();
  private boolean complete;
  private JournalState state = new JournalState();
  private Optional<JournalFile> file = Optional.empty();

  /**
   * Looks whether the same run was stopped before. Nothing is changed.
   *
   * @throws InvalidJobException if it was, and what it has noted cannot be used, or is of other
   *     jobs
   */
  Journal(List<? extends Job> jobs, RunOrigin origin) {
    this.origin = origin;
    this.identity = new RunIdentity(jobs, origin);
    boolean budget = jobs.stream().anyMatch(job -> !job.allowance().budgets().isEmpty());
    boolean prints = jobs.stream().allMatch(Job::prints);
    this.needed = budget || !jobs.stream().allMatch(JobParts::onlyReads);
    // What no other process finds again would lie there for ever.
    this.place =
        prints && !budget || !identity.isKnown()
            ? Optional.empty()
            : Optional.of(WorkingFolder.file(identity.fileName()));
    this.fresh = origin.fresh() || jobs.stream().anyMatch(Journal::fresh);
    if (place.isPresent() && !fresh) {
      state = JournalState.of(place.get());
      compare();
    }
  }

  private static boolean fresh(Job job) {
    return job instanceof Copy copy && copy.resume().fresh()
        || job instanceof Restore restore && restore.fresh()
        || job instanceof Replay replay && replay.fresh();
  }

  /**
   * Where a job was held back, its user may well do something else instead, as long as nothing was
   * removed: what is left of a source then is not what the run was about.
   */
  private void compare() {
    List<Problem> differences = state.isEmpty() ? List.of() : identity.differences(state);
    boolean heldBack =
        state.stopped().filter(line -> HELD_BACK.equals(line.get("how"))).isPresent();
    complete = !state.isEmpty() && differences.isEmpty() && identity.isComplete(state);
    if (differences.isEmpty() && !complete) {
      return;
    }
    if (complete || heldBack && !RunIdentity.hasRemoved(state)) {
      replaced = Optional.of(state);
      state = new JournalState();
      return;
    }
    throw new InvalidJobException(
        differences.stream().map(one -> new Problem(one.at(), other(one.message()))).toList());
  }

  private String other(String differences) {
    return "the run that was stopped at "
        + Timestamp.text(state.last().orElseThrow())
        + " ("
        + place.orElseThrow()
        + ") was another: "
        + differences
        + ". Run it as it was to go on, or use --fresh to start over";
  }

  /** Returns which of the jobs asked for something is, or is a part of. */
  static int index(String job) {
    return Integer.parseInt(job.split(" ", 2)[0]);
  }

  /** Returns whether a run was stopped, be it one that starts over now. */
  boolean isThere() {
    return place.filter(PrivateFiles::isThere).isPresent();
  }

  /** Returns what earlier tries have done. */
  JournalState state() {
    return state;
  }

  /** Returns the earlier run in whose place this one is, as a line of the history. */
  Optional<Map<String, Object>> replaced() {
    // Killed before its journal was deleted, it had done everything.
    return replaced.map(before -> RunLine.of(complete ? "done" : "replaced", before));
  }

  /**
   * Takes the journal, so that no other process does the same.
   *
   * @return what to say if it is done without one, as that loses nothing
   * @throws InvalidJobException if it cannot be written
   * @throws StoreException if another run has it
   */
  Optional<String> take() throws StoreException {
    if (place.isEmpty()) {
      return Optional.empty();
    }
    boolean held = JournalFile.isHeld(place.get());
    try {
      if (fresh) {
        replaced = readable();
      }
      boolean anew = fresh || replaced.isPresent();
      JournalFile taken = anew ? JournalFile.openAnew(place.get()) : JournalFile.open(place.get());
      file = Optional.of(taken);
      if (!anew && taken.lines().size() != state.lines()) {
        close();
        throw refused("another run of the same command has gone on meanwhile: run it again");
      }
      return Optional.empty();
    } catch (IOException e) {
      if (held && needed) {
        throw refused("the same command is running already: " + FileReason.of(e));
      }
      String why = "what this run does cannot be kept in " + place.get() + ": " + FileReason.of(e);
      if (needed) {
        throw new InvalidJobException(
            Location.NOWHERE, why + ". Name a folder that can be written by DYNOCOPY_FOLDER");
      }
      return Optional.of(why);
    }
  }

  private Optional<JournalState> readable() {
    try {
      return Optional.of(JournalState.of(place.orElseThrow())).filter(there -> !there.isEmpty());
    } catch (InvalidJobException e) {
      return Optional.empty();
    }
  }

  private static StoreException refused(String why) {
    return new StoreException(StoreException.Kind.REFUSED, why);
  }

  /**
   * Begins this try, under the lock.
   *
   * @throws StoreException if it cannot be written; nothing was done yet
   */
  void begin() throws StoreException {
    List<Map<String, Object>> lines = new ArrayList<>();
    if (state.isEmpty()) {
      Map<String, Object> first = new LinkedHashMap<>();
      first.put(JournalFile.VERSION_FIELD, JournalFile.VERSION);
      first.put("by", Release.VERSION);
      first.put("at", Instant.now().toString());
      first.put("command", origin.command());
      first.put("jobs", identity.fields());
      lines.add(first);
    }
    lines.add(line("try", Optional.empty(), Map.of("process", ProcessHandle.current().pid())));
    append(lines);
  }

  /** Notes which tables a pattern fits. */
  void tables(int job, List<String> names) throws StoreException {
    if (!state.tables("" + job).equals(names)) {
      add("tables", Optional.of("" + job), Map.of("names", names));
    }
  }

  /** Notes that a job begins. */
  JobRecord begins(String job, JournalEntry.Proof proof) throws StoreException {
    add("begins", Optional.of(job), Map.of());
    return new JournalEntry(this, job, proof);
  }

  /** Notes how a job has ended. */
  void ended(String job, Report report, Map<String, Object> proof) throws StoreException {
    Map<String, Object> fields = new LinkedHashMap<>(ReportFields.of(report));
    // A checkpoint's sample was noted before.
    Optional<Map<String, Object>> before = state.unit(job).ended();
    before.map(line -> line.get("written")).ifPresent(items -> fields.put("written", items));
    fields.putAll(proof);
    add("ended", Optional.of(job), fields);
  }

  /** Notes that a job was held back, as these have ended with dead letters or differences. */
  void holds(List<String> which) throws StoreException {
    for (String job : which) {
      add("holds", Optional.of(job), Map.of());
    }
  }

  /** Notes what a job has consumed in this try. */
  void spent(String job, List<Map<String, Object>> tables) throws StoreException {
    add("spent", Optional.of(job), Map.of("tables", tables));
  }

  /** Notes why this try ends before the run is complete; a failure of that changes nothing. */
  void stopped(String how, String why) {
    try {
      add("stopped", Optional.empty(), Map.of("how", how, "why", why));
    } catch (StoreException e) {
      // Without the line it counts as killed, and goes on just the same.
    }
  }

  void add(String event, Optional<String> job, Map<String, ?> fields) throws StoreException {
    append(List.of(line(event, job, fields)));
  }

  private static Map<String, Object> line(
      String event, Optional<String> job, Map<String, ?> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    job.ifPresent(name -> line.put("job", name));
    line.put("at", Instant.now().toString());
    line.putAll(fields);
    return line;
  }

  private synchronized void append(List<Map<String, Object>> lines) throws StoreException {
    try {
      if (file.isPresent()) {
        file.get().append(lines);
      }
      lines.forEach(state::add);
    } catch (IOException e) {
      throw refused(
          "what this run does cannot be written to " + place.get() + ": " + FileReason.of(e));
    }
  }

  /** Removes what was remembered: the run is complete. */
  void forget() throws IOException {
    if (file.isPresent()) {
      file.get().delete();
    }
  }

  /** Returns whether there is a file. */
  boolean isKept() {
    return file.isPresent();
  }

  @Override
  public void close() throws StoreException {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      throw refused("the journal " + place.get() + " cannot be closed: " + FileReason.of(e));
    } finally {
      file = Optional.empty();
    }
  }
}
