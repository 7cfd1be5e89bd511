package org.dynocopy.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.dynocopy.core.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ReservoirTest {

  private static Reservoir filled(int size, int items, Random random) {
    Reservoir reservoir = new Reservoir(size, random);
    byte[] page = "0123456789".repeat(items / 10 + 1).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < items; i++) {
      reservoir.add(new Item(page, i, 1));
    }
    return reservoir;
  }

  @Test
  void everyItemHasTheSameChance() {
    int items = 100;
    int size = 10;
    int rounds = 10_000;
    Random random = new Random(42);
    int[] drawn = new int[items];
    for (int round = 0; round < rounds; round++) {
      Reservoir reservoir = new Reservoir(size, random);
      for (int i = 0; i < items; i++) {
        reservoir.add(Item.of(String.valueOf(i)));
      }
      assertThat(reservoir.items()).hasSize(size).doesNotHaveDuplicates();
      reservoir.items().forEach(item -> drawn[Integer.parseInt(item.toString())]++);
    }
    double expected = (double) rounds * size / items;
    double chiSquare = 0;
    for (int count : drawn) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // The value that 99 degrees of freedom exceed once in a thousand.
    assertThat(chiSquare).isLessThan(148.2);
  }

  @Test
  void fewItemsAreAllInIt() {
    assertThat(filled(5, 0, new Random(1)).items()).isEmpty();
    assertThat(filled(5, 3, new Random(1)).items())
        .extracting(Item::toString)
        .containsExactly("0", "1", "2");
  }

  @Test
  void pagesAreNotKept() {
    assertThat(filled(5, 1_000, new Random(1)).items())
        .hasSize(5)
        .allSatisfy(item -> assertThat(item.bytes()).hasSize(item.length()));
  }

  /** More than is held in memory; every second item is replaced by a later one. */
  @Test
  void aSampleLargerThanMemoryIsReadBackAsItWas() {
    Reservoir sample = new Reservoir(40, new Random(1));
    for (int i = 10; i < 90; i++) {
      byte[] item = new byte[2 << 20];
      Arrays.fill(item, (byte) i);
      sample.add(new Item(item, 0, item.length));
    }
    Set<Byte> drawn = new HashSet<>();
    for (Item item : sample.items()) {
      assertThat(item.length()).isEqualTo(2 << 20);
      assertThat(item.bytes()[0]).isEqualTo(item.bytes()[item.length() - 1]);
      drawn.add(item.bytes()[0]);
    }
    assertThat(drawn).hasSize(40);
  }

  @Test
  void sampleOfNothingIsRefused() {
    assertThatThrownBy(() -> new Reservoir(0, new Random()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size must be at least 1, not 0");
  }
}
