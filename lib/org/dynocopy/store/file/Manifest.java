package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WholeFile;
import org.dynocopy.json.InvalidDocumentException;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.json.RecordBinding;

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

  private static final String SCHEMA = "schema";

  private static final RecordBinding BINDING =
      new RecordBinding()
          .flat(Manifest.class, "sums")
          .named(Sums.class, "file", "fileSha256")
          .named(Sums.class, "text", "textSha256");

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
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(VERSION_FIELD, VERSION);
    fields.putAll(BINDING.fields(this));
    fields.remove(SCHEMA); // it is the last one
    fields.put(SCHEMA, new JsonDocument.Raw(schema));
    return JsonDocument.bytes(fields);
  }

  /**
   * Reads a manifest.
   *
   * @throws InvalidJobException if it is none, or one of a later version
   */
  public static Manifest read(Path file) {
    try {
      return of(file, WholeFile.read(file, WholeFile.USUAL_MOST));
    } catch (InvalidDocumentException e) {
      throw notAManifest(file);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static InvalidJobException notAManifest(Path file) {
    return FileErrors.invalid(file + ": not the manifest of a backup");
  }

  private static Manifest of(Path file, byte[] bytes) throws InvalidDocumentException {
    Map<String, Object> fields = JsonDocument.read(bytes, SCHEMA);
    if (!(fields.get(VERSION_FIELD) instanceof BigDecimal version) || version.signum() <= 0) {
      throw notAManifest(file);
    }
    if (version.compareTo(BigDecimal.valueOf(VERSION)) > 0) {
      throw FileErrors.invalid(
          file + ": a later dynocopy made this backup (version " + version + ")");
    }
    boolean summed = version.compareTo(BigDecimal.ONE) > 0;
    fields.computeIfPresent(SCHEMA, (name, schema) -> ((JsonDocument.Raw) schema).json());
    Manifest manifest = BINDING.record(Manifest.class, fields);
    if (manifest.items() < 0 || manifest.sums().isPresent() != summed) {
      throw notAManifest(file);
    }
    if (summed && !isWhole(bytes)) {
      throw FileErrors.invalid(
          file + ": this manifest was changed or is cut off after the backup was made");
    }
    return manifest;
  }
}
