package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.dynocopy.files.InputFile;

/** Reads a file line by line, as bytes; through gzip if its name ends in {@code .gz}. */
final class Lines implements Closeable {

  /**
   * An item has at most 400 KB: 2.4 MB of JSON if all are control characters, 3.6 MB of empty
   * strings in lists, and 27 MB of small numbers with all their zeros.
   */
  private static final int LONGEST =
      (int) Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 16);

  /** Blank lines say nothing, and are compressed to nothing. */
  private static final int MOST_EMPTY = 1_000_000;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long number;
  private int empty;

  /** Opens a file. One that is never closed is so when the collector finds it. */
  Lines(Path file) throws IOException {
    this(file, in -> in, in -> in);
  }

  /**
   * Opens a file.
   *
   * @param stored what to make of its bytes as they are on the disk
   * @param text what to make of them when they are not compressed any more
   */
  Lines(Path file, UnaryOperator<InputStream> stored, UnaryOperator<InputStream> text)
      throws IOException {
    InputStream raw = stored.apply(InputFile.open(file));
    this.in = text.apply(isGzip(file) ? new GzipInput(raw) : raw);
  }

  static boolean isGzip(Path file) {
    return file.toString().endsWith(".gz");
  }

  /** Returns how many lines were read: the number of the last one, from 1. */
  long number() {
    return number;
  }

  /**
   * Reads the next line.
   *
   * @param into takes it, without its end
   * @return whether there was one
   */
  boolean next(ByteArrayOutputStream into) throws IOException {
    if (from == to && !fill()) {
      return false;
    }
    number++;
    int start = into.size();
    do {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      into.write(buffer, from, end - from);
      from = end;
      if (from < to) {
        from++;
        checkEmpty(into.size() == start);
        return true;
      }
      if (into.size() - start > LONGEST) {
        throw new NoItemException(
            "the line is longer than any that has an item, which is at most %,d bytes%s"
                .formatted(LONGEST, LONGEST < 32 << 20 ? ", a 16th of the heap (-Xmx)" : ""));
      }
    } while (fill());
    return true;
  }

  private void checkEmpty(boolean now) throws NoItemException {
    empty = now ? empty + 1 : 0;
    if (empty > MOST_EMPTY) {
      throw new NoItemException("this is one of more than a million empty lines");
    }
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
