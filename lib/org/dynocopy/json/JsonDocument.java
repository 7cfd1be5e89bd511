package org.dynocopy.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes JSON objects as maps: of texts, numbers ({@link BigDecimal} when read),
 * booleans, nulls, lists and maps. {@link RecordBinding} turns records into such maps and back.
 */
public final class JsonDocument {

  private JsonDocument() {}

  /** JSON that is written as it is, such as a document within another one. */
  public record Raw(String json) {}

  /** Returns an object as one line, without its end. */
  public static String line(Map<String, ?> object) {
    return new String(bytes(object), StandardCharsets.UTF_8);
  }

  /** Returns an object in UTF-8. */
  public static byte[] bytes(Map<String, ?> object) {
    return Json.bytes(json -> write(json, object));
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Raw raw) {
      json.writeRawValue(raw.json());
    } else {
      // A text, a number, true, false or null: what it does not know is an exception.
      json.writeObject(value);
    }
  }

  /**
   * Reads an object.
   *
   * @param raw the members that are kept as they are, as {@link Raw}
   * @throws InvalidDocumentException if this is not one JSON object
   */
  public static Map<String, Object> read(byte[] bytes, String... raw)
      throws InvalidDocumentException {
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidDocumentException("this is not a JSON object");
      }
      Map<String, Object> object = object(json, bytes, Set.of(raw));
      if (json.nextToken() != null) {
        throw new InvalidDocumentException("the document has ended before its last line");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new InvalidDocumentException("this is not JSON", e);
    } catch (InvalidDocumentException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidDocumentException("this is not text in UTF-8", e);
    }
  }

  private static Map<String, Object> object(JsonParser json, byte[] bytes, Set<String> raw)
      throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, raw.contains(name) ? raw(json, bytes) : value(json));
    }
    return object;
  }

  private static Raw raw(JsonParser json, byte[] bytes) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    if (from < 0) {
      throw new InvalidDocumentException("this is not text in UTF-8");
    }
    json.skipChildren();
    json.finishToken();
    int end = (int) json.currentLocation().getByteOffset();
    return new Raw(new String(bytes, from, end - from, StandardCharsets.UTF_8));
  }

  private static Object value(JsonParser json) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> {
        return object(json, new byte[0], Set.of());
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        return list;
      }
      case VALUE_STRING -> {
        return json.getText();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return json.getDecimalValue();
      }
      default -> {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getBooleanValue();
      }
    }
  }
}
