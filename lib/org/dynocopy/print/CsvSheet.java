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
 * Comma-separated values. As a rule data stays data, and a text that a spreadsheet takes for a
 * formula is not changed; for a spreadsheet, which may run it, such a text begins with {@code '}.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvSheet implements Sheet {

  private static final Pattern SPECIAL = Pattern.compile("[\",\n\r]");

  /** How a formula may begin, also in the writing of East Asian keyboards. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private final Writer out;
  private final boolean spreadsheet;
  private Collection<String> columns = List.of();

  CsvSheet(OutputStream out, boolean spreadsheet) {
    this.spreadsheet = spreadsheet;
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void header(Collection<String> columns, List<Map<String, Cell>> first) throws IOException {
    this.columns = columns;
    line(columns.stream().map(name -> safe(new Cell(name, false))));
  }

  @Override
  public void row(Map<String, Cell> cells) throws IOException {
    line(columns.stream().map(column -> safe(cells.getOrDefault(column, Cell.NONE))));
  }

  private String safe(Cell cell) {
    String text = cell.text();
    boolean formula =
        spreadsheet && !cell.number() && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
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
