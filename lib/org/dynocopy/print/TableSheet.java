package org.dynocopy.print;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Aligned columns for a terminal, as wide as the first rows need. A later cell that is wider moves
 * the rest of its row: a key must not be cut because those before it were short.
 */
final class TableSheet implements Sheet {

  private static final int WIDEST = 40;

  private final Writer out;
  private final Map<String, Integer> widths = new LinkedHashMap<>();

  TableSheet(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void header(Collection<String> columns, List<Map<String, Cell>> first) throws IOException {
    columns.forEach(column -> widths.put(column, width(column)));
    for (Map<String, Cell> row : first) {
      row.forEach(
          (column, cell) ->
              widths.computeIfPresent(column, (c, width) -> Math.max(width, width(cell.text()))));
    }
    Map<String, Cell> names = new HashMap<>();
    Map<String, Cell> rule = new HashMap<>();
    widths.forEach(
        (column, width) -> {
          names.put(column, new Cell(column, isNumeric(column, first)));
          rule.put(column, new Cell("-".repeat(width), false));
        });
    row(names);
    row(rule);
  }

  private static int width(String text) {
    return TerminalText.width(TerminalText.of(text, WIDEST));
  }

  private static boolean isNumeric(String column, List<Map<String, Cell>> rows) {
    return rows.stream()
        .map(row -> row.getOrDefault(column, Cell.NONE))
        .allMatch(cell -> cell.number() || cell == Cell.NONE);
  }

  @Override
  public void row(Map<String, Cell> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    widths.forEach(
        (column, width) -> {
          Cell cell = cells.getOrDefault(column, Cell.NONE);
          String text = TerminalText.of(cell.text(), WIDEST);
          String padding = " ".repeat(Math.max(0, width - TerminalText.width(text)));
          line.append(cell.number() ? padding + text : text + padding).append("  ");
        });
    out.write(line.toString().stripTrailing());
    out.write('\n');
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
