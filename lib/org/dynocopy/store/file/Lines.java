package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Reads a file line by line, as bytes; through gzip if its name ends in {@code .gz}. */
final class Lines implements Closeable {

  /** More than any item takes: 400 KB of control characters are 2.4 MB of JSON. */
  private static final int LONGEST = 16 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long number;

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
    InputStream raw = stored.apply(Files.newInputStream(file));
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
        return true;
      }
      if (into.size() - start > LONGEST) {
        throw new NoItemException("the line is longer than " + (LONGEST >> 20) + " MB");
      }
    } while (fill());
    return true;
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
