package org.dynocopy.print;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.item.PlainJson;
import org.dynocopy.spec.Query.Format;

/**
 * Prints items as they come, in UTF-8. Keeps no page alive: what it buffers is text of its own. Not
 * for many threads at once.
 */
public interface ItemWriter extends Closeable, Flushable {

  /**
   * Returns what prints items in a format.
   *
   * <p>A sheet, be it {@link Format#TABLE}, {@link Format#CSV} or {@link Format#SPREADSHEET}, has
   * the keys for its first columns, and then {@code project} or else all other attributes of the
   * first items in the order in which they appear; for these it holds the first 100 or 1,000 items
   * back, or 8 MB of them.
   *
   * @param dynamoJson whether JSON has the types, {@code {"id":{"S":"u1"}}}; a sheet has none
   * @param keys the names of the key attributes
   * @param project the attributes that are a sheet's other columns, in this order; empty for all
   * @param out where to print; never closed, and not a {@code PrintStream}, which hides failures
   */
  static ItemWriter of(
      Format format,
      boolean dynamoJson,
      List<String> keys,
      List<String> project,
      OutputStream out) {
    JsonWriter.Form form = dynamoJson ? JsonWriter::oneLine : PlainJson::item;
    return switch (format) {
      case JSON -> JsonWriter.array(form, out);
      case JSONL -> JsonWriter.lines(form, out);
      case TABLE -> new SheetWriter(new TableSheet(out), 100, keys, project);
      // Columns that are known need not be looked for.
      case CSV, SPREADSHEET -> {
        Sheet sheet = new CsvSheet(out, format == Format.SPREADSHEET);
        yield new SheetWriter(sheet, project.isEmpty() ? 1_000 : 1, keys, project);
      }
    };
  }

  /**
   * Prints an item.
   *
   * @throws IOException if it cannot be printed, or is no item: then nothing of it is
   */
  void write(Item item) throws IOException;

  /** Passes on what is printed; what a sheet holds back to find its columns stays there. */
  @Override
  void flush() throws IOException;

  /** Prints what is left and passes all on. */
  @Override
  void close() throws IOException;

  /**
   * Returns the attributes that are not printed, since they appeared after the header: at most
   * 1,000 names, in the order in which they appeared.
   */
  default List<String> leftOut() {
    return List.of();
  }
}
