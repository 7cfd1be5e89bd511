package org.dynocopy.run.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.journal.PastRun.How;
import org.dynocopy.run.journal.PastRun.Part;
import org.dynocopy.state.JournalFile;
import org.dynocopy.state.RunHistory;

/** The runs of the working folder: those that have ended, and the journals of the others. */
public final class PastRuns {

  private PastRuns() {}

  /**
   * Returns all that are known, the newest first.
   *
   * @throws IOException if they cannot be read
   */
  public static List<PastRun> list() throws IOException {
    List<PastRun> runs = new ArrayList<>();
    for (Map<String, Object> line : RunHistory.read()) {
      try {
        runs.add(ended(line));
      } catch (RuntimeException e) {
        // It was edited.
      }
    }
    for (Path journal : journals()) {
      open(journal).ifPresent(runs::add);
    }
    runs.sort(Comparator.comparing(PastRun::last).reversed());
    return runs.subList(0, Math.min(runs.size(), RunHistory.RUNS));
  }

  /** Returns the journals of runs that are not done. */
  static List<Path> journals() throws IOException {
    List<Path> journals = new ArrayList<>();
    if (Files.isDirectory(WorkingFolder.path())) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(WorkingFolder.path(), "run-*.jsonl")) {
        found.forEach(journals::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return journals;
  }

  /** Earlier versions have noted copies alone, without when they began. */
  private static PastRun ended(Map<String, Object> line) {
    Instant finished = Instant.parse((String) line.get("finished"));
    boolean old = !line.containsKey("jobs");
    List<?> jobs = old ? List.of(line) : (List<?>) line.get("jobs");
    return new PastRun(
        Optional.ofNullable((String) line.get("begun")).map(Instant::parse).orElse(finished),
        finished,
        old ? How.DONE : How.valueOf(((String) line.get("how")).toUpperCase(Locale.ROOT)),
        Optional.empty(),
        (String) line.getOrDefault("command", line.get("copy")),
        jobs.stream().map(job -> part((Map<?, ?>) job)).toList(),
        line.containsKey("dollars") ? ((Number) line.get("dollars")).doubleValue() : 0,
        Optional.empty());
  }

  private static Part part(Map<?, ?> job) {
    Object name = job.containsKey("copy") ? job.get("copy") : job.get("job");
    boolean done = !Boolean.FALSE.equals(job.get("done"));
    return new Part((String) name, done, number(job, "read"), number(job, "written"));
  }

  private static long number(Map<?, ?> of, String name) {
    return of.containsKey(name) ? ((Number) of.get(name)).longValue() : 0;
  }

  /** Returns nothing for a journal whose run did not get to its first line. */
  private static Optional<PastRun> open(Path journal) throws IOException {
    try {
      JournalState state = JournalState.of(journal);
      return state.isEmpty() ? Optional.empty() : Optional.of(open(journal, state));
    } catch (RuntimeException e) {
      Instant changed = Files.getLastModifiedTime(journal, NOFOLLOW_LINKS).toInstant();
      return Optional.of(
          new PastRun(
              changed,
              changed,
              How.UNREADABLE,
              Optional.of("" + e.getMessage()),
              journal.toString(),
              List.of(),
              0,
              Optional.empty()));
    }
  }

  private static PastRun open(Path journal, JournalState state) {
    boolean held = JournalFile.isHeld(journal);
    boolean failed = state.stopped().filter(line -> "failed".equals(line.get("how"))).isPresent();
    Optional<String> why =
        state.stopped().map(line -> (String) line.get("why")).filter(text -> !text.isEmpty());
    return new PastRun(
        state.begun().orElseThrow(),
        state.last().orElseThrow(),
        held ? How.RUNNING : failed ? How.FAILED : How.STOPPED,
        held ? Optional.empty() : why,
        (String) state.first().get("command"),
        parts(state),
        state.dollars(),
        Optional.of(state.process()));
  }

  /** Of a pattern one for each of its tables. */
  static List<Part> parts(JournalState state) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < state.jobs().size(); i++) {
      String name = state.jobs().get(i).getKey();
      List<String> tables = state.tables("" + i);
      if (tables.isEmpty()) {
        parts.add(part(name, state.unit("" + i)));
      }
      for (String table : tables) {
        parts.add(part(name + " (" + table + ")", state.unit(i + " " + table)));
      }
    }
    return parts;
  }

  private static Part part(String name, JournalState.Unit unit) {
    long read = 0;
    long written = 0;
    for (Object one : unit.ended().map(line -> (List<?>) line.get("stages")).orElse(List.of())) {
      Map<?, ?> counts = (Map<?, ?>) ((Map<?, ?>) one).get("counts");
      read = number(counts, "read");
      written = number(counts, "written");
    }
    return new Part(name, unit.ended().isPresent(), read, written);
  }
}
