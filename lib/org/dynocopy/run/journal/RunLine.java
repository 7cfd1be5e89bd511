package org.dynocopy.run.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;

/** What stays of a run that has ended: a line of JSON in the history. */
final class RunLine {

  private RunLine() {}

  /**
   * Returns the line.
   *
   * @param how {@code done}, or why it does not go on
   * @param command what was asked for
   * @param dollars what all tries did cost, as far as it is known
   */
  static Map<String, Object> of(
      String how, String command, Instant begun, double dollars, List<Report> reports) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("finished", Instant.now().toString());
    line.put("begun", begun.toString());
    line.put("how", how);
    line.put("command", command);
    if (dollars > 0) {
      line.put("dollars", dollars);
    }
    line.put("differs", reports.stream().anyMatch(Report::differs));
    line.put("jobs", reports.stream().map(RunLine::job).toList());
    return line;
  }

  /** Returns the line of an earlier run that will not go on. */
  static Map<String, Object> of(String how, JournalState state) {
    String command = (String) state.first().get("command");
    Map<String, Object> line =
        of(how, command, state.begun().orElseThrow(), state.dollars(), List.of());
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (PastRun.Part part : PastRuns.parts(state)) {
      jobs.add(
          Map.of(
              "job",
              part.name(),
              "done",
              part.done(),
              "read",
              part.read(),
              "written",
              part.written()));
    }
    line.put("jobs", jobs);
    return line;
  }

  private static Map<String, Object> job(Report report) {
    Map<String, Object> line = new LinkedHashMap<>();
    report.doneAt().ifPresent(time -> line.put("doneAt", time.toString()));
    if (report.job() instanceof Copy copy) {
      line.put("copy", copy.name());
      line.put("from", copy.from().toString());
      line.put("to", copy.to().toString());
    } else {
      line.put("job", report.job().name());
    }
    counts(report).ifPresent(counts -> line.putAll(ReportFields.items(counts)));
    return line;
  }

  /** Returns the counts of a job's main stage. */
  static Optional<Counts> counts(Report report) {
    List<Report.Stage> own = new ArrayList<>(report.stages());
    own.removeIf(stage -> !stage.name().equals(report.job().name()));
    Outcome outcome = own.isEmpty() ? report.outcome() : own.get(0).outcome();
    return report.stages().isEmpty() ? Optional.empty() : Optional.of(outcome.counts());
  }
}
