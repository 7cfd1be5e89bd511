package org.dynocopy.print;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.spec.Query.Format;

/** What a writer prints of some items. */
final class Printed extends ByteArrayOutputStream {

  /** Makes a writer. */
  interface Maker {
    ItemWriter on(OutputStream out);
  }

  /** Returns what is printed of items, which quote with {@code '}. */
  static String of(Maker maker, String... items) throws IOException {
    Printed out = new Printed();
    try (ItemWriter writer = maker.on(out)) {
      for (String item : items) {
        writer.write(item(item));
      }
    }
    return out.text();
  }

  /** Returns what an item with the key {@code id} is printed as, in plain values. */
  static String of(Format format, String... items) throws IOException {
    return of(out -> ItemWriter.of(format, false, List.of("id"), List.of(), out), items);
  }

  static Item item(String quoted) {
    return Item.of(quoted.replace('\'', '"'));
  }

  String text() {
    return toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    throw new AssertionError("closed, but it is not the writer's");
  }
}
