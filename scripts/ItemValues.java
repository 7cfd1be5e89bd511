package org.dynocopy.scripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Items by what they mean, to compare them: sets have no order, and numbers several texts. */
public final class ItemValues {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ItemValues() {}

  /** Returns an item of DynamoDB's JSON; equal for equal items. */
  public static Object of(byte[] item) throws IOException {
    return value("M", JSON.readTree(item));
  }

  private static Object value(String type, JsonNode value) {
    return switch (type) {
      case "M" -> {
        var attributes = new TreeMap<String, Object>();
        value.properties().forEach(one -> attributes.put(one.getKey(), typed(one.getValue())));
        yield attributes;
      }
      case "L" -> {
        var elements = new ArrayList<Object>();
        value.forEach(element -> elements.add(typed(element)));
        yield elements;
      }
      case "N" -> number(value);
      case "NS" -> set(value, ItemValues::number);
      case "SS", "BS" -> set(value, JsonNode::textValue);
      default -> type + value;
    };
  }

  private static Object typed(JsonNode value) {
    var only = value.properties().iterator().next();
    return List.of(only.getKey(), value(only.getKey(), only.getValue()));
  }

  private static String number(JsonNode number) {
    return new BigDecimal(number.textValue()).stripTrailingZeros().toString();
  }

  private static Object set(JsonNode elements, Function<JsonNode, String> text) {
    var sorted = new TreeSet<String>();
    elements.forEach(element -> sorted.add(text.apply(element)));
    return sorted;
  }
}
