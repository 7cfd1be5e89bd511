package org.dynocopy.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.dynocopy.diagnostic.PlainText;

/** Shows items in a terminal: UTF-8 in which what a terminal would obey is escaped, as in JSON. */
final class TerminalOutput extends OutputStream {

  private static final int LONGEST_CHARACTER = 4;

  private final OutputStream out;

  /** The beginning of a character whose end has not come yet. */
  private byte[] begun = {};

  TerminalOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    byte[] all = new byte[begun.length + length];
    System.arraycopy(begun, 0, all, 0, begun.length);
    System.arraycopy(bytes, offset, all, begun.length, length);
    int whole = whole(all);
    begun = Arrays.copyOfRange(all, whole, all.length);
    out.write(PlainText.lines(new String(all, 0, whole, UTF_8)).getBytes(UTF_8));
  }

  /** Returns how many of the bytes are whole characters. */
  private static int whole(byte[] bytes) {
    for (int back = 1; back <= Math.min(LONGEST_CHARACTER, bytes.length); back++) {
      int b = bytes[bytes.length - back] & 0xff;
      if (b < 0x80) {
        return bytes.length;
      }
      if (b >= 0xc0) {
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return back < length ? bytes.length - back : bytes.length;
      }
    }
    return bytes.length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
