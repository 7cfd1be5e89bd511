package org.dynocopy.print;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dynocopy.engine.Item;
import org.dynocopy.plan.Query.Format;
import org.dynocopy.shape.AttributeJson;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.shape.Json;
import org.dynocopy.shape.PlainJson;

/**
 * Prints each value of one attribute once, in the order in which they appear: in JSON the values
 * alone, in a sheet as its one column. Values are the same that DynamoDB holds for equal: 1 and
 * 1.0, maps and sets in any order. An item without the attribute prints nothing.
 *
 * <p>Remembers 128 bits of each value's digest, which take about 80 bytes of memory.
 */
public final class Distinct implements ItemWriter {

  private record Digest(long high, long low) {}

  private final String attribute;
  private final boolean alone;
  private final ItemWriter values;
  private final Set<Digest> seen = new HashSet<>();

  private Distinct(String attribute, boolean alone, ItemWriter values) {
    this.attribute = attribute;
    this.alone = alone;
    this.values = values;
  }

  /**
   * Returns what prints the values of an attribute.
   *
   * @param dynamoJson whether values in JSON have their types, {@code {"S":"t1"}}
   * @param out where to print, as for {@link ItemWriter#of}
   */
  public static Distinct of(String attribute, Format format, boolean dynamoJson, OutputStream out) {
    JsonWriter.Form form = dynamoJson ? JsonWriter::oneLine : PlainJson::value;
    return switch (format) {
      case JSON -> new Distinct(attribute, true, JsonWriter.array(form, out));
      case JSONL -> new Distinct(attribute, true, JsonWriter.lines(form, out));
      case TABLE, CSV, SPREADSHEET ->
          new Distinct(
              attribute, false, ItemWriter.of(format, false, List.of(), List.of(attribute), out));
    };
  }

  @Override
  public void write(Item item) throws IOException {
    ItemMap attributes = new ItemMap(item);
    Item value = attributes.bytes(attribute);
    if (value != null && seen.add(digest(value))) {
      values.write(alone ? value : attributes.only(Set.of(attribute)));
    }
  }

  /** Returns whether no item had the attribute so far. */
  public boolean none() {
    return seen.isEmpty();
  }

  private static Digest digest(Item value) throws IOException {
    try (JsonParser json = Json.parser(value.bytes(), value.offset(), value.length())) {
      json.nextToken();
      Object canonical = canonical(AttributeJson.read(json));
      byte[] bytes = Json.bytes(to -> AttributeJson.write(to, canonical));
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new Digest(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the value, equal ones written alike. */
  private static Object canonical(Object value) {
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Distinct::canonical).toList();
    }
    if (value instanceof Set<?> set) {
      TreeSet<Object> sorted = new TreeSet<>();
      set.forEach(element -> sorted.add(canonical(element)));
      return sorted;
    }
    if (value instanceof Map<?, ?> map) {
      TreeMap<Object, Object> sorted = new TreeMap<>();
      map.forEach((name, element) -> sorted.put(name, canonical(element)));
      return sorted;
    }
    return value;
  }

  @Override
  public void flush() throws IOException {
    values.flush();
  }

  @Override
  public void close() throws IOException {
    values.close();
  }
}
