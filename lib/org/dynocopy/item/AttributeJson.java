package org.dynocopy.item;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dynocopy.diagnostic.DecimalText;

/**
 * Turns attribute values from DynamoDB's JSON into plain Java values and back.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><td>S</td><td>String</td></tr>
 * <tr><td>N</td><td>BigDecimal; any Number but NaN and infinity when writing</td></tr>
 * <tr><td>B</td><td>byte[]</td></tr>
 * <tr><td>BOOL, NULL</td><td>Boolean, null</td></tr>
 * <tr><td>L, M</td><td>List, Map with String keys</td></tr>
 * <tr><td>SS, NS, BS</td><td>Set of String, BigDecimal, ByteBuffer; of one type and not empty</td></tr>
 * </table>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
public final class AttributeJson {

  private static final int MOST_SHOWN = 40;

  private AttributeJson() {}

  /**
   * Reads the value that begins at the parser's current token, {@code {"S":"…"}}, to its end.
   *
   * @throws IOException if it is not a value as DynamoDB writes it: texts are strings, numbers and
   *     binaries too, and NULL is true
   */
  public static Object read(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_OBJECT);
    expect(json, json.nextToken(), JsonToken.FIELD_NAME);
    String type = json.currentName();
    json.nextToken();
    Object value =
        switch (type) {
          case "S" -> string(json);
          case "N" -> number(json);
          case "B" -> binary(json);
          case "BOOL" -> json.getBooleanValue();
          case "NULL" -> isNull(json);
          case "L" -> list(json);
          case "M" -> map(json);
          case "SS", "NS", "BS" -> set(json, type);
          default -> throw new IOException("`" + type + "` is not a type of attribute");
        };
    expect(json, json.nextToken(), JsonToken.END_OBJECT);
    return value;
  }

  /** Reads the attributes of the map that begins at the parser's current token, to its end. */
  public static Map<String, Object> map(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_OBJECT);
    Map<String, Object> map = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, read(json));
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<Object> list(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(json));
    }
    return Collections.unmodifiableList(list);
  }

  private static Set<Object> set(JsonParser json, String type) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    Set<Object> set = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      set.add(
          switch (type) {
            case "NS" -> number(json);
            case "BS" -> ByteBuffer.wrap(binary(json)).asReadOnlyBuffer();
            default -> string(json);
          });
    }
    return Collections.unmodifiableSet(set);
  }

  private static String string(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static BigDecimal number(JsonParser json) throws IOException {
    String text = string(json);
    try {
      return DecimalText.parse(text);
    } catch (NumberFormatException e) {
      String start = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
      throw new IOException("`" + start + "` is not a number", e);
    }
  }

  private static Object isNull(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.VALUE_TRUE);
    return null;
  }

  private static byte[] binary(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.VALUE_STRING);
    return json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
  }

  static void expect(JsonParser json, JsonToken is, JsonToken wanted) throws IOException {
    if (is != wanted) {
      throw new IOException("not DynamoDB JSON at byte " + json.currentLocation().getByteOffset());
    }
  }

  /**
   * Writes a value with its type.
   *
   * @throws IllegalArgumentException if DynamoDB has no type for it
   */
  public static void write(JsonGenerator json, Object value) throws IOException {
    json.writeStartObject();
    if (value == null) {
      json.writeBooleanField("NULL", true);
    } else if (value instanceof Boolean bool) {
      json.writeBooleanField("BOOL", bool);
    } else if (value instanceof CharSequence text) {
      json.writeStringField("S", text.toString());
    } else if (value instanceof Number number) {
      json.writeStringField("N", number(number));
    } else if (isBinary(value)) {
      json.writeStringField("B", base64(value));
    } else if (value instanceof Set<?> set) {
      writeSet(json, set);
    } else if (value instanceof Iterable<?> list) {
      json.writeArrayFieldStart("L");
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeObjectFieldStart("M");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      throw new IllegalArgumentException(
          "DynamoDB has no type for a " + value.getClass().getName());
    }
    json.writeEndObject();
  }

  private static void writeSet(JsonGenerator json, Set<?> set) throws IOException {
    Object first = set.stream().findFirst().orElse(null);
    boolean numbers = first instanceof Number;
    boolean binaries = isBinary(first);
    json.writeArrayFieldStart(numbers ? "NS" : binaries ? "BS" : "SS");
    for (Object element : set) {
      boolean fits =
          numbers
              ? element instanceof Number
              : binaries ? isBinary(element) : element instanceof CharSequence;
      if (!fits) {
        throw new IllegalArgumentException("DynamoDB has no set of " + set);
      }
      json.writeString(
          numbers ? number((Number) element) : binaries ? base64(element) : element.toString());
    }
    json.writeEndArray();
  }

  /** Returns a key's value as messages show it: binary as base64, an absent one as {@code null}. */
  public static String text(Object key) {
    return isBinary(key) ? base64(key) : String.valueOf(key);
  }

  private static boolean isBinary(Object value) {
    return value instanceof byte[] || value instanceof ByteBuffer;
  }

  private static String base64(Object value) {
    ByteBuffer bytes =
        value instanceof byte[] array ? ByteBuffer.wrap(array) : ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }

  /**
   * Returns a number as DynamoDB reads it.
   *
   * @throws IllegalArgumentException for NaN and infinity
   */
  public static String number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(number.toString()).toString();
    }
    if (number instanceof BigDecimal || number instanceof BigInteger) {
      return number.toString();
    }
    return Long.toString(number.longValue());
  }
}
