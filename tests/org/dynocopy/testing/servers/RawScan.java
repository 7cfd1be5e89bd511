package org.dynocopy.testing.servers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a table as the JSON that the server answers, with neither the SDK nor anything of ours. */
final class RawScan {

  // Attribute names may have 65,535 bytes; Jackson's default limit is 50,000.
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(100_000).build())
              .build());
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  // The test servers check no signature, but look for the access key and the region.
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20250101/%s/dynamodb/aws4_request,"
              .formatted(TestServers.REGION)
          + " SignedHeaders=host;x-amz-date, Signature=0";

  private RawScan() {}

  /**
   * Returns a digest of each item's JSON by its key's JSON. The digest is of what DynamoDB means by
   * the JSON: attributes and sets have no order, and numbers are their text.
   */
  static Map<String, String> items(URI server, String table) {
    JsonNode named = JSON.createObjectNode().put("TableName", table);
    List<String> keys = new ArrayList<>();
    for (var key : call(server, "DescribeTable", named).at("/Table/KeySchema")) {
      keys.add(key.get("AttributeName").textValue());
    }
    Map<String, String> items = new HashMap<>();
    for (int segment = 0; segment < TableComparison.SEGMENTS; segment++) {
      var request = JSON.createObjectNode().put("TableName", table).put("Segment", segment);
      request.put("TotalSegments", TableComparison.SEGMENTS);
      JsonNode position = null;
      do {
        if (position != null) {
          request.set("ExclusiveStartKey", position);
        }
        JsonNode page = call(server, "Scan", request);
        for (JsonNode item : page.get("Items")) {
          var key = keys.stream().map(item::get).toList().toString();
          items.put(key, TableComparison.digest(text("M", item)));
        }
        position = page.get("LastEvaluatedKey");
      } while (position != null);
    }
    return items;
  }

  private static String text(String type, JsonNode node) {
    var parts = new ArrayList<String>();
    switch (type) {
      case "M":
        node.properties()
            .forEach(entry -> parts.add(quoted(entry.getKey()) + typed(entry.getValue())));
        break;
      case "L":
        node.forEach(element -> parts.add(typed(element)));
        return parts.toString();
      case "SS", "NS", "BS":
        node.forEach(element -> parts.add(element.toString()));
        break;
      default:
        return node.toString();
    }
    Collections.sort(parts);
    return parts.toString();
  }

  private static String typed(JsonNode attribute) {
    var field = attribute.properties().iterator().next();
    return field.getKey() + text(field.getKey(), field.getValue());
  }

  private static String quoted(String name) {
    return TextNode.valueOf(name).toString();
  }

  private static JsonNode call(URI server, String operation, JsonNode body) {
    var request =
        HttpRequest.newBuilder(server)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20250101T000000Z")
            .header("Authorization", AUTHORIZATION)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(operation + ": " + new String(response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
