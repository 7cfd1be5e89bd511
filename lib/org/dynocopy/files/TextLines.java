package org.dynocopy.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/**
 * Reads text line by line, as {@link java.io.BufferedReader#readLine} does, but no line that would
 * fill the memory.
 */
public final class TextLines implements Closeable {

  private final Reader in;
  private final int most;
  private final char[] buffer = new char[8 << 10];
  private int from;
  private int to;
  private boolean afterReturn;
  private int number;

  /**
   * Takes a reader, which is closed with this.
   *
   * @param most how many characters a line may have
   */
  public TextLines(Reader in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * Returns the next line without its end, or null at the end of the text.
   *
   * @throws LongLineException if it is too long
   */
  public String next() throws IOException {
    StringBuilder line = null;
    number++;
    while (from < to || fill()) {
      if (afterReturn && buffer[from] == '\n') {
        from++;
        afterReturn = false;
        continue;
      }
      afterReturn = false;
      int end = from;
      while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      line = line == null ? new StringBuilder(end - from) : line;
      line.append(buffer, from, end - from);
      from = end;
      if (line.length() > most) {
        throw new LongLineException(most);
      }
      if (from < to) {
        afterReturn = buffer[from] == '\r';
        from++;
        return line.toString();
      }
    }
    return line == null ? null : line.toString();
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  /** Returns the number of the line that was read last, from 1. */
  public int number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line is longer than it may be. */
  public static final class LongLineException extends IOException {
    private static final long serialVersionUID = 1;

    LongLineException(int most) {
      super("the line is longer than %,d characters".formatted(most));
    }
  }
}
