package org.dynocopy.store.dynamo.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WrittenKeysTest {

  private static byte[] digest(long key) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(key).array();
  }

  @Test
  void lastKeysAreRememberedForCertain() {
    WrittenKeys keys = new WrittenKeys(1 << 10);
    long[] added = new Random(1).longs(1_000).toArray();
    assertThat(keys.contains(digest(added[0]))).isFalse();
    for (int i = 0; i < added.length; i++) {
      keys.add(digest(added[i]));
      keys.add(digest(added[i]));
      for (int last = Math.max(0, i - 63); last <= i; last++) {
        assertThat(keys.contains(digest(added[last]))).isTrue();
      }
    }
    assertThat(keys.contains(digest(added[0]))).as("what takes more than its memory").isFalse();
    assertThat(keys.contains(digest(7))).isFalse();
  }

  @Test
  void keyWithoutAnyBitIsKey() {
    WrittenKeys keys = new WrittenKeys(1 << 10);
    keys.add(digest(0));
    assertThat(keys.contains(digest(0))).isTrue();
  }
}
