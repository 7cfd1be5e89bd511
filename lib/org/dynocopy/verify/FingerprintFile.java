package org.dynocopy.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WholeFile;
import org.dynocopy.json.InvalidDocumentException;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.json.RecordBinding;

/**
 * A fingerprint as a file: a line of JSON that says of what, a line for each bucket that has items
 * (its number, how many items, the sum of their digests in base64), and a line with the SHA-256 of
 * all lines before.
 *
 * <pre>
 * {"format":"dynocopy fingerprint","version":1,"table":"prod:users","keys":["id (S)"], …}
 * 0 15 q1wxc2kYbWbBxLdbpUsvYYYwrKJ8kOo6r1Mvq5Sm5BQ=
 * …
 * {"sha256":"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}
 * </pre>
 *
 * @param table the table, as it was named
 * @param keys its key attributes with their types, {@code id (S)}
 * @param selection which part of the table it is; empty for all of it
 * @param time when it was made, as {@code 2026-11-22T14:00:00Z}
 * @param fingerprint the fingerprint
 */
public record FingerprintFile(
    String table, List<String> keys, String selection, String time, Fingerprint fingerprint) {

  private static final String FORMAT = "dynocopy fingerprint";
  private static final String BEGIN = "{\"format\":\"" + FORMAT + "\"";
  private static final String END = "{\"sha256\":\"";
  private static final int VERSION = 1;

  /** More than all buckets take: who names a larger file has named another one. */
  private static final int MOST_BYTES = 16 << 20;

  /** Copies the list. */
  public FingerprintFile {
    keys = List.copyOf(keys);
  }

  /** Writes it. */
  public void write(OutputStream out) throws IOException {
    MessageDigest sha256 = ItemDigest.sha256();
    line(out, sha256, header());
    for (int bucket = 0; bucket < Fingerprint.BUCKETS; bucket++) {
      if (fingerprint.items(bucket) > 0) {
        String sum = Base64.getEncoder().encodeToString(fingerprint.sum(bucket));
        line(out, sha256, bucket + " " + fingerprint.items(bucket) + " " + sum);
      }
    }
    String end = END + HexFormat.of().formatHex(sha256.digest()) + "\"}\n";
    out.write(end.getBytes(UTF_8));
    out.flush();
  }

  /**
   * The first line.
   *
   * @param items how many items all buckets have
   * @param buckets how many buckets there are, those without items too
   */
  private record Header(
      String format,
      int version,
      String table,
      List<String> keys,
      String selection,
      long items,
      int buckets,
      String time) {}

  private String header() {
    return JsonDocument.line(
        RecordBinding.PLAIN.fields(
            new Header(
                FORMAT,
                VERSION,
                table,
                keys,
                selection,
                fingerprint.items(),
                Fingerprint.BUCKETS,
                time)));
  }

  private static void line(OutputStream out, MessageDigest sha256, String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    sha256.update(bytes);
    out.write(bytes);
  }

  /** Says in a sentence why a file is not a fingerprint that can be used. */
  public static final class NoFingerprintException extends Exception {
    NoFingerprintException(String message) {
      super(message);
    }
  }

  /**
   * Reads one.
   *
   * @throws NoFingerprintException if it is not there, of another version, cut off or changed
   */
  public static FingerprintFile read(Path file) throws NoFingerprintException {
    try {
      return parse(file, new String(WholeFile.read(file, MOST_BYTES), UTF_8));
    } catch (IOException e) {
      throw new NoFingerprintException(
          "the fingerprint `" + file + "` cannot be read: " + FileReason.of(e));
    }
  }

  private static FingerprintFile parse(Path file, String text) throws NoFingerprintException {
    if (!text.startsWith(BEGIN)) {
      throw new NoFingerprintException(
          "`" + file + "` is not a fingerprint: make one by `dynocopy fingerprint TABLE > a.fp`");
    }
    Map<String, Object> header = header(file, text.substring(0, (text + "\n").indexOf('\n')));
    if (!BigDecimal.valueOf(VERSION).equals(header.get("version"))) {
      throw new NoFingerprintException(
          "`"
              + file
              + "` is a fingerprint of version "
              + header.get("version")
              + ", and this dynocopy reads version "
              + VERSION
              + ": make it again");
    }
    int end = text.lastIndexOf("\n" + END) + 1;
    if (end == 0 || !text.endsWith("\"}\n")) {
      throw new NoFingerprintException(
          "the fingerprint `" + file + "` is cut off: its last line is missing");
    }
    byte[] sha256 = ItemDigest.sha256().digest(text.substring(0, end).getBytes(UTF_8));
    if (!text.substring(end).equals(END + HexFormat.of().formatHex(sha256) + "\"}\n")) {
      throw changed(file);
    }
    try {
      return of(RecordBinding.PLAIN.record(Header.class, header), text.substring(0, end));
    } catch (InvalidDocumentException | RuntimeException e) {
      // Its checksum fits: its writer did not know the format.
      throw changed(file);
    }
  }

  private static NoFingerprintException changed(Path file) {
    return new NoFingerprintException(
        "the fingerprint `" + file + "` is not as it was made: its checksum does not fit");
  }

  private static FingerprintFile of(Header header, String lines) {
    Fingerprint fingerprint = new Fingerprint();
    lines
        .lines()
        .skip(1)
        .map(line -> line.split(" "))
        .forEach(
            bucket ->
                fingerprint.add(
                    Integer.parseInt(bucket[0]),
                    Long.parseLong(bucket[1]),
                    Base64.getDecoder().decode(bucket[2])));
    return new FingerprintFile(
        header.table(), header.keys(), header.selection(), header.time(), fingerprint);
  }

  private static Map<String, Object> header(Path file, String line) throws NoFingerprintException {
    try {
      return JsonDocument.read(line.getBytes(UTF_8));
    } catch (InvalidDocumentException e) {
      throw changed(file);
    }
  }
}
