package org.dynocopy.store.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;

/** A line of a file: {@code {"Item":{…}}}, or {@code {…}}, the item alone. */
final class ItemLine {

  private static final String ITEM = "Item";
  static final String NOT_AN_ITEM = "not an item of DynamoDB JSON";

  private ItemLine() {}

  /**
   * Finds the item in a line; it is not decoded.
   *
   * @return the item, a slice of the bytes; empty if the line is blank
   * @throws NoItemException if there is none
   */
  static Optional<Item> find(byte[] bytes, int offset, int length) throws NoItemException {
    try (JsonParser json = Json.parser(bytes, offset, length)) {
      if (json.nextToken() == null) {
        return Optional.empty();
      }
      int from = begin(json);
      Item only = null;
      int attributes = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isItem = json.currentName().equals(ITEM);
        json.nextToken();
        Item value = slice(json, bytes, offset);
        attributes++;
        only = isItem ? value : null;
      }
      Item whole = new Item(bytes, offset + from, end(json) - from);
      if (json.nextToken() != null) {
        throw new NoItemException(NOT_AN_ITEM);
      }
      return Optional.of(attributes == 1 && only != null && !isKey(only) ? only : whole);
    } catch (NoItemException e) {
      throw e;
    } catch (IOException e) {
      throw new NoItemException(NOT_AN_ITEM, e);
    }
  }

  /**
   * Tells whether this is the value of a key attribute, {@code {"S":"u1"}}. An item that has no
   * attribute but one by the name of `Item` has it as its key; in an item, no value is a scalar.
   */
  private static boolean isKey(Item value) throws IOException {
    try (JsonParser json = Json.parser(value.bytes(), value.offset(), value.length())) {
      json.nextToken();
      return json.nextToken() == JsonToken.FIELD_NAME && json.nextToken().isScalarValue();
    }
  }

  static Item slice(JsonParser json, byte[] bytes, int offset) throws IOException {
    int from = begin(json);
    json.skipChildren();
    return new Item(bytes, offset + from, end(json) - from);
  }

  private static int begin(JsonParser json) throws IOException {
    // The parser understands UTF-16 too, but then it has no offsets.
    int from = (int) json.currentTokenLocation().getByteOffset();
    if (json.currentToken() != JsonToken.START_OBJECT || from < 0) {
      throw new NoItemException(NOT_AN_ITEM);
    }
    return from;
  }

  private static int end(JsonParser json) {
    return (int) json.currentLocation().getByteOffset();
  }

  /**
   * Decodes all of an item, to see that it is one.
   *
   * @throws NoItemException if it is not, or lacks a key attribute
   */
  static void check(Item item, Collection<String> keyNames) throws NoItemException {
    Map<String, Object> attributes;
    try (JsonParser json = Json.parser(item.bytes(), item.offset(), item.length())) {
      json.nextToken();
      attributes = AttributeJson.map(json);
    } catch (IOException e) {
      throw new NoItemException(NOT_AN_ITEM, e);
    }
    for (String name : keyNames) {
      if (!attributes.containsKey(name)) {
        throw new NoItemException("the item has no key attribute `" + name + "`");
      }
    }
  }
}
