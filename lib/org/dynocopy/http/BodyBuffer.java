package org.dynocopy.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A body whose length shows when it ends, while it is read. */
final class BodyBuffer implements AutoCloseable {

  private static final int PIECE = 64 << 10;

  private final ResponseMemory memory;
  private final ResponseMemory.Part part;
  private final int most;
  private final List<byte[]> pieces = new ArrayList<>();
  private int free;
  private int length;

  /**
   * Begins without a byte.
   *
   * @param most how many bytes it may have
   * @param waited as in {@link ResponseMemory.Part}
   */
  BodyBuffer(ResponseMemory memory, int most, LongConsumer waited) {
    this.memory = memory;
    this.part = memory.new Part(waited);
    this.most = most;
  }

  /**
   * Adds what one read brings.
   *
   * @param atMost how many bytes may be read, at least one
   * @return how many were; -1 at the end of them
   * @throws ResponseTooLargeException if there are more than there may be
   */
  int read(ResponseMemory.Bytes from, long atMost) throws IOException {
    if (free == 0) {
      expect(1);
      // Once for the pieces, and once for the body.
      part.take(2 * PIECE);
      pieces.add(new byte[PIECE]);
      free = PIECE;
    }
    int read = from.read(pieces.get(pieces.size() - 1), PIECE - free, (int) Math.min(atMost, free));
    free -= Math.max(read, 0);
    length += Math.max(read, 0);
    return read;
  }

  /** Fails if there is no room for so many bytes more. */
  void expect(long more) throws ResponseTooLargeException {
    if (length + more > most) {
      throw memory.oversize("more than %,d bytes".formatted(most), most);
    }
  }

  byte[] toArray() {
    byte[] all = new byte[length];
    for (int i = 0; i < pieces.size(); i++) {
      System.arraycopy(pieces.get(i), 0, all, i * PIECE, Math.min(PIECE, length - i * PIECE));
    }
    return all;
  }

  @Override
  public void close() {
    part.close();
  }
}
