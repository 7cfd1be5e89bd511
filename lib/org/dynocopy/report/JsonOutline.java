package org.dynocopy.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dynocopy.job.Outline;
import org.dynocopy.job.PreparedReplay;
import org.dynocopy.shape.Json;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** What a job would do, in fields of JSON for programs. */
final class JsonOutline implements Outline {

  private final List<Json.Content> fields = new ArrayList<>();
  private final List<Json.Content> last = new ArrayList<>();

  /** Writes the fields that stand before those of any job. */
  void write(JsonGenerator json) throws IOException {
    for (Json.Content field : fields) {
      field.to(json);
    }
  }

  /** Writes those that stand behind them. */
  void writeLast(JsonGenerator json) throws IOException {
    for (Json.Content field : last) {
      field.to(json);
    }
  }

  /** Its name is a field of any job. */
  @Override
  public void title(String title) {}

  @Override
  public void reading(TableReading reading, int readers) {
    fields.add(json -> reading(json, reading, readers));
  }

  @Override
  public void copy(TableReading reading, Target target) {
    reading(reading, reading.readers());
    fields.add(json -> table(json, "target", target.info()));
    field("makesTarget", target.made());
  }

  @Override
  public void sides(List<Side> sides) {
    fields.add(
        json -> {
          json.writeArrayFieldStart("readings");
          for (Side side : sides) {
            json.writeStartObject();
            reading(json, side.reading(), side.reading().readers());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  @Override
  public void letters(PreparedReplay replay) {
    last.add(
        json -> {
          json.writeNumberField("items", replay.items());
          json.writeNumberField("brokenLines", replay.broken());
        });
  }

  /** A program can ask for it by `schema show`. */
  @Override
  public void schema(String json) {}

  @Override
  public void line(String word, String text) {}

  @Override
  public void field(String name, String value) {
    fields.add(json -> json.writeStringField(name, value));
  }

  @Override
  public void field(String name, boolean value) {
    fields.add(json -> json.writeBooleanField(name, value));
  }

  @Override
  public void field(String name, long value) {
    fields.add(json -> json.writeNumberField(name, value));
  }

  private static void reading(JsonGenerator json, TableReading reading, int readers)
      throws IOException {
    table(json, "source", reading.table());
    json.writeStringField("index", reading.index().map(TableInfo.Index::name).orElse(null));
    json.writeStringField("way", reading.way().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("splits", reading.splits());
    json.writeNumberField("readers", readers);
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
    json.writeStringField("billing", table.billing().toString());
    json.writeEndObject();
  }
}
