package org.dynocopy.scripts.benchmark;

/**
 * Partitions with a limit of their own for reads and for writes, as DynamoDB has them: a token
 * bucket each. A bucket holds a tenth of a second, so that saved-up bursts do not hide what a
 * pattern of access costs.
 */
final class Partitions {

  private static final double HELD_SECONDS = 0.1;

  private final Bucket[] reads;
  private final Bucket[] writes;

  /**
   * Makes partitions.
   *
   * @param readUnits what each serves a second
   * @param writeUnits what each takes a second
   */
  Partitions(int number, double readUnits, double writeUnits) {
    reads = buckets(number, readUnits);
    writes = buckets(number, writeUnits);
  }

  private static Bucket[] buckets(int number, double rate) {
    Bucket[] buckets = new Bucket[number];
    for (int i = 0; i < number; i++) {
      buckets[i] = new Bucket(rate);
    }
    return buckets;
  }

  /** Asks to write an item of a table of so many. */
  boolean write(long item, long of) {
    return writes[at(item, of)].take(1);
  }

  /** Asks to read items, which stand in the order of the partitions. */
  boolean read(long from, long to, long of, double units) {
    for (int i = at(from, of); i <= at(to - 1, of); i++) {
      if (!reads[i].open()) {
        return false;
      }
    }
    for (int i = at(from, of); i <= at(to - 1, of); i++) {
      long first = Math.max(from, i * of / reads.length);
      long last = Math.min(to, (i + 1) * of / reads.length);
      reads[i].take(units * (last - first) / (to - from));
    }
    return true;
  }

  private int at(long item, long of) {
    return (int) (item * reads.length / of);
  }

  /** May go below zero by one request, whose size is not known before it was read. */
  private static final class Bucket {
    private final double rate;
    private double tokens;
    private long filled = System.nanoTime();

    Bucket(double rate) {
      this.rate = rate;
    }

    synchronized boolean open() {
      long now = System.nanoTime();
      tokens = Math.min(rate * HELD_SECONDS, tokens + rate * (now - filled) / 1e9);
      filled = now;
      return tokens > 0;
    }

    synchronized boolean take(double units) {
      if (!open()) {
        return false;
      }
      tokens -= units;
      return true;
    }
  }
}
