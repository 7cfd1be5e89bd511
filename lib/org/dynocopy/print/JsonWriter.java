package org.dynocopy.print;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dynocopy.core.Item;

/** Prints items in JSON, each on its line. */
final class JsonWriter implements ItemWriter {

  /** How an item looks in JSON, on one line. */
  @FunctionalInterface
  interface Form {
    byte[] of(Item item) throws IOException;
  }

  private final Form form;
  private final OutputStream out;
  private final boolean array;
  private boolean empty = true;
  private boolean closed;

  private JsonWriter(Form form, OutputStream out, boolean array) {
    this.form = form;
    this.out = new BufferedOutputStream(out);
    this.array = array;
  }

  /** Prints them as the elements of one array. */
  static JsonWriter array(Form form, OutputStream out) {
    return new JsonWriter(form, out, true);
  }

  /** Prints them one by one. */
  static JsonWriter lines(Form form, OutputStream out) {
    return new JsonWriter(form, out, false);
  }

  /** Returns the item as it is; its line breaks, which are none of its data, as spaces. */
  static byte[] oneLine(Item item) {
    byte[] bytes = Arrays.copyOfRange(item.bytes(), item.offset(), item.offset() + item.length());
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    return bytes;
  }

  @Override
  public void write(Item item) throws IOException {
    byte[] json = form.of(item);
    if (array) {
      print(empty ? "[\n  " : ",\n  ");
    }
    out.write(json);
    if (!array) {
      print("\n");
    }
    empty = false;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (array && !closed) {
      print(empty ? "[]\n" : "\n]\n");
    }
    closed = true;
    flush();
  }

  private void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
