package org.dynocopy.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * An order-independent digest of a table's items, by buckets of the key: for each bucket how many
 * items it has, and the sum of their digests modulo 2^256. A sum, and not an exclusive or, in which
 * two equal items would cancel each other. Takes 2.6 MB, whatever the table has. Used by many
 * threads.
 */
public final class Fingerprint {

  /** How many buckets there are: those of a table of 65 million items have a thousand each. */
  public static final int BUCKETS = 1 << 16;

  /** How many bytes a sum has. */
  static final int SUM = 32;

  private static final int LONGS = SUM / Long.BYTES;
  private static final int LOCKS = 64;

  private final long[] counts = new long[BUCKETS];
  private final long[] sums = new long[BUCKETS * LONGS];
  private final Object[] locks = new Object[LOCKS];

  /** Makes that of a table without items. */
  public Fingerprint() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /** Returns the bucket of the items that have this key. */
  public static int bucket(ItemDigest.Digests item) {
    return ByteBuffer.wrap(item.key()).getShort() & 0xffff;
  }

  /** Adds an item. */
  public void add(ItemDigest.Digests item) {
    add(bucket(item), 1, item.item());
  }

  void add(int bucket, long items, byte[] sum) {
    ByteBuffer more = ByteBuffer.wrap(sum);
    synchronized (locks[bucket % LOCKS]) {
      counts[bucket] += items;
      long carry = 0;
      for (int i = LONGS - 1; i >= 0; i--) {
        int place = bucket * LONGS + i;
        long partly = sums[place] + more.getLong(i * Long.BYTES);
        long whole = partly + carry;
        boolean over =
            Long.compareUnsigned(partly, sums[place]) < 0
                || Long.compareUnsigned(whole, partly) < 0;
        sums[place] = whole;
        carry = over ? 1 : 0;
      }
    }
  }

  /** Returns how many items there are. */
  public long items() {
    long all = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      all += items(bucket);
    }
    return all;
  }

  long items(int bucket) {
    synchronized (locks[bucket % LOCKS]) {
      return counts[bucket];
    }
  }

  byte[] sum(int bucket) {
    ByteBuffer sum = ByteBuffer.allocate(SUM);
    synchronized (locks[bucket % LOCKS]) {
      for (int i = 0; i < LONGS; i++) {
        sum.putLong(sums[bucket * LONGS + i]);
      }
    }
    return sum.array();
  }

  /** Returns the buckets that have not the same items in both. */
  public BitSet differing(Fingerprint other) {
    BitSet differing = new BitSet(BUCKETS);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      boolean same =
          items(bucket) == other.items(bucket) && Arrays.equals(sum(bucket), other.sum(bucket));
      differing.set(bucket, !same);
    }
    return differing;
  }

  /** Returns how many items differ at the least: one in each bucket that differs, or more. */
  public long leastDifferent(Fingerprint other) {
    return differing(other).stream()
        .mapToLong(bucket -> Math.max(1, Math.abs(items(bucket) - other.items(bucket))))
        .sum();
  }
}
