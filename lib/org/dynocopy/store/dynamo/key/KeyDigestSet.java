package org.dynocopy.store.dynamo.key;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A set of keys in little memory: of each the first 128 bits of its SHA-256, two in 2^64 of which
 * would be alike. A key takes 20 bytes, however long it is. Not thread-safe while it is filled.
 */
public final class KeyDigestSet {

  /** How many bytes a key takes. */
  public static final int BYTES = 20;

  /** The key that has no bit set stands for an empty place, and apart. */
  private final long[] places;

  private boolean hasZero;

  /** Makes an empty set for so many keys at most. */
  public KeyDigestSet(long keys) {
    long slots = keys + keys / 4 + 1;
    places = new long[Math.toIntExact(Math.multiplyExact(slots, 2))];
  }

  /** Returns the digest of a key, the same for {@code 1} and {@code 1.0}. */
  static ByteBuffer of(List<Object> key) {
    return ByteBuffer.wrap(KeyExtractor.digest(key));
  }

  /** Adds a key, and returns whether it was not there. */
  public boolean add(ByteBuffer digest) {
    int place = find(digest);
    if (place < 0) {
      boolean first = !hasZero;
      hasZero = true;
      return first;
    }
    if (places[place] == digest.getLong(0) && places[place + 1] == digest.getLong(Long.BYTES)) {
      return false;
    }
    places[place] = digest.getLong(0);
    places[place + 1] = digest.getLong(Long.BYTES);
    return true;
  }

  /** Returns whether a key is there. */
  public boolean contains(ByteBuffer digest) {
    int place = find(digest);
    return place < 0 ? hasZero : places[place] != 0 || places[place + 1] != 0;
  }

  /** Returns where a key is, or the empty place where it would be; -1 for the one without bits. */
  private int find(ByteBuffer digest) {
    long high = digest.getLong(0);
    long low = digest.getLong(Long.BYTES);
    if (high == 0 && low == 0) {
      return -1;
    }
    int slots = places.length / 2;
    int slot = (int) Long.remainderUnsigned(high, slots);
    while (places[2 * slot] != 0 || places[2 * slot + 1] != 0) {
      if (places[2 * slot] == high && places[2 * slot + 1] == low) {
        break;
      }
      slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return 2 * slot;
  }
}
