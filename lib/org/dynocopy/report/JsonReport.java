package org.dynocopy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.Counts;
import org.dynocopy.engine.Outcome;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.Report;
import org.dynocopy.job.cost.Estimate;
import org.dynocopy.job.cost.Use;
import org.dynocopy.plan.Allowance;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Verification;
import org.dynocopy.shape.Json;
import org.dynocopy.store.dynamo.capacity.Spending;
import org.dynocopy.verify.Findings;

/** Tells the same as {@link DryRun} and {@link Summary} to programs: one line of JSON a job. */
public final class JsonReport {

  private JsonReport() {}

  /** Returns what a job will do, now that its tables were looked at. */
  public static String plan(Prepared job, Optional<Estimate> estimate) {
    JsonOutline outline = new JsonOutline();
    job.describe(outline);
    return line(
        json -> {
          json.writeStringField("event", "plan");
          names(json, job.job());
          outline.write(json);
          if (job.goesOn().isPresent()) {
            json.writeStringField("goesOn", job.goesOn().get());
          }
          List<String> stopped = job.beginAnew();
          if (!stopped.isEmpty()) {
            json.writeArrayFieldStart("beginAnew");
            for (String sentence : stopped) {
              json.writeString(sentence);
            }
            json.writeEndArray();
          }
          if (job.stream().isPresent()) {
            json.writeStringField("stream", job.stream().get());
          }
          outline.writeLast(json);
          if (estimate.isPresent()) {
            estimate(json, estimate.get(), job.job().allowance());
          } else {
            Optional<String> expired = job.expiry().flatMap(it -> it.sentence(List.of()));
            if (expired.isPresent()) {
              json.writeStringField("expired", expired.get());
            }
          }
        });
  }

  private static void estimate(JsonGenerator json, Estimate estimate, Allowance may)
      throws IOException {
    json.writeNumberField("estimatedItems", estimate.items());
    json.writeNumberField("estimatedBytes", estimate.bytes());
    json.writeBooleanField("estimateIsUpperBound", estimate.upperBound());
    json.writeNumberField("estimatedReadRequests", estimate.readRequests());
    json.writeNumberField("estimatedReadUnits", estimate.readUnits());
    json.writeNumberField("estimatedWriteRequests", estimate.writeRequests());
    json.writeNumberField("estimatedWriteUnits", estimate.writeUnits());
    number(json, "estimatedDollars", estimate.dollars(may));
    json.writeArrayFieldStart("tables");
    for (Use use : estimate.uses()) {
      json.writeStartObject();
      json.writeStringField("table", use.meter().name());
      json.writeNumberField("readUnits", use.readUnits());
      json.writeNumberField("writeUnits", use.writeUnits());
      number(json, "dollars", use.dollars(may));
      number(json, "seconds", use.seconds(may));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("remarks");
    for (String remark : estimate.remarks()) {
      json.writeString(remark);
    }
    json.writeEndArray();
  }

  /** Writes a number, or null where it is not known. */
  private static void number(JsonGenerator json, String field, Optional<Double> number)
      throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.get());
    } else {
      json.writeNullField(field);
    }
  }

  /** Returns how a job ended: its stages add up to one ledger. */
  public static String summary(Report report, int exitCode) {
    return line(
        json -> {
          json.writeStringField("event", "summary");
          names(json, report.job());
          if (!report.stages().isEmpty()) {
            counts(json, report.outcome());
          }
          json.writeBooleanField("complete", report.complete());
          json.writeArrayFieldStart("stages");
          for (Report.Stage stage : report.stages()) {
            json.writeStartObject();
            json.writeStringField("stage", stage.name());
            json.writeStringField("verb", stage.verb());
            counts(json, stage.outcome());
            json.writeEndObject();
          }
          json.writeEndArray();
          number(json, "dollars", Costs.dollars(report.spending()));
          json.writeNumberField("vectorWriteBytes", Costs.vectorBytes(report.spending()));
          unanswered(json, report.spending());
          json.writeArrayFieldStart("notes");
          for (String note : report.notes()) {
            json.writeString(note);
          }
          json.writeEndArray();
          if (report.findings().isPresent()) {
            findings(json, report.findings().get());
          }
          json.writeNumberField("exitCode", exitCode);
        });
  }

  private static void unanswered(JsonGenerator json, List<Spending> spending) throws IOException {
    long requests = 0;
    double read = 0;
    double write = 0;
    for (Spending one : spending) {
      requests += one.unanswered().requests();
      read += one.unanswered().readUnits();
      write += one.unanswered().writeUnits();
    }
    json.writeNumberField("unansweredRequests", requests);
    json.writeNumberField("unansweredReadUnits", read);
    json.writeNumberField("unansweredWriteUnits", write);
  }

  private static void findings(JsonGenerator json, Findings found) throws IOException {
    json.writeObjectFieldStart("findings");
    json.writeBooleanField("same", found.same());
    if (found.sourceItems().isPresent() && found.targetItems().isPresent()) {
      json.writeNumberField("sourceItems", found.sourceItems().getAsLong());
      json.writeNumberField("targetItems", found.targetItems().getAsLong());
    }
    json.writeNumberField("missing", found.missing());
    json.writeNumberField("extra", found.extra());
    json.writeNumberField("different", found.different());
    json.writeNumberField("movedMeanwhile", found.moved());
    json.writeNumberField("differingBuckets", found.buckets());
    json.writeNumberField("differentAtLeast", found.least());
    json.writeNumberField("sampled", found.sample());
    json.writeNumberField("repaired", found.repaired());
    json.writeNumberField("deleted", found.deleted());
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, Outcome outcome) throws IOException {
    Counts counts = outcome.counts();
    json.writeNumberField("read", counts.read());
    json.writeNumberField("filtered", counts.filtered());
    json.writeNumberField("gone", counts.gone());
    json.writeNumberField("written", counts.written());
    json.writeNumberField("deadLettered", counts.deadLettered());
    json.writeNumberField("conflicts", counts.conflicts());
    json.writeNumberField("spared", counts.spared());
    json.writeNumberField("unaccounted", counts.unaccounted());
    json.writeNumberField("retried", counts.retried());
    json.writeNumberField("bytesRead", counts.bytesRead());
    json.writeNumberField("bytesWritten", counts.bytesWritten());
    json.writeNumberField("readUnits", counts.readUnits());
    json.writeNumberField("writeUnits", counts.writeUnits());
    json.writeObjectFieldStart("throttled");
    for (Map.Entry<String, Long> by : outcome.throttled().entrySet()) {
      json.writeNumberField(by.getKey(), by.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("seconds", outcome.took().toMillis() / 1_000.0);
    json.writeStringField("deadLetters", outcome.deadLetters().orElse(null));
    json.writeStringField("failure", outcome.failure().map(Exception::getMessage).orElse(null));
  }

  private static void names(JsonGenerator json, Job job) throws IOException {
    json.writeStringField("job", job.name());
    if (job instanceof Plan plan) {
      json.writeStringField("copy", plan.name());
      json.writeStringField("from", plan.from().text());
      json.writeStringField("to", plan.to().text());
    } else if (job instanceof Verification verification) {
      json.writeStringField("from", verification.source().toString());
      json.writeStringField("to", verification.target().toString());
    }
  }

  private static String line(Json.Content fields) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartObject();
              fields.to(json);
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
