package org.dynocopy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.dynocopy.PreparedCopy;
import org.dynocopy.engine.Ledger;
import org.dynocopy.engine.Outcome;
import org.dynocopy.plan.Plan;
import org.dynocopy.shape.Json;
import org.dynocopy.store.dynamo.TableInfo;

/** Tells the same as {@link DryRun} and {@link Summary} to programs: one line of JSON a copy. */
public final class JsonReport {

  private JsonReport() {}

  /** Returns the resolved plan. */
  public static String plan(PreparedCopy copy) {
    Estimate estimate = Estimate.of(copy);
    return line(
        json -> {
          json.writeStringField("event", "plan");
          names(json, copy.plan());
          table(json, "source", copy.from());
          table(json, "target", copy.to());
          json.writeStringField("index", copy.index().map(TableInfo.Index::name).orElse(null));
          json.writeNumberField("splits", copy.splits());
          json.writeNumberField("readers", copy.readers());
          json.writeNumberField("writers", copy.writers());
          json.writeNumberField("estimatedItems", estimate.items());
          json.writeNumberField("estimatedBytes", estimate.bytes());
          json.writeBooleanField("estimateIsUpperBound", estimate.upperBound());
          json.writeNumberField("estimatedReadRequests", estimate.readRequests());
          json.writeNumberField("estimatedReadUnits", estimate.readUnits());
          json.writeNumberField("estimatedWriteRequests", estimate.writeRequests());
          json.writeNumberField("estimatedWriteUnits", estimate.writeUnits());
        });
  }

  /** Returns how a copy ended. */
  public static String summary(Plan plan, Outcome outcome, int exitCode) {
    Ledger.Counts counts = outcome.counts();
    return line(
        json -> {
          json.writeStringField("event", "summary");
          names(json, plan);
          json.writeNumberField("read", counts.read());
          json.writeNumberField("filtered", counts.filtered());
          json.writeNumberField("gone", counts.gone());
          json.writeNumberField("written", counts.written());
          json.writeNumberField("deadLettered", counts.deadLettered());
          json.writeNumberField("unaccounted", counts.unaccounted());
          json.writeNumberField("retried", counts.retried());
          json.writeNumberField("bytesRead", counts.bytesRead());
          json.writeNumberField("bytesWritten", counts.bytesWritten());
          json.writeNumberField("readUnits", counts.readUnits());
          json.writeNumberField("writeUnits", counts.writeUnits());
          json.writeNumberField("seconds", outcome.took().toMillis() / 1_000.0);
          json.writeBooleanField("complete", outcome.complete());
          json.writeStringField(
              "deadLetters", outcome.deadLetters().map(Object::toString).orElse(null));
          json.writeStringField(
              "failure", outcome.failure().map(Exception::getMessage).orElse(null));
          json.writeNumberField("exitCode", exitCode);
        });
  }

  private static void names(JsonGenerator json, Plan plan) throws IOException {
    json.writeStringField("copy", plan.name());
    json.writeStringField("from", plan.from().text());
    json.writeStringField("to", plan.to().text());
  }

  private static void table(JsonGenerator json, String field, TableInfo table) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("table", table.name());
    json.writeStringField("arn", table.arn());
    json.writeStringField("endpoint", table.endpoint().toString());
    json.writeStringField("region", table.region());
    json.writeArrayFieldStart("keys");
    for (TableInfo.Key key : table.keys()) {
      json.writeString(key.toString());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("indexes");
    for (String index : table.indexes().keySet()) {
      json.writeString(index);
    }
    json.writeEndArray();
    json.writeStringField("billing", table.billing());
    json.writeEndObject();
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
