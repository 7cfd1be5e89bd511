package org.dynocopy.store.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.dynocopy.engine.Item;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.shape.Json;

/**
 * What a backup is of: {@code users.schema.json} beside {@code users.jsonl.gz}.
 *
 * @param table the table's name
 * @param arn the table's ARN
 * @param time when the backup was made
 * @param items how many items it has
 * @param schema what is needed to make the table again: a JSON object, known to the caller alone
 */
public record Manifest(String table, String arn, Instant time, long items, String schema) {

  private static final String VERSION_FIELD = "dynocopyBackup";
  private static final int VERSION = 1;

  /** Returns where the manifest of a data file stands. */
  public static Path beside(Path data) {
    String name = data.getFileName().toString().replaceFirst("(\\.jsonl?)?(\\.gz)?$", "");
    return data.resolveSibling(name + ".schema.json");
  }

  /** Returns it as JSON. */
  public byte[] bytes() {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeNumberField(VERSION_FIELD, VERSION);
          json.writeStringField("table", table);
          json.writeStringField("arn", arn);
          json.writeStringField("time", time.toString());
          json.writeNumberField("items", items);
          json.writeFieldName("schema");
          json.writeRawValue(schema);
          json.writeEndObject();
        });
  }

  /**
   * Reads a manifest.
   *
   * @throws InvalidPlanException if it is none, or one of a later version
   */
  public static Manifest read(Path file) {
    try {
      return of(file, Files.readAllBytes(file));
    } catch (JsonProcessingException | DateTimeException e) {
      throw notAManifest(file);
    } catch (IOException e) {
      throw Faults.cannotRead(file, e);
    }
  }

  private static InvalidPlanException notAManifest(Path file) {
    return Faults.invalid(file + ": not the manifest of a backup");
  }

  private static Manifest of(Path file, byte[] bytes) throws IOException {
    long version = 0;
    String table = null;
    String arn = null;
    Instant time = null;
    long items = -1;
    String schema = null;
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case VERSION_FIELD -> version = json.getLongValue();
          case "table" -> table = json.getText();
          case "arn" -> arn = json.getText();
          case "time" -> time = Instant.parse(json.getText());
          case "items" -> items = json.getLongValue();
          case "schema" -> schema = text(json, bytes);
          default -> json.skipChildren();
        }
      }
    }
    if (version > VERSION) {
      throw Faults.invalid(file + ": a later dynocopy made this backup (version " + version + ")");
    }
    if (version < 1
        || table == null
        || arn == null
        || time == null
        || items < 0
        || schema == null) {
      throw notAManifest(file);
    }
    return new Manifest(table, arn, time, items, schema);
  }

  private static String text(JsonParser json, byte[] bytes) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return new Item(bytes, from, (int) json.currentLocation().getByteOffset() - from).toString();
  }
}
