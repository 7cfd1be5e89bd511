package org.dynocopy.run.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dynocopy.capacity.Usage;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Release;
import org.dynocopy.state.JournalFile;

/** What the lines of a journal tell of a run: what was begun, what has ended, what was spent. */
final class JournalState {

  /** One job; of a pattern, the copy of one table. */
  static final class Unit {

    /** By which line it began last; 0 if no try did begin it. */
    private int begun;

    /** By which line it ended last. */
    private int endedAt;

    /** The line that tells how it ended, if it is complete. */
    private Optional<Map<String, Object>> ended = Optional.empty();

    /** Whether its last try has ended by itself, and had written or deleted nothing. */
    private boolean nothingDone;

    /** Whether a job after it was held back as it had ended with dead letters or differences. */
    private boolean holds;

    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, Used> before = new LinkedHashMap<>();
    private Map<String, Used> now = Map.of();

    boolean begun() {
      return begun > 0;
    }

    /** Returns the number of the line by which it began last. */
    int beginning() {
      return begun;
    }

    /** Returns the number of the line by which it ended last. */
    int ending() {
      return endedAt;
    }

    Optional<Map<String, Object>> ended() {
      return ended;
    }

    boolean nothingDone() {
      return nothingDone;
    }

    boolean holds() {
      return holds;
    }

    Map<String, String> notes() {
      return notes;
    }

    /** Returns what all tries have consumed, table by table. */
    Map<String, Used> used() {
      Map<String, Used> all = new LinkedHashMap<>(before);
      now.forEach((table, used) -> all.merge(table, used, Used::plus));
      return all;
    }

    private void nextTry() {
      now.forEach((table, used) -> before.merge(table, used, Used::plus));
      now = Map.of();
    }
  }

  /**
   * What was consumed of one table.
   *
   * @param read read capacity units
   * @param write write capacity units
   * @param dollars what they cost, and what requests without an answer may have; 0 if not known
   * @param known whether it is
   */
  record Used(double read, double write, double dollars, boolean known) {
    Used plus(Used more) {
      return new Used(
          read + more.read, write + more.write, dollars + more.dollars, known && more.known);
    }

    Usage spending(String table) {
      return new Usage(
          table,
          read,
          write,
          0,
          known ? Optional.of(dollars) : Optional.empty(),
          "no price was known when it ran",
          new Usage.Unanswered(0, 0, 0));
    }
  }

  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, List<String>> tables = new HashMap<>();
  private Map<String, Object> first = Map.of();
  private Optional<Instant> last = Optional.empty();
  private Optional<Map<String, Object>> stopped = Optional.empty();
  private long process;
  private int lines;

  JournalState() {}

  /**
   * Reads a journal.
   *
   * @throws InvalidJobException if it has a line that is not known here
   */
  static JournalState of(Path file) {
    JournalState state = new JournalState();
    for (Map<String, Object> line : JournalFile.read(file)) {
      try {
        state.add(line);
      } catch (RuntimeException e) {
        throw new InvalidJobException(
            Location.NOWHERE,
            file
                + ":"
                + state.lines
                + ": this line is none that this dynocopy ("
                + Release.VERSION
                + ") knows: go on with the dynocopy that began the run, or use --fresh to start"
                + " over");
      }
    }
    return state;
  }

  void add(Map<String, Object> line) {
    lines++;
    last = Optional.of(Instant.parse((String) line.get("at")));
    String event = (String) line.getOrDefault("event", "");
    String job = (String) line.getOrDefault("job", "");
    switch (event) {
      case "try" -> {
        process = number(line, "process").longValue();
        stopped = Optional.empty();
        units.values().forEach(Unit::nextTry);
      }
      case "tables" -> tables.put(job, strings(line.get("names")));
      case "begins" -> {
        unit(job).begun = lines;
        unit(job).ended = Optional.empty();
        unit(job).holds = false;
        unit(job).nothingDone = false;
      }
      case "note" -> unit(job).notes.put((String) line.get("what"), (String) line.get("value"));
      case "spent" -> unit(job).now = used(line);
      case "holds" -> unit(job).holds = true;
      case "ended" -> {
        boolean complete = Boolean.TRUE.equals(line.get("complete"));
        unit(job).ended = complete ? Optional.of(line) : Optional.empty();
        unit(job).endedAt = lines;
        unit(job).nothingDone = written(line) == 0 && !line.containsKey(ReportFields.PERHAPS);
      }
      case "stopped" -> stopped = Optional.of(line);
      case "" -> first = line;
      default -> throw new IllegalArgumentException("no event of a journal: " + event);
    }
  }

  private static Map<String, Used> used(Map<String, Object> line) {
    Map<String, Used> used = new LinkedHashMap<>();
    for (Object one : (List<?>) line.get("tables")) {
      Map<?, ?> table = (Map<?, ?>) one;
      boolean known = table.containsKey("dollars");
      used.put(
          (String) table.get("table"),
          new Used(
              number(table, "read").doubleValue(),
              number(table, "write").doubleValue(),
              known ? number(table, "dollars").doubleValue() : 0,
              known));
    }
    return used;
  }

  private static long written(Map<String, Object> ended) {
    return ((List<?>) ended.get("stages"))
        .stream()
            .map(stage -> (Map<?, ?>) ((Map<?, ?>) stage).get("counts"))
            .mapToLong(counts -> number(counts, "written").longValue())
            .sum();
  }

  private static Number number(Map<?, ?> of, String name) {
    return (Number) of.get(name);
  }

  static List<String> strings(Object list) {
    List<String> all = new ArrayList<>();
    ((List<?>) list).forEach(one -> all.add((String) one));
    return all;
  }

  /** Returns whether there is anything. */
  boolean isEmpty() {
    return first.isEmpty();
  }

  int lines() {
    return lines;
  }

  /** Returns what is known of a job. */
  Unit unit(String job) {
    return units.computeIfAbsent(job, any -> new Unit());
  }

  Map<String, Unit> units() {
    return units;
  }

  /** Returns the tables that a pattern had, or nothing. */
  List<String> tables(String job) {
    return tables.getOrDefault(job, List.of());
  }

  /** Returns the first line. */
  Map<String, Object> first() {
    return first;
  }

  /** Returns when the last line was written. */
  Optional<Instant> last() {
    return last;
  }

  /** Returns the line that tells how the last try ended, unless it was killed. */
  Optional<Map<String, Object>> stopped() {
    return stopped;
  }

  long process() {
    return process;
  }

  /** Returns the parts of the jobs as they were asked for, by the jobs' names. */
  List<Map.Entry<String, Map<String, String>>> jobs() {
    List<Map.Entry<String, Map<String, String>>> jobs = new ArrayList<>();
    for (Object one : (List<?>) first.getOrDefault("jobs", List.of())) {
      Map<?, ?> job = (Map<?, ?>) one;
      Map<String, String> parts = new TreeMap<>();
      ((Map<?, ?>) job.get("parts"))
          .forEach((name, part) -> parts.put((String) name, (String) part));
      jobs.add(Map.entry((String) job.get("name"), parts));
    }
    return jobs;
  }

  /** Returns when the first try began. */
  Optional<Instant> begun() {
    return Optional.ofNullable((String) first.get("at")).map(Instant::parse);
  }

  /** Returns what all jobs have cost together, as far as that is known. */
  double dollars() {
    return units.values().stream()
        .flatMap(unit -> unit.used().values().stream())
        .mapToDouble(Used::dollars)
        .sum();
  }
}
