package org.dynocopy.print;

import java.io.Flushable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Rows of cells below a header. */
interface Sheet extends Flushable {

  /**
   * Prints the header.
   *
   * @param columns the names of the columns
   * @param first the first rows, which are printed next
   */
  void header(Collection<String> columns, List<Map<String, Cell>> first) throws IOException;

  /** Prints a row's cells that have a column. */
  void row(Map<String, Cell> cells) throws IOException;
}
