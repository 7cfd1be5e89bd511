package org.dynocopy.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dynocopy.core.Item;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the same item in many ways: maps and sets in any order, numbers as any text of them. */
public final class ItemTexts {

  private final Random random;

  /** Makes one that writes by chance. */
  public ItemTexts(Random random) {
    this.random = random;
  }

  /** Returns an item, written somehow. */
  public Item of(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, item);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Item.of(text.toString());
  }

  private void write(JsonGenerator json, Map<String, AttributeValue> map) throws IOException {
    json.writeStartObject();
    for (String name : shuffled(map.keySet())) {
      json.writeFieldName(name);
      write(json, map.get(name));
    }
    json.writeEndObject();
  }

  private void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name());
    switch (value.type()) {
      case S -> json.writeString(value.s());
      case N -> json.writeString(number(value.n()));
      case B -> json.writeString(base64(value.b()));
      case BOOL -> json.writeBoolean(value.bool());
      case NUL -> json.writeBoolean(true);
      case M -> write(json, value.m());
      case L -> {
        json.writeStartArray();
        for (AttributeValue element : value.l()) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case SS -> strings(json, value.ss());
      case NS -> strings(json, value.ns().stream().map(this::number).toList());
      case BS -> strings(json, value.bs().stream().map(ItemTexts::base64).toList());
      default -> throw new AssertionError("an unknown type: " + value);
    }
    json.writeEndObject();
  }

  private void strings(JsonGenerator json, List<String> set) throws IOException {
    json.writeStartArray();
    for (String element : shuffled(set)) {
      json.writeString(element);
    }
    json.writeEndArray();
  }

  private <T> List<T> shuffled(Iterable<T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEach(all::add);
    Collections.shuffle(all, random);
    return all;
  }

  /** Returns a text of the same number. */
  String number(String text) {
    BigDecimal number = new BigDecimal(text);
    return switch (random.nextInt(7)) {
      case 0 -> number.toPlainString();
      case 1 -> number.stripTrailingZeros().toString();
      case 2 -> number.setScale(number.scale() + random.nextInt(5)).toPlainString();
      case 3 -> number.unscaledValue() + "e" + -number.scale();
      case 4 -> number.unscaledValue() + "00E" + (-number.scale() - 2);
      case 5 -> number.signum() < 0 ? text : "00" + number.toPlainString();
      default -> text;
    };
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
