package org.dynocopy.core;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * One DynamoDB item as the bytes it arrived as, {@code {"id":{"S":"u1"},"age":{"N":"41"}}}: a slice
 * of the response that brought it.
 *
 * @param bytes the whole response; never changed
 * @param offset where the item begins
 * @param length how many bytes it has
 */
public record Item(byte[] bytes, int offset, int length) {

  /** Makes an item of its JSON text. */
  public static Item of(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Item(bytes, 0, bytes.length);
  }

  /** Returns the item's bytes as a stream, without copying them. */
  public InputStream stream() {
    return new ByteArrayInputStream(bytes, offset, length);
  }

  /** Returns the item's JSON text. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
