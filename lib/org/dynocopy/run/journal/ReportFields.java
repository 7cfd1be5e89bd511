package org.dynocopy.run.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Job;
import org.dynocopy.verify.Findings;

/** A report of a complete job as fields of JSON, and back. */
final class ReportFields {

  /** The field of a report that has written, or may have: a request had no answer. */
  static final String PERHAPS = "perhapsWritten";

  private ReportFields() {}

  static Map<String, Object> of(Report report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("complete", report.complete());
    fields.put("stages", report.stages().stream().map(ReportFields::stage).toList());
    fields.put("notes", report.notes());
    report.findings().ifPresent(found -> fields.put("findings", findings(found)));
    if (report.spending().stream().anyMatch(ReportFields::perhapsWritten)) {
      fields.put(PERHAPS, true);
    }
    return fields;
  }

  private static boolean perhapsWritten(Usage used) {
    Usage.Unanswered unanswered = used.unanswered();
    return used.writeUnits() > 0
        || unanswered.writeUnits() > 0
        || unanswered.requests() > 0 && unanswered.readUnits() == 0;
  }

  private static Map<String, Object> stage(Report.Stage stage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Outcome outcome = stage.outcome();
    fields.put("name", stage.name());
    fields.put("verb", stage.verb());
    fields.put("counts", counts(outcome.counts()));
    fields.put("millis", outcome.took().toMillis());
    outcome.deadLetters().ifPresent(file -> fields.put("deadLetters", file));
    outcome.firstReason().ifPresent(why -> fields.put("firstReason", why));
    fields.put("throttled", outcome.throttled());
    return fields;
  }

  /** Returns the counts of items, in the order of the ledger. */
  static Map<String, Object> items(Counts counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("read", counts.read());
    fields.put("filtered", counts.filtered());
    fields.put("gone", counts.gone());
    fields.put("written", counts.written());
    fields.put("deadLettered", counts.deadLettered());
    fields.put("conflicts", counts.conflicts());
    return fields;
  }

  private static Map<String, Object> counts(Counts counts) {
    Map<String, Object> fields = items(counts);
    fields.put("spared", counts.spared());
    fields.put("retried", counts.retried());
    fields.put("bytesRead", counts.bytesRead());
    fields.put("bytesWritten", counts.bytesWritten());
    fields.put("readUnits", counts.readUnits());
    fields.put("writeUnits", counts.writeUnits());
    return fields;
  }

  private static Map<String, Object> findings(Findings found) {
    Map<String, Object> fields = new LinkedHashMap<>();
    found.sourceItems().ifPresent(items -> fields.put("sourceItems", items));
    found.targetItems().ifPresent(items -> fields.put("targetItems", items));
    fields.put("missing", found.missing());
    fields.put("extra", found.extra());
    fields.put("different", found.different());
    fields.put("moved", found.moved());
    fields.put("buckets", found.buckets());
    fields.put("least", found.least());
    fields.put("sample", found.sample());
    fields.put("repaired", found.repaired());
    fields.put("deleted", found.deleted());
    fields.put("same", found.same());
    return fields;
  }

  /** Returns the report of a job that an earlier run has done. */
  static Report report(Job job, Map<?, ?> fields) {
    List<Report.Stage> stages = new ArrayList<>();
    for (Object one : (List<?>) fields.get("stages")) {
      Map<?, ?> stage = (Map<?, ?>) one;
      Map<?, ?> counts = (Map<?, ?>) stage.get("counts");
      Map<String, Long> throttled = new LinkedHashMap<>();
      ((Map<?, ?>) stage.get("throttled"))
          .forEach((by, requests) -> throttled.put((String) by, ((Number) requests).longValue()));
      Outcome outcome =
          new Outcome(
              counts(counts),
              Duration.ofMillis(number(stage, "millis")),
              Optional.ofNullable((String) stage.get("deadLetters")),
              Optional.ofNullable((String) stage.get("firstReason")),
              Optional.empty(),
              false,
              throttled);
      stages.add(new Report.Stage((String) stage.get("name"), (String) stage.get("verb"), outcome));
    }
    Optional<Findings> findings =
        Optional.ofNullable((Map<?, ?>) fields.get("findings")).map(ReportFields::findings);
    return new Report(job, stages, JournalState.strings(fields.get("notes")), true, findings)
        .doneAt(Instant.parse((String) fields.get("at")));
  }

  private static Counts counts(Map<?, ?> counts) {
    return new Counts(
        number(counts, "read"),
        number(counts, "filtered"),
        number(counts, "gone"),
        number(counts, "written"),
        number(counts, "deadLettered"),
        number(counts, "conflicts"),
        number(counts, "spared"),
        number(counts, "retried"),
        number(counts, "bytesRead"),
        number(counts, "bytesWritten"),
        ((Number) counts.get("readUnits")).doubleValue(),
        ((Number) counts.get("writeUnits")).doubleValue());
  }

  private static Findings findings(Map<?, ?> found) {
    return new Findings(
        optional(found, "sourceItems"),
        optional(found, "targetItems"),
        number(found, "missing"),
        number(found, "extra"),
        number(found, "different"),
        number(found, "moved"),
        number(found, "buckets"),
        number(found, "least"),
        number(found, "sample"),
        number(found, "repaired"),
        number(found, "deleted"),
        Boolean.TRUE.equals(found.get("same")));
  }

  private static OptionalLong optional(Map<?, ?> of, String name) {
    return of.containsKey(name) ? OptionalLong.of(number(of, name)) : OptionalLong.empty();
  }

  private static long number(Map<?, ?> of, String name) {
    return ((Number) of.get(name)).longValue();
  }
}
