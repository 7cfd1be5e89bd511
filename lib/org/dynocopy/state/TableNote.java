package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WholeFile;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.json.RecordBinding;
import org.dynocopy.store.file.FileErrors;

/**
 * A file that is there for as long as a table is being made: what the table is to be, and what is
 * still to be done to it. Written before the table is made, so that a run that is killed does not
 * leave a table of which nobody knows that it is half made.
 *
 * @param job what makes the table; another job does not finish it
 * @param begun when the table was asked for
 * @param table the table's identity; empty until the service has told it
 * @param recovery whether point-in-time recovery is still to be turned on
 * @param schema what the table is to be, as JSON
 */
public record TableNote(
    String job, Instant begun, Optional<String> table, boolean recovery, String schema) {

  private static final String VERSION_FIELD = "dynocopyTable";
  private static final int VERSION = 1;

  /** Returns the same of a table that has been made. */
  public TableNote made(String identity) {
    return new TableNote(job, begun, Optional.of(identity), recovery, schema);
  }

  /** Returns the same of a table that needs no more point-in-time recovery. */
  public TableNote recovered() {
    return new TableNote(job, begun, table, false, schema);
  }

  /**
   * Reads a note.
   *
   * @return empty if there is none
   * @throws InvalidJobException if it cannot be understood
   */
  public static Optional<TableNote> read(Path file) {
    if (!PrivateFiles.isThere(file)) {
      return Optional.empty();
    }
    try {
      byte[] text = PrivateFiles.readAll(file, WholeFile.USUAL_MOST);
      try (JsonParser json = Json.parser(text, 0, text.length)) {
        json.nextToken();
        Map<?, ?> fields = (Map<?, ?>) AttributeJson.read(json);
        if (!BigDecimal.valueOf(VERSION).equals(fields.get(VERSION_FIELD))) {
          throw notOurs(file);
        }
        return Optional.of(RecordBinding.PLAIN.record(TableNote.class, fields));
      }
    } catch (IOException | ClassCastException e) {
      throw notOurs(file);
    }
  }

  private static InvalidJobException notOurs(Path file) {
    return FileErrors.invalid(
        file
            + ": this note of a table that was being made cannot be read. Look at the table's TTL"
            + " and point-in-time recovery, and delete the file");
  }

  /**
   * Writes it in one step.
   *
   * @throws IOException if it cannot; the one before is still there
   */
  public void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(VERSION_FIELD, VERSION);
    fields.putAll(RecordBinding.PLAIN.fields(this));
    byte[] line = Json.bytes(json -> AttributeJson.write(json, fields));
    PrivateFiles.replace(file, (new String(line, UTF_8) + "\n").getBytes(UTF_8));
  }
}
