package org.dynocopy.item;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.core.Item;
import org.dynocopy.json.Json;

/**
 * {@link SameValue} as bytes: writes an item in one form, however the service wrote it: numbers by
 * value, sets and maps in one order, strings and binaries by content. Equal items have equal bytes,
 * and others have others: every value begins with its type, and what can be longer or shorter with
 * its length.
 *
 * <p>It is kept in fingerprints, and so stays as it is.
 *
 * <p>Made for many items, one after the other, by one thread.
 */
public final class NormalForm {

  private static final int LENGTH = Integer.BYTES;

  /**
   * A piece of the form.
   *
   * @param name the attribute's name; empty for an element of a set
   * @param from where the piece begins
   * @param value where its value begins
   * @param to where it ends
   */
  private record Piece(String name, int from, int value, int to) {}

  private final Map<String, byte[]> attributes = new HashMap<>();
  private byte[] bytes = new byte[4_096];
  private int end;

  /**
   * Writes an item in place of the one before, without what old global tables keep in it: a copy
   * does not have that.
   *
   * @param wanted the attributes that {@link #attribute} will be asked for
   * @throws IOException if the bytes are no item
   */
  public void write(Item item, List<String> wanted) throws IOException {
    end = 0;
    attributes.clear();
    try (JsonParser json = Json.parser(item.bytes(), item.offset(), item.length())) {
      json.nextToken();
      List<Piece> pieces = pieces(json, true);
      for (Piece piece : pieces) {
        if (wanted.contains(piece.name())) {
          attributes.put(piece.name(), Arrays.copyOfRange(bytes, piece.value(), piece.to()));
        }
      }
      sort(pieces, Comparator.comparing(Piece::name));
    }
  }

  /**
   * Writes the value of an attribute, {@code {"S":"u1"}}, in place of what was before.
   *
   * @throws IOException if the bytes are no value
   */
  public void writeValue(Item value) throws IOException {
    end = 0;
    try (JsonParser json = Json.parser(value.bytes(), value.offset(), value.length())) {
      json.nextToken();
      value(json);
    }
  }

  /** Returns the bytes of the form: as many as {@link #length} says. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how long the form is. */
  public int length() {
    return end;
  }

  /** Returns the form of an attribute's value, or null if the item has no such attribute. */
  public byte[] attribute(String name) {
    return attributes.get(name);
  }

  private void value(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_OBJECT);
    expect(json, json.nextToken(), JsonToken.FIELD_NAME);
    String type = json.currentName();
    json.nextToken();
    switch (type) {
      case "S", "N", "B" -> scalar(json, type.charAt(0));
      case "BOOL" -> put(json.getBooleanValue() ? 'T' : 'F');
      case "NULL" -> put('0');
      case "L" -> list(json);
      case "M" -> map(json);
      case "SS", "NS", "BS" -> set(json, type);
      default -> throw new IOException("`" + type + "` is not a type of attribute");
    }
    expect(json, json.nextToken(), JsonToken.END_OBJECT);
  }

  private void scalar(JsonParser json, char type) throws IOException {
    put(type);
    switch (type) {
      case 'S' -> text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      case 'N' -> number(json.getText());
      default -> {
        byte[] content = json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
        number(content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, end, content.length);
        end += content.length;
      }
    }
  }

  private void list(JsonParser json) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    put('L');
    int place = placeOfLength();
    int elements = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      value(json);
      elements++;
    }
    number(place, elements);
  }

  private void map(JsonParser json) throws IOException {
    put('M');
    int place = placeOfLength();
    List<Piece> pieces = pieces(json, false);
    sort(pieces, Comparator.comparing(Piece::name));
    number(place, pieces.size());
  }

  private List<Piece> pieces(JsonParser json, boolean ofItem) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_OBJECT);
    List<Piece> pieces = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      int from = end;
      String name = json.currentName();
      text(name.toCharArray(), 0, name.length());
      int value = end;
      json.nextToken();
      value(json);
      if (ofItem && ReplicationAttributes.isOne(name)) {
        end = from;
      } else {
        pieces.add(new Piece(name, from, value, end));
      }
    }
    expect(json, json.currentToken(), JsonToken.END_OBJECT);
    return pieces;
  }

  private void set(JsonParser json, String type) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY);
    put(Character.toLowerCase(type.charAt(0)));
    int place = placeOfLength();
    List<Piece> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int from = end;
      scalar(json, type.charAt(0));
      elements.add(new Piece("", from, from, end));
    }
    sort(
        elements,
        (a, b) -> Arrays.compareUnsigned(bytes, a.from(), a.to(), bytes, b.from(), b.to()));
    number(place, elements.size());
  }

  /** Brings pieces that stand one after the other at the end into order. */
  private void sort(List<Piece> pieces, Comparator<Piece> order) {
    List<Piece> sorted = new ArrayList<>(pieces);
    sorted.sort(order);
    if (sorted.equals(pieces)) {
      return;
    }
    int from = pieces.get(0).from();
    byte[] unsorted = Arrays.copyOfRange(bytes, from, end);
    int to = from;
    for (Piece piece : sorted) {
      int length = piece.to() - piece.from();
      System.arraycopy(unsorted, piece.from() - from, bytes, to, length);
      to += length;
    }
  }

  /** Each char for itself: what is no text in UTF-8, half of a pair, must not become the same. */
  private void text(char[] chars, int offset, int length) {
    int place = placeOfLength();
    room(3 * length);
    for (int i = offset; i < offset + length; i++) {
      char c = chars[i];
      if (c < 0x80) {
        bytes[end++] = (byte) c;
      } else if (c < 0x800) {
        bytes[end++] = (byte) (0xc0 | c >> 6);
        bytes[end++] = (byte) (0x80 | c & 0x3f);
      } else {
        bytes[end++] = (byte) (0xe0 | c >> 12);
        bytes[end++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[end++] = (byte) (0x80 | c & 0x3f);
      }
    }
    number(place, end - place - LENGTH);
  }

  /**
   * Writes a number by its value: the sign, the power of ten of its last digit that is not zero,
   * and the digits up to there.
   */
  private void number(String text) throws IOException {
    DecimalDigits number = DecimalDigits.of(text);
    put(number.negative() ? '-' : '+');
    number(number.exponent());
    text(number.digits(), 0, number.count());
  }

  private void put(char type) {
    room(1);
    bytes[end++] = (byte) type;
  }

  private int placeOfLength() {
    int place = end;
    number(0);
    return place;
  }

  private void number(int number) {
    room(LENGTH);
    end += LENGTH;
    number(end - LENGTH, number);
  }

  private void number(int place, int number) {
    for (int i = 0; i < LENGTH; i++) {
      bytes[place + i] = (byte) (number >> 24 - 8 * i);
    }
  }

  private void room(int length) {
    if (end + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
    }
  }

  private static void expect(JsonParser json, JsonToken is, JsonToken wanted) throws IOException {
    if (is != wanted) {
      throw new IOException("not DynamoDB JSON at byte " + json.currentLocation().getByteOffset());
    }
  }
}
