package org.dynocopy.print;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values. Data stays data: a text that a spreadsheet takes for a formula is not
 * changed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvSheet implements Sheet {

  private static final Pattern SPECIAL = Pattern.compile("[\",\n\r]");

  private final Writer out;
  private Collection<String> columns = List.of();

  CsvSheet(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void header(Collection<String> columns, List<Map<String, Cell>> first) throws IOException {
    this.columns = columns;
    line(columns.stream());
  }

  @Override
  public void row(Map<String, Cell> cells) throws IOException {
    line(columns.stream().map(column -> cells.getOrDefault(column, Cell.NONE).text()));
  }

  private void line(Stream<String> fields) throws IOException {
    String line = fields.map(CsvSheet::quoted).collect(Collectors.joining(","));
    // An empty line may be taken for no row.
    out.write(line.isEmpty() ? "\"\"" : line);
    out.write('\n');
  }

  private static String quoted(String field) {
    return SPECIAL.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
