package org.dynocopy.run.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.run.resume.ResumeDifferences;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.ShapeStep;

/**
 * By what the same run is known again: a recipe of several jobs by its file and the values of its
 * params, anything else by what is asked for.
 */
final class RunIdentity {

  private final List<? extends Job> jobs;
  private final RunOrigin origin;
  private final List<JobParts> parts;

  RunIdentity(List<? extends Job> jobs, RunOrigin origin) {
    this.jobs = jobs;
    this.origin = origin;
    this.parts = jobs.stream().map(JobParts::of).toList();
  }

  /** Returns whether it is one job with one checkpoint, which knows by itself what it is of. */
  private boolean isSingle() {
    return jobs.size() == 1 && !(jobs.get(0) instanceof Copy copy && copy.isPattern());
  }

  /** Returns what the journal is called. */
  String fileName() {
    Optional<String> recipe = isSingle() ? Optional.empty() : origin.digest();
    String label =
        recipe.isEmpty()
            ? parts.get(0).parts().get("job").replace(' ', '-')
            : origin.recipe().orElseThrow().getFileName().toString().replaceFirst("\\.groovy$", "");
    return "run-" + WorkingFiles.safe(label) + "-" + recipe.orElseGet(this::digest) + ".jsonl";
  }

  /**
   * Returns whether another process can tell that it runs the same: it knows all that decides. A
   * deletion with a limit must find that it was begun, whatever its filter uses.
   */
  boolean isKnown() {
    return !isSingle() && origin.digest().isPresent()
        || parts.stream().allMatch(JobParts::certain)
        || jobs.stream().anyMatch(FinishedJobs::isLimited);
  }

  /** Of what is asked for. */
  private String digest() {
    StringBuilder text = new StringBuilder();
    parts.forEach(job -> text.append(job.parts()).append('\0'));
    return ResumePoint.digest(text.toString().getBytes(UTF_8)).substring(0, 8);
  }

  /** Returns the jobs as fields of a journal's first line. */
  List<Map<String, Object>> fields() {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Map<String, Object> job = new LinkedHashMap<>();
      job.put("name", jobs.get(i).name());
      job.put("parts", parts.get(i).parts());
      fields.add(job);
    }
    return fields;
  }

  /** Returns in what the jobs of a run that was stopped differ from these. */
  List<Problem> differences(JournalState then) {
    List<Map.Entry<String, Map<String, String>>> before = then.jobs();
    if (before.size() != jobs.size()) {
      return List.of(
          new Problem(
              Location.NOWHERE,
              "it had %,d jobs, and this one has %,d".formatted(before.size(), jobs.size())));
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      List<Location> filters = parts.get(i).steps().stream().map(ShapeStep::at).toList();
      List<String> differences =
          new ResumeDifferences(before.get(i).getValue(), parts.get(i).parts(), filters)
              .differences();
      if (!differences.isEmpty()) {
        String which = before.get(i).getKey() + ": " + String.join("; ", differences);
        problems.add(new Problem(jobs.get(i).words().at(), which));
      }
    }
    return problems;
  }

  /** Returns whether the same jobs were all done. */
  boolean isComplete(JournalState then) {
    for (int i = 0; i < jobs.size(); i++) {
      String unit = "" + i;
      boolean verifies = jobs.get(i) instanceof Copy copy && copy.verify().isPresent();
      List<String> tables = then.tables(unit);
      Stream<String> all =
          tables.isEmpty() ? Stream.of(unit) : tables.stream().map(table -> unit + " " + table);
      // A copy is noted as done before it is verified.
      if (!all.map(one -> then.unit(one).ended())
          .allMatch(
              ended -> ended.isPresent() && (!verifies || ended.get().containsKey("findings")))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a job of a run that was stopped has begun to remove items. */
  static boolean hasRemoved(JournalState then) {
    List<Map.Entry<String, Map<String, String>>> jobs = then.jobs();
    return then.units().entrySet().stream()
        .filter(unit -> unit.getValue().begun())
        .map(unit -> jobs.get(Journal.index(unit.getKey())).getValue())
        .anyMatch(RunIdentity::removes);
  }

  /** Returns the same as {@link Job#removes}, of a job of which its parts alone are known. */
  private static boolean removes(Map<String, String> parts) {
    return "delete".equals(parts.get("job"))
        || parts.containsKey("replace")
        || "deletes extra".equals(parts.get("repair"));
  }
}
