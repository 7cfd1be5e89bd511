package org.dynocopy.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.Outcome;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.json.RecordBinding;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.cost.ExpectedUsage;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.verify.Findings;

/** Tells the same as {@link DryRun} and {@link Summary} to programs: one line of JSON a job. */
public final class JsonReport {

  private JsonReport() {}

  /** Returns what a job will do, now that its tables were looked at. */
  public static String plan(JobRun job, Optional<Estimate> estimate) {
    JsonOutline outline = new JsonOutline();
    job.describe(outline);
    Map<String, Object> fields = fields("plan", job.job());
    fields.putAll(outline.fields());
    job.goesOn().ifPresent(sentence -> fields.put("goesOn", sentence));
    if (!job.beginAnew().isEmpty()) {
      fields.put("beginAnew", job.beginAnew());
    }
    job.stream().ifPresent(stream -> fields.put("stream", stream));
    fields.putAll(outline.last());
    if (estimate.isPresent()) {
      fields.putAll(fields(estimate.get(), job.job().allowance()));
    } else {
      job.expiry()
          .flatMap(expiry -> expiry.sentence(List.of()))
          .ifPresent(sentence -> fields.put("expired", sentence));
    }
    return JsonDocument.line(fields);
  }

  /** What is not known is null. */
  private static Map<String, Object> fields(Estimate estimate, JobLimits may) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("estimatedItems", estimate.items());
    fields.put("estimatedBytes", estimate.bytes());
    fields.put("estimateIsUpperBound", estimate.upperBound());
    fields.put("estimatedReadRequests", estimate.readRequests());
    fields.put("estimatedReadUnits", estimate.readUnits());
    fields.put("estimatedWriteRequests", estimate.writeRequests());
    fields.put("estimatedWriteUnits", estimate.writeUnits());
    fields.put("estimatedDollars", estimate.dollars(may).orElse(null));
    fields.put("tables", estimate.uses().stream().map(use -> fields(use, may)).toList());
    fields.put("remarks", estimate.remarks());
    return fields;
  }

  private static Map<String, Object> fields(ExpectedUsage use, JobLimits may) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", use.meter().name());
    fields.put("readUnits", use.readUnits());
    fields.put("writeUnits", use.writeUnits());
    fields.put("dollars", use.dollars(may).orElse(null));
    fields.put("seconds", use.seconds(may).orElse(null));
    return fields;
  }

  /** Returns how a job ended: its stages add up to one ledger. */
  public static String summary(Report report, int exitCode) {
    Map<String, Object> fields = fields("summary", report.job());
    if (!report.stages().isEmpty()) {
      fields.putAll(fields(report.outcome()));
    }
    fields.put("complete", report.complete());
    report.doneAt().ifPresent(time -> fields.put("doneAt", time.toString()));
    fields.put("stages", report.stages().stream().map(JsonReport::fields).toList());
    fields.put("dollars", Costs.dollars(report.spending()).orElse(null));
    fields.put("vectorWriteBytes", Costs.vectorBytes(report.spending()));
    fields.putAll(unanswered(report.spending()));
    fields.put("notes", report.notes());
    report.findings().ifPresent(found -> fields.put("findings", fields(found)));
    fields.put("exitCode", exitCode);
    return JsonDocument.line(fields);
  }

  private static Map<String, Object> fields(Report.Stage stage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stage", stage.name());
    fields.put("verb", stage.verb());
    fields.putAll(fields(stage.outcome()));
    return fields;
  }

  private static Map<String, Object> unanswered(List<Usage> spending) {
    long requests = 0;
    double read = 0;
    double write = 0;
    for (Usage one : spending) {
      requests += one.unanswered().requests();
      read += one.unanswered().readUnits();
      write += one.unanswered().writeUnits();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unansweredRequests", requests);
    fields.put("unansweredReadUnits", read);
    fields.put("unansweredWriteUnits", write);
    return fields;
  }

  private static Map<String, Object> fields(Findings found) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("same", found.same());
    if (found.sourceItems().isPresent() && found.targetItems().isPresent()) {
      fields.put("sourceItems", found.sourceItems().getAsLong());
      fields.put("targetItems", found.targetItems().getAsLong());
    }
    fields.put("missing", found.missing());
    fields.put("extra", found.extra());
    fields.put("different", found.different());
    fields.put("movedMeanwhile", found.moved());
    fields.put("differingBuckets", found.buckets());
    fields.put("differentAtLeast", found.least());
    fields.put("sampled", found.sample());
    fields.put("repaired", found.repaired());
    fields.put("deleted", found.deleted());
    return fields;
  }

  private static Map<String, Object> fields(Outcome outcome) {
    Map<String, Object> fields = RecordBinding.PLAIN.fields(outcome.counts());
    fields.put("unaccounted", outcome.counts().unaccounted());
    fields.put("throttled", outcome.throttled());
    fields.put("seconds", outcome.took().toMillis() / 1_000.0);
    fields.put("deadLetters", outcome.deadLetters().orElse(null));
    fields.put("failure", outcome.failure().map(Exception::getMessage).orElse(null));
    return fields;
  }

  private static Map<String, Object> fields(String event, Job job) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", event);
    fields.put("job", job.name());
    if (job instanceof Copy copy) {
      fields.put("copy", copy.name());
      fields.put("from", copy.from().text());
      fields.put("to", copy.to().text());
    } else if (job instanceof Verification verification) {
      fields.put("from", verification.source().toString());
      fields.put("to", verification.target().toString());
    }
    return fields;
  }
}
