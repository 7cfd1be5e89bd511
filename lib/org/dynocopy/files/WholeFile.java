package org.dynocopy.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads files at once that are small, if they are what they should be. */
public final class WholeFile {

  /** Many times what a table's description or a list of settings takes: 1 MB. */
  public static final int USUAL_MOST = 1 << 20;

  private WholeFile() {}

  /**
   * Reads a file.
   *
   * @param most how many bytes it may have
   * @throws IOException if it has more, with what it has to be, or cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return read(in, most);
    }
  }

  static byte[] read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw tooLarge(most);
    }
    return bytes;
  }

  static IOException tooLarge(int most) {
    return new IOException("it is too large, it has more than %,d bytes".formatted(most));
  }
}
