package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.shape.Json;

/** The {@code manifest-summary.json} in the folder of an export that DynamoDB made. */
final class ExportSummary {

  private ExportSummary() {}

  /**
   * Returns the MD5 sums that the export has of its files, in base64; none if it has no list.
   *
   * @throws InvalidPlanException if the list cannot be understood, or is not of these files
   */
  static Map<Path, String> sums(Path folder, List<Path> files) {
    Path list = folder.resolve("manifest-files.json");
    Map<Path, String> sums = new TreeMap<>();
    if (!Files.exists(list)) {
      return sums;
    }
    try {
      for (String line : Files.readAllLines(list)) {
        if (!line.isBlank()) {
          byte[] bytes = line.getBytes(UTF_8);
          Map<String, String> fields = texts(bytes);
          Path file = Path.of(fields.get("dataFileS3Key")).getFileName();
          sums.put(folder.resolve("data").resolve(file), fields.get("md5Checksum"));
        }
      }
    } catch (JsonProcessingException | NullPointerException e) {
      throw Faults.invalid(list + ": not the list of an export's files");
    } catch (IOException e) {
      throw Faults.cannotRead(list, e);
    }
    for (Path file : sums.keySet()) {
      if (!files.contains(file)) {
        throw Faults.invalid(file + " is missing: " + list + " names it");
      }
    }
    for (Path file : files) {
      if (!sums.containsKey(file)) {
        throw Faults.invalid(file + " is not of this export: " + list + " does not name it");
      }
    }
    return sums;
  }

  private static Map<String, String> texts(byte[] bytes) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, json.getText());
        }
        json.skipChildren();
      }
    }
    return texts;
  }

  /**
   * Returns how many items were exported, if the summary is there and says so.
   *
   * @throws InvalidPlanException if it cannot be understood
   */
  static OptionalLong items(Path folder) {
    Path file = folder.resolve("manifest-summary.json");
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    OptionalLong items = OptionalLong.empty();
    try {
      byte[] bytes = Files.readAllBytes(file);
      try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean count = json.currentName().equals("itemCount");
          json.nextToken();
          if (count) {
            items = OptionalLong.of(json.getLongValue());
          }
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw Faults.invalid(file + ": not the summary of an export");
    } catch (IOException e) {
      throw Faults.cannotRead(file, e);
    }
    return items;
  }
}
