package org.dynocopy.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Bounds the memory that responses take while they are read, those of all connections together.
 * What is too much for it is read by one connection at a time, so that none of them waits for
 * another one that waits too.
 */
final class ResponseMemory {

  /** A longer response is taken for one without an end, however large the heap is. */
  private static final long LONGEST = 128 << 20;

  /** An eighth of the heap: as much may be taken by what was read before. */
  static final ResponseMemory OF_PROCESS =
      new ResponseMemory(Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 8));

  /** What each connection may have at any time. */
  private static final int SMALL = 64 << 10;

  /** Reads as {@link java.io.InputStream#read(byte[], int, int)} does. */
  @FunctionalInterface
  interface Bytes {
    int read(byte[] into, int offset, int length) throws IOException;
  }

  private final int most;
  private final Semaphore left;
  private final Lock alone = new ReentrantLock(true);

  /**
   * Makes it.
   *
   * @param most how many bytes a response may have, and all of them together
   */
  ResponseMemory(long most) {
    this.most = Math.toIntExact(most);
    this.left = new Semaphore(this.most);
  }

  /** Returns how many bytes a response may have. */
  int most() {
    return most;
  }

  /**
   * Returns that a response is too large.
   *
   * @param size how large it is: {@code 5 bytes}
   * @param allowed how large it might have been
   */
  ResponseTooLargeException oversize(String size, int allowed) {
    return new ResponseTooLargeException(
        "an answer of %s: the most that is read is %,d".formatted(size, allowed)
            + (allowed == most && most < LONGEST ? ", an eighth of the heap (-Xmx)" : ""));
  }

  /** What one response takes, until it is closed. Used by one thread. */
  final class Part implements AutoCloseable {
    private final LongConsumer waited;
    private int taken;
    private boolean isAlone;

    /**
     * Takes nothing yet.
     *
     * @param waited takes for how many nanoseconds others were waited for: the server is not to
     *     blame for that time
     */
    Part(LongConsumer waited) {
      this.waited = waited;
    }

    /** Takes some more, and may wait for the only connection that reads beyond all limits. */
    void take(int bytes) {
      if (isAlone) {
        return;
      }
      if (left.tryAcquire(bytes)) {
        taken += bytes;
      } else {
        long begin = System.nanoTime();
        alone.lock();
        isAlone = true;
        waited.accept(System.nanoTime() - begin);
      }
    }

    /**
     * Reads a body whose length is known.
     *
     * @param length how many bytes it has; negative if that is not clear
     * @param most how many it may have
     * @throws ResponseTooLargeException if it has more
     */
    byte[] readExactly(Bytes from, long length, int most) throws IOException {
      if (length < 0) {
        throw new IOException("the answer has no clear length");
      }
      if (length > most) {
        throw oversize("%,d bytes".formatted(length), most);
      }
      if (length > SMALL) {
        take((int) length);
      }
      byte[] body = new byte[(int) length];
      for (int have = 0; have < length; ) {
        int read = from.read(body, have, (int) length - have);
        if (read < 0) {
          throw new EOFException("the answer ended after " + have + " of " + length + " bytes");
        }
        have += read;
      }
      return body;
    }

    @Override
    public void close() {
      left.release(taken);
      if (isAlone) {
        alone.unlock();
      }
    }
  }
}
