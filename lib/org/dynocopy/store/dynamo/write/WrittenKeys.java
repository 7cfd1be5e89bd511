package org.dynocopy.store.dynamo.write;

import java.nio.ByteBuffer;

/**
 * Remembers the keys of items that a run has written, the last ones for certain and older ones as
 * far as memory goes. Used by many threads.
 */
final class WrittenKeys {

  /** The part of the heap that a generation takes, and how much at most. */
  private static final int SHARE = 128;

  private static final long MOST_BYTES = 16 << 20;

  private final int size;
  private long[] now;
  private long[] before;
  private int keys;

  WrittenKeys() {
    this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE));
  }

  /**
   * Makes one.
   *
   * @param bytes how much each of two generations takes
   */
  WrittenKeys(long bytes) {
    size = Integer.highestOneBit((int) (bytes / Long.BYTES));
  }

  /** Remembers a key by its digest. */
  synchronized void add(byte[] digest) {
    long key = of(digest);
    if (now == null || keys == size / 2) {
      before = now;
      now = new long[size];
      keys = 0;
    }
    int place = place(now, key);
    keys += now[place] == 0 ? 1 : 0;
    now[place] = key;
  }

  /** Returns whether a key was written, as far as it is remembered. */
  synchronized boolean contains(byte[] digest) {
    long key = of(digest);
    return isIn(now, key) || isIn(before, key);
  }

  private boolean isIn(long[] generation, long key) {
    return generation != null && generation[place(generation, key)] == key;
  }

  /** Returns where a key is or would be; never full, as a generation ends when it is half full. */
  private int place(long[] generation, long key) {
    int place = (int) key & size - 1;
    while (generation[place] != 0 && generation[place] != key) {
      place = place + 1 & size - 1;
    }
    return place;
  }

  /** Zero stands for no key. */
  private static long of(byte[] digest) {
    long key = ByteBuffer.wrap(digest).getLong();
    return key == 0 ? 1 : key;
  }
}
