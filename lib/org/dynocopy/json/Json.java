package org.dynocopy.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes JSON as bytes, by Jackson's streaming parser. */
public final class Json {

  /**
   * Attribute names are the users' data: they are not worth interning, and no set of them may be
   * taken for an attack. Names must still be canonicalized, or the parser gives no byte offsets.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(StreamReadConstraints.DEFAULT_MAX_STRING_LEN)
                  .build())
          .build();

  private Json() {}

  /** Reads a slice of bytes. Offsets that the parser reports begin at the slice. */
  public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
    return FACTORY.createParser(bytes, offset, length);
  }

  /** Writes to memory. */
  public static JsonGenerator generator(ByteArrayOutputStream bytes) throws IOException {
    return FACTORY.createGenerator(bytes);
  }

  /** Writes something. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void to(JsonGenerator json) throws IOException;
  }

  /** Returns what was written. */
  public static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(bytes)) {
      content.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
