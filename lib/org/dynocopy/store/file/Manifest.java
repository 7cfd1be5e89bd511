package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WholeFile;
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
 * @param sums what tells the files from others; empty before they are written, and in a backup by a
 *     dynocopy that had none
 */
public record Manifest(
    String table, String arn, Instant time, long items, String schema, Optional<Sums> sums) {

  private static final String VERSION_FIELD = "dynocopyBackup";

  /** Since this one there are checksums. */
  private static final int VERSION = 2;

  /**
   * SHA-256 sums, in hexadecimal digits.
   *
   * @param file of the file as it is on the disk, which {@code sha256sum} prints
   * @param text of its lines, which are the same when it is not compressed any more
   */
  public record Sums(String file, String text) {}

  /** Makes the manifest of a backup whose file is yet to be finished. */
  public Manifest(String table, String arn, Instant time, long items, String schema) {
    this(table, arn, time, items, schema, Optional.empty());
  }

  Manifest with(byte[] file, byte[] text) {
    HexFormat hex = HexFormat.of();
    Sums found = new Sums(hex.formatHex(file), hex.formatHex(text));
    return new Manifest(table, arn, time, items, schema, Optional.of(found));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Returns where the manifest of a data file stands. */
  public static Path beside(Path data) {
    String name = data.getFileName().toString().replaceFirst("(\\.jsonl?)?(\\.gz)?$", "");
    return data.resolveSibling(name + ".schema.json");
  }

  /** Returns what it is written as: other than that of {@code users.jsonl} beside this one. */
  static Path draft(Path data) {
    return PrivateFiles.part(data.resolveSibling(data.getFileName() + ".schema.json"));
  }

  /** Returns it as JSON, whose last field is the checksum of what stands before. */
  public byte[] bytes() {
    byte[] fields = fields();
    byte[] before = Arrays.copyOf(fields, fields.length - 1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(before);
    all.writeBytes(end(before));
    return all.toByteArray();
  }

  private static byte[] end(byte[] before) {
    String sum = HexFormat.of().formatHex(sha256().digest(before));
    return (",\"checksum\":\"" + sum + "\"}").getBytes(UTF_8);
  }

  private static boolean isWhole(byte[] bytes) {
    int length = Math.max(0, bytes.length - end(new byte[0]).length);
    byte[] end = end(Arrays.copyOf(bytes, length));
    return Arrays.equals(bytes, length, bytes.length, end, 0, end.length);
  }

  private byte[] fields() {
    Sums there = sums.orElseThrow();
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeNumberField(VERSION_FIELD, VERSION);
          json.writeStringField("table", table);
          json.writeStringField("arn", arn);
          json.writeStringField("time", time.toString());
          json.writeNumberField("items", items);
          json.writeStringField("fileSha256", there.file());
          json.writeStringField("textSha256", there.text());
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
      return of(file, WholeFile.read(file, WholeFile.USUAL_MOST));
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
    String fileSum = null;
    String textSum = null;
    boolean ends;
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
          case "fileSha256" -> fileSum = json.getText();
          case "textSha256" -> textSum = json.getText();
          case "schema" -> schema = text(json, bytes);
          default -> json.skipChildren();
        }
      }
      ends = json.nextToken() == null;
    }
    if (version > VERSION) {
      throw Faults.invalid(file + ": a later dynocopy made this backup (version " + version + ")");
    }
    boolean summed = version > 1;
    if (!ends || summed && !isWhole(bytes)) {
      throw Faults.invalid(
          file + ": this manifest was changed or is cut off after the backup was made");
    }
    if (version < 1
        || summed && (fileSum == null || textSum == null)
        || table == null
        || arn == null
        || time == null
        || items < 0
        || schema == null) {
      throw notAManifest(file);
    }
    Optional<Sums> sums = summed ? Optional.of(new Sums(fileSum, textSum)) : Optional.empty();
    return new Manifest(table, arn, time, items, schema, sums);
  }

  private static String text(JsonParser json, byte[] bytes) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return new Item(bytes, from, (int) json.currentLocation().getByteOffset() - from).toString();
  }
}
