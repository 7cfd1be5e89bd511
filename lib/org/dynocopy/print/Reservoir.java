package org.dynocopy.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.dynocopy.engine.Item;

/**
 * Draws a sample from items of which nobody knows how many will come: every one has the same chance
 * to be in it. Not for many threads at once.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Reservoir_sampling#Simple:_Algorithm_R">Algorithm
 *     R</a>
 */
public final class Reservoir {

  private final int size;
  private final UnaryOperator<Item> kept;
  private final RandomGenerator random;
  private final List<Item> sample = new ArrayList<>();
  private long seen;

  /**
   * Makes an empty one.
   *
   * @param size how many items to draw
   * @param random decides which
   * @throws IllegalArgumentException if {@code size} is less than 1
   */
  public Reservoir(int size, RandomGenerator random) {
    this(size, random, UnaryOperator.identity());
  }

  /**
   * Makes one that keeps a part of each item alone.
   *
   * @param kept what to keep of an item
   */
  public Reservoir(int size, RandomGenerator random, UnaryOperator<Item> kept) {
    this.kept = kept;
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, not " + size);
    }
    this.size = size;
    this.random = random;
  }

  /** Takes an item into the sample, or not. */
  public void add(Item item) {
    seen++;
    if (sample.size() < size) {
      sample.add(copy(item));
      return;
    }
    long place = random.nextLong(seen);
    if (place < size) {
      sample.set((int) place, copy(item));
    }
  }

  /** Returns the item without the page that it came in, which would else be kept too. */
  private Item copy(Item whole) {
    Item item = kept.apply(whole);
    int end = item.offset() + item.length();
    return new Item(Arrays.copyOfRange(item.bytes(), item.offset(), end), 0, item.length());
  }

  /** Returns the sample: all items, if there were no more than wanted. */
  public List<Item> items() {
    return List.copyOf(sample);
  }
}
