package org.dynocopy.store.dynamo.wire;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Bounds the memory that answers take while they are read, those of all connections together. What
 * is too much for it is read by one connection at a time, so that none of them waits for another
 * one that waits too.
 *
 * <p>DynamoDB's own answers have at most 16 MB of data ({@code BatchGetItem}) or 1 MB ({@code Scan}
 * and {@code Query}), of which JSON makes six times as much where all are control characters
 * ({@code "\u0001"}), nine times of empty strings in lists, and 67 times of numbers as 1E-130,
 * which come with all their zeros.
 */
final class AnswerMemory {

  /** Six times 16 MB, and 67 times 1 MB, are less. */
  private static final long LONGEST = 128 << 20;

  /** An eighth of the heap: another one has the pages that are read. */
  static final AnswerMemory OF_PROCESS =
      new AnswerMemory(Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 8));

  /** Each has objects of its own: a page in each of eight readers takes an eighth of the heap. */
  static final long MOST_ITEMS = mostItems(Runtime.getRuntime().maxMemory() / 8 / 8 / 128);

  private static long mostItems(long most) {
    return most < 100_000 ? most : 1_000_000;
  }

  private final int most;
  private final Semaphore left;
  private final Lock alone = new ReentrantLock(true);

  /**
   * Makes it.
   *
   * @param most how many bytes an answer may have, and all of them together
   */
  AnswerMemory(long most) {
    this.most = Math.toIntExact(most);
    this.left = new Semaphore(this.most);
  }

  /** Returns how many bytes an answer may have. */
  int most() {
    return most;
  }

  /**
   * Returns that an answer is too large.
   *
   * @param size how large it is: {@code 5 bytes}
   * @param allowed how large it might have been
   */
  OversizeException oversize(String size, int allowed) {
    return new OversizeException(
        "an answer of %s: the most that is read is %,d".formatted(size, allowed)
            + (allowed == most && most < LONGEST ? ", an eighth of the heap (-Xmx)" : ""));
  }

  static OversizeException tooManyItems() {
    return new OversizeException(
        "an answer has more than %,d items, which is more than was asked for"
            .formatted(MOST_ITEMS));
  }

  /** What one answer takes, until it is closed. Used by one thread. */
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

    @Override
    public void close() {
      left.release(taken);
      if (isAlone) {
        alone.unlock();
      }
    }
  }
}
