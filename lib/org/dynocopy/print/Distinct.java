package org.dynocopy.print;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.NormalForm;
import org.dynocopy.item.PlainJson;
import org.dynocopy.spec.Query.Format;

/**
 * Prints each value of one attribute once, in the order in which they appear: in JSON the values
 * alone, in a sheet as its one column. Values are the same by {@link NormalForm}. An item without
 * the attribute prints nothing.
 *
 * <p>Remembers 128 bits of each value's digest, which take about 80 bytes of memory.
 */
public final class Distinct implements ItemWriter {

  private record Digest(long high, long low) {}

  private final String attribute;
  private final boolean alone;
  private final ItemWriter values;
  private final Set<Digest> seen = new HashSet<>();
  private final NormalForm form = new NormalForm();
  private final MessageDigest sha256 = sha256();

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

  private Digest digest(Item value) throws IOException {
    form.writeValue(value);
    sha256.update(form.bytes(), 0, form.length());
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
    return new Digest(digest.getLong(), digest.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
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
