package org.dynocopy.store.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads a gzip file of any number of members, and ends well only where the file does.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a damaged header after the first member for the
 * end of the file, and asks {@code available} whether there is another member at all: it may lose
 * the rest and say nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP file format</a>
 */
final class GzipInput extends InputStream {

  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] compressed = new byte[1 << 16];
  private int from;
  private int to;
  private boolean started;
  private boolean inMember;

  /** Takes the file as it is on disk, which is closed with this. */
  GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /**
   * Reads on.
   *
   * @throws EOFException if the file ends inside of a member
   * @throws ZipException if it is no gzip file, or was damaged
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        return count;
      }
      endMember();
    }
    return -1;
  }

  private boolean beginMember() throws IOException {
    if (from == to && !fill()) {
      return false;
    }
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw new ZipException(started ? "damaged between two gzip members" : "not a gzip file");
    }
    int flags = next();
    pass(6);
    if ((flags & EXTRA) != 0) {
      pass(number(2));
    }
    for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
      passText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      pass(2);
    }
    inflater.reset();
    inflater.setInput(compressed, from, to - from);
    checksum.reset();
    started = true;
    inMember = true;
    return true;
  }

  /** Returns how many bytes it brought; none at the end of the member. */
  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(into, offset, length);
        if (count > 0) {
          checksum.update(into, offset, count);
          return count;
        }
        if (inflater.finished()) {
          return 0;
        }
        if (!fill()) {
          throw new EOFException();
        }
        inflater.setInput(compressed, 0, to);
      }
    } catch (DataFormatException e) {
      throw damaged(e.getMessage());
    }
  }

  private void endMember() throws IOException {
    inMember = false;
    from = to - inflater.getRemaining();
    if (number(4) != checksum.getValue()) {
      throw damaged("its checksum is wrong");
    }
    if (number(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw damaged("its length is wrong");
    }
  }

  private static ZipException damaged(String how) {
    return new ZipException("damaged, " + how);
  }

  /** Reads a number, the lowest byte first. */
  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) next() << (8 * i);
    }
    return number;
  }

  private void pass(long bytes) throws IOException {
    for (long i = 0; i < bytes; i++) {
      next();
    }
  }

  private void passText() throws IOException {
    while (next() != 0) {
      // A text ends with a zero.
    }
  }

  private int next() throws IOException {
    if (from == to && !fill()) {
      throw new EOFException();
    }
    return Byte.toUnsignedInt(compressed[from++]);
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(compressed));
    return to > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
