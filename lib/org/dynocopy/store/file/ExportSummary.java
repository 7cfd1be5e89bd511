package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dynocopy.files.InputFile;
import org.dynocopy.files.TextLines;
import org.dynocopy.files.WholeFile;
import org.dynocopy.json.InvalidDocumentException;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.json.RecordBinding;

/** The {@code manifest-summary.json} in the folder of an export that DynamoDB made. */
final class ExportSummary {

  /** The name of a file in S3, of up to 1 KB, and its sums. */
  private static final int MOST_LINE = 64 << 10;

  private record Summary(Optional<Long> itemCount) {}

  /** A line of {@code manifest-files.json}: a file, and its MD5 sum in base64. */
  private record Entry(String dataFileS3Key, String md5Checksum) {}

  private ExportSummary() {}

  /**
   * Returns the MD5 sums that the export has of its files, in base64; none if it has no list.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if the list cannot be understood, or is not
   *     of these files
   */
  static Map<Path, String> sums(Path folder, List<Path> files) {
    Path list = folder.resolve("manifest-files.json");
    Map<Path, String> sums = new TreeMap<>();
    if (!Files.exists(list)) {
      return sums;
    }
    Set<Path> there = Set.copyOf(files);
    try (TextLines lines = new TextLines(InputFile.text(list), MOST_LINE)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          Entry entry = read(Entry.class, line.getBytes(UTF_8));
          Path name = Path.of(entry.dataFileS3Key()).getFileName();
          Path file = folder.resolve("data").resolve(name);
          if (!there.contains(file)) {
            throw FileErrors.invalid(file + " is missing: " + list + " names it");
          }
          sums.put(file, entry.md5Checksum());
        }
      }
    } catch (InvalidDocumentException | InvalidPathException e) {
      throw FileErrors.invalid(list + ": not the list of an export's files");
    } catch (IOException e) {
      throw FileErrors.cannotRead(list, e);
    }
    for (Path file : files) {
      if (!sums.containsKey(file)) {
        throw FileErrors.invalid(file + " is not of this export: " + list + " does not name it");
      }
    }
    return sums;
  }

  private static <R extends Record> R read(Class<R> type, byte[] bytes)
      throws InvalidDocumentException {
    return RecordBinding.PLAIN.record(type, JsonDocument.read(bytes));
  }

  /**
   * Returns how many items were exported, if the summary is there and says so.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it cannot be understood
   */
  static Optional<Long> items(Path folder) {
    Path file = folder.resolve("manifest-summary.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = WholeFile.read(file, WholeFile.USUAL_MOST);
      return read(Summary.class, bytes).itemCount();
    } catch (InvalidDocumentException e) {
      throw FileErrors.invalid(file + ": not the summary of an export");
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
