package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * What a backup's lines say of each other by blanks before their last braces, which mean nothing to
 * those who read JSON: so a file is known to be whole without its manifest, compressed or not. A
 * tab says that another line follows. The last line has the first 64 bits of a SHA-256 sum of all
 * lines without their ends, a bit for each blank: a space is 0, a tab is 1, and one more space.
 * Files of a dynocopy before that one have the tabs alone, those of other programs neither.
 */
final class LineMarks {

  /** The end of a line that another one follows. */
  static final byte[] FOLLOWED = "\t}\n".getBytes(UTF_8);

  private static final byte[] END = " }\n".getBytes(UTF_8);

  /** Blanks, and the space and the brace behind them. */
  private static final int LENGTH = Long.SIZE + 2;

  private final MessageDigest lines = Manifest.sha256();
  private boolean marked;
  private boolean followed;
  private boolean whole;

  /**
   * Returns the end of the last line.
   *
   * @param lines has digested all lines before, with their ends, and this one until its end
   */
  static byte[] last(MessageDigest lines) {
    long sum = sum(lines);
    ByteBuffer end = ByteBuffer.allocate(Long.SIZE + END.length);
    for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
      end.put((byte) ((sum >>> bit & 1) == 0 ? ' ' : '\t'));
    }
    return end.put(END).array();
  }

  private static long sum(MessageDigest lines) {
    return ByteBuffer.wrap(lines.digest()).getLong();
  }

  /**
   * Takes the next line that has an item.
   *
   * @throws NoItemException if the line before was the last one
   * @throws ChangedException if it is the last one, and there were others when it was written
   */
  void take(byte[] line) throws NoItemException, ChangedException {
    if (whole || marked && !followed) {
      throw new NoItemException("the line before was the last one when the backup was made");
    }
    int end = line.length;
    while (end > 0 && line[end - 1] <= ' ' && line[end - 1] >= 0) {
      end--;
    }
    if (hasSum(line, end)) {
      lines.update(line, 0, end - LENGTH);
      if (sum(lines) != sum(line, end)) {
        throw new ChangedException();
      }
      whole = true;
    } else {
      lines.update(line, 0, end);
      lines.update((byte) '\n');
    }
    followed = end > 1 && line[end - 1] == '}' && line[end - 2] == '\t';
    marked |= followed;
  }

  private static boolean hasSum(byte[] line, int end) {
    boolean has = end > LENGTH && line[end - 1] == '}' && line[end - 2] == ' ';
    for (int i = end - LENGTH; i < end - 1 && has; i++) {
      has = line[i] == ' ' || line[i] == '\t';
    }
    return has;
  }

  private static long sum(byte[] line, int end) {
    long sum = 0;
    for (int i = end - LENGTH; i < end - 2; i++) {
      sum = sum << 1 | (line[i] == '\t' ? 1 : 0);
    }
    return sum;
  }

  /** Returns whether the last line says that another one follows. */
  boolean isCut() {
    return followed;
  }

  /** Returns whether these are the lines that there were when the backup was made. */
  boolean isWhole() {
    return whole;
  }

  /** The lines are not those of which the last one has the sum. */
  static final class ChangedException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
