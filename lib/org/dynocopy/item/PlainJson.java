package org.dynocopy.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.DecimalText;
import org.dynocopy.json.Json;

/**
 * Turns DynamoDB's JSON into JSON without the types: {@code {"id":"u1","age":41}}. Attributes keep
 * their order and numbers their digits; binary values are base64 strings, sets are arrays.
 */
public final class PlainJson {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private PlainJson() {}

  /** Copies what begins at the parser's current token, to its end. */
  @FunctionalInterface
  private interface Copying {
    void copy(JsonParser json, JsonGenerator to) throws IOException;
  }

  /**
   * Returns an item, on one line.
   *
   * @throws IOException if the bytes are no item
   */
  public static byte[] item(Item item) throws IOException {
    return bytes(item, PlainJson::map);
  }

  /**
   * Returns an attribute's value, on one line.
   *
   * @param value its bytes, {@code {"S":"u1"}}
   * @throws IOException if they are no value
   */
  public static byte[] value(Item value) throws IOException {
    return bytes(value, PlainJson::value);
  }

  private static byte[] bytes(Item typed, Copying copying) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(typed.length());
    try (JsonParser json = Json.parser(typed.bytes(), typed.offset(), typed.length());
        JsonGenerator to = Json.generator(bytes)) {
      // Else an emoji is two escapes: right, and good for no reader.
      to.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8.mappedFeature());
      json.nextToken();
      copying.copy(json, to);
    }
    return bytes.toByteArray();
  }

  private static void value(JsonParser json, JsonGenerator to) throws IOException {
    AttributeJson.expect(json, json.currentToken(), JsonToken.START_OBJECT);
    AttributeJson.expect(json, json.nextToken(), JsonToken.FIELD_NAME);
    String type = json.currentName();
    json.nextToken();
    switch (type) {
      case "S", "B" -> string(json, to);
      case "N" -> number(json, to);
      case "BOOL" -> to.writeBoolean(json.getBooleanValue());
      case "NULL" -> to.writeNull();
      case "L" -> array(json, to, PlainJson::value);
      case "M" -> map(json, to);
      case "SS", "BS" -> array(json, to, PlainJson::string);
      case "NS" -> array(json, to, PlainJson::number);
      default -> throw new IOException("`" + type + "` is not a type of attribute");
    }
    AttributeJson.expect(json, json.nextToken(), JsonToken.END_OBJECT);
  }

  private static void map(JsonParser json, JsonGenerator to) throws IOException {
    AttributeJson.expect(json, json.currentToken(), JsonToken.START_OBJECT);
    to.writeStartObject();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      to.writeFieldName(json.currentName());
      json.nextToken();
      value(json, to);
    }
    to.writeEndObject();
  }

  private static void array(JsonParser json, JsonGenerator to, Copying element) throws IOException {
    AttributeJson.expect(json, json.currentToken(), JsonToken.START_ARRAY);
    to.writeStartArray();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.copy(json, to);
    }
    to.writeEndArray();
  }

  private static void string(JsonParser json, JsonGenerator to) throws IOException {
    AttributeJson.expect(json, json.currentToken(), JsonToken.VALUE_STRING);
    to.writeString(json.getText());
  }

  private static void number(JsonParser json, JsonGenerator to) throws IOException {
    AttributeJson.expect(json, json.currentToken(), JsonToken.VALUE_STRING);
    String number = json.getText();
    // The service itself sends what JSON takes; a stand-in for it may send `.5` or `+1`.
    try {
      BigDecimal value = DecimalText.parse(number);
      to.writeNumber(NUMBER.matcher(number).matches() ? number : value.toString());
    } catch (NumberFormatException e) {
      throw new IOException("not a number of DynamoDB: " + e.getMessage(), e);
    }
  }
}
