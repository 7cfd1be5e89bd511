package org.dynocopy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads plain JSON back, and compares it with what {@code AttributeJson} reads. */
public final class PlainValues {

  private PlainValues() {}

  /** Returns the values of a text that is one JSON value and no more. */
  public static Object parse(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      Object value = value(json);
      assertThat(json.nextToken()).as("one value: " + text).isNull();
      return value;
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(json.getText());
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      default -> {
        assertThat(json.currentToken()).isEqualTo(JsonToken.START_OBJECT);
        Map<String, Object> map = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          assertThat(map).doesNotContainKey(name);
          map.put(name, value(json));
        }
        yield map;
      }
    };
  }

  /** Asserts that plain JSON, as {@link #parse} reads it, says what the attribute's value is. */
  public static void assertSame(Object plain, Object value) {
    if (value instanceof byte[] bytes) {
      assertThat(plain).isEqualTo(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      assertSame(plain, bytes);
    } else if (value instanceof Set<?> set) {
      assertSame(new ArrayList<>(new LinkedHashSet<>((List<?>) plain)), new ArrayList<>(set));
    } else if (value instanceof List<?> list) {
      List<?> plains = (List<?>) plain;
      assertThat(plains).hasSameSizeAs(list);
      for (int i = 0; i < list.size(); i++) {
        assertSame(plains.get(i), list.get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      Map<?, ?> plains = (Map<?, ?>) plain;
      assertThat(new ArrayList<Object>(plains.keySet()))
          .as("in their order")
          .isEqualTo(new ArrayList<Object>(map.keySet()));
      map.forEach((name, element) -> assertSame(plains.get(name), element));
    } else {
      assertThat(plain).isEqualTo(value);
    }
  }

  /** Returns a value inside so many lists and maps, in DynamoDB's JSON. */
  public static String nested(int depth) {
    String value = "{\"N\":\"1\"}";
    for (String part : Collections.nCopies(depth / 2, "{\"L\":[{\"M\":{\"a\":%s}}]}")) {
      value = part.formatted(value);
    }
    return value;
  }
}
