package org.dynocopy.print;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dynocopy.core.Item;

/** Prints items as the rows of a sheet, and finds its columns in the first of them. */
final class SheetWriter implements ItemWriter {

  private static final int MOST_BYTES = 8 << 20;
  private static final int MOST_LEFT_OUT = 1_000;

  private final Sheet sheet;
  private final int most;
  private final boolean all;
  private final Set<String> columns;
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final List<Map<String, Cell>> first = new ArrayList<>();
  private long bytes;
  private boolean begun;

  /**
   * Prepares a sheet.
   *
   * @param most how many items are looked at for the columns
   * @param keys the first columns
   * @param project the columns after them; empty for all attributes
   */
  SheetWriter(Sheet sheet, int most, List<String> keys, List<String> project) {
    this.sheet = sheet;
    this.most = most;
    this.all = project.isEmpty();
    this.columns = new LinkedHashSet<>(keys);
    columns.addAll(project);
  }

  @Override
  public void write(Item item) throws IOException {
    Map<String, Cell> row = Cell.row(item);
    if (begun) {
      print(row);
      return;
    }
    first.add(row);
    bytes += item.length();
    if (first.size() >= most || bytes >= MOST_BYTES) {
      begin();
    }
  }

  private void begin() throws IOException {
    begun = true;
    if (all) {
      first.forEach(row -> columns.addAll(row.keySet()));
    }
    sheet.header(columns, first);
    for (Map<String, Cell> row : first) {
      print(row);
    }
    first.clear();
  }

  private void print(Map<String, Cell> row) throws IOException {
    sheet.row(row);
    if (all && leftOut.size() < MOST_LEFT_OUT) {
      row.keySet().stream().filter(name -> !columns.contains(name)).forEach(leftOut::add);
    }
  }

  @Override
  public void flush() throws IOException {
    sheet.flush();
  }

  @Override
  public void close() throws IOException {
    if (!begun) {
      begin();
    }
    flush();
  }

  @Override
  public List<String> leftOut() {
    return leftOut.stream().limit(MOST_LEFT_OUT).toList();
  }
}
