package org.dynocopy.store.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.shape.Json;

/** The {@code manifest-summary.json} in the folder of an export that DynamoDB made. */
final class ExportSummary {

  private ExportSummary() {}

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
