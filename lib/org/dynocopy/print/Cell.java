package org.dynocopy.print;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dynocopy.core.Item;
import org.dynocopy.item.PlainJson;
import org.dynocopy.json.Json;

/**
 * An attribute's value in a sheet.
 *
 * @param text a string or a number as it is, a binary value in base64, nothing for NULL, and a
 *     list, map or set in plain JSON
 * @param number whether it is a number
 */
record Cell(String text, boolean number) {

  /** What an item has that has no such attribute. */
  static final Cell NONE = new Cell("", false);

  /**
   * Returns an item's cells by attribute, in its order.
   *
   * @throws IOException if the bytes are no item
   */
  static Map<String, Cell> row(Item item) throws IOException {
    byte[] plain = PlainJson.item(item);
    Map<String, Cell> row = new LinkedHashMap<>();
    try (JsonParser json = Json.parser(plain, 0, plain.length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        row.put(name, read(json, plain));
      }
    }
    return row;
  }

  private static Cell read(JsonParser json, byte[] plain) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return NONE;
    }
    if (token.isScalarValue()) {
      return new Cell(json.getText(), token.isNumeric());
    }
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = (int) json.currentLocation().getByteOffset();
    return new Cell(new String(plain, from, to - from, StandardCharsets.UTF_8), false);
  }
}
