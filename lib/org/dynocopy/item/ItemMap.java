package org.dynocopy.item;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.dynocopy.core.Item;
import org.dynocopy.json.Json;

/**
 * An item as a read-only map. An attribute is decoded when it is asked for, by {@link
 * AttributeJson}; the others are only skipped.
 */
public final class ItemMap extends AbstractMap<String, Object> {

  private final Map<String, Item> attributes = new LinkedHashMap<>();

  /** Made when it is needed: most items have what is read of them. */
  private Set<String> absent = Collections.emptySet();

  /** Kept where it is wanted alone. */
  private Set<String> read;

  private boolean readWhole;

  /**
   * Finds the attributes of an item.
   *
   * @throws IOException if the bytes are no item
   */
  public ItemMap(Item item) throws IOException {
    try (JsonParser json = Json.parser(item.bytes(), item.offset(), item.length())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an item is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int to = (int) json.currentLocation().getByteOffset();
        attributes.put(name, new Item(item.bytes(), item.offset() + from, to - from));
      }
    }
  }

  /**
   * Tells whether two items are the same, however they are written.
   *
   * @throws IOException if the bytes of one are no item
   */
  public static boolean same(Item one, Item other) throws IOException {
    return SameValue.canonical(new ItemMap(one)).equals(SameValue.canonical(new ItemMap(other)));
  }

  /** Tells whether another item is the same, however they are written. */
  public boolean same(ItemMap other) {
    return SameValue.canonical(this).equals(SameValue.canonical(other));
  }

  private ItemMap(ItemMap other) {
    attributes.putAll(other.attributes);
    read = new TreeSet<>();
  }

  /** Returns the same item as a map of which nothing was read, and which notes what is. */
  public ItemMap tracking() {
    return new ItemMap(this);
  }

  /** Returns the attributes of a {@link #tracking} map that were read and that the item has. */
  public Set<String> read() {
    return readWhole ? attributes.keySet() : read;
  }

  /** Returns whether a {@link #tracking} map was read as a whole: its names, or their number. */
  public boolean readWhole() {
    return readWhole;
  }

  /** Returns the bytes of an attribute's value, {@code {"S":"u1"}}, or null. */
  public Item bytes(String attribute) {
    return attributes.get(attribute);
  }

  /** Returns the item with these of its attributes alone, each as the bytes it has. */
  public Item only(Set<String> names) {
    return only((name, value) -> names.contains(name));
  }

  /** Returns the item with those of its attributes alone whose names and bytes pass. */
  public Item only(BiPredicate<String, Item> passes) {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    char before = '{';
    for (Entry<String, Item> attribute : attributes.entrySet()) {
      if (passes.test(attribute.getKey(), attribute.getValue())) {
        Item value = attribute.getValue();
        item.write(before);
        item.writeBytes(Json.bytes(json -> json.writeString(attribute.getKey())));
        item.write(':');
        item.write(value.bytes(), value.offset(), value.length());
        before = ',';
      }
    }
    if (before == '{') {
      item.write(before);
    }
    item.write('}');
    return new Item(item.toByteArray(), 0, item.size());
  }

  @Override
  public Object get(Object attribute) {
    Item value = attributes.get(attribute);
    if (value == null) {
      miss(attribute);
      return null;
    }
    hit(attribute);
    return decode(value);
  }

  @Override
  public boolean containsKey(Object attribute) {
    boolean there = attributes.containsKey(attribute);
    if (!there) {
      miss(attribute);
    } else {
      hit(attribute);
    }
    return there;
  }

  private void hit(Object attribute) {
    if (read != null) {
      read.add(String.valueOf(attribute));
    }
  }

  private void miss(Object attribute) {
    if (absent.isEmpty()) {
      absent = new TreeSet<>();
    }
    absent.add(String.valueOf(attribute));
  }

  /**
   * Returns the attributes that were asked for by {@link #get} and {@link #containsKey} and that
   * the item does not have.
   */
  public Set<String> absent() {
    return absent;
  }

  @Override
  public Object put(String attribute, Object value) {
    throw new UnsupportedOperationException("an item cannot be changed here: `" + attribute + "`");
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    readWhole = true;
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return attributes.entrySet().stream().map(ItemMap::decoded).iterator();
      }

      @Override
      public int size() {
        return attributes.size();
      }
    };
  }

  private static Entry<String, Object> decoded(Entry<String, Item> attribute) {
    return new SimpleImmutableEntry<>(attribute.getKey(), decode(attribute.getValue()));
  }

  private static Object decode(Item value) {
    try (JsonParser json = Json.parser(value.bytes(), value.offset(), value.length())) {
      json.nextToken();
      return AttributeJson.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not an attribute's value: " + value, e);
    }
  }
}
