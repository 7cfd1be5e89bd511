package org.dynocopy.print;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.dynocopy.core.Item;
import org.dynocopy.files.PrivateFiles;

/**
 * Draws a sample from items of which the number is not known before: every one has the same chance
 * to be in it. Not for many threads at once.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Reservoir_sampling#Simple:_Algorithm_R">Algorithm
 *     R</a>
 */
public final class Reservoir {

  /** How much of it is in memory at most; the rest is on the disk. */
  private static final long MOST_BYTES = Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

  private final int size;
  private final UnaryOperator<Item> kept;
  private final RandomGenerator random;
  private final List<Supplier<Item>> sample = new ArrayList<>();
  private long seen;
  private long held;

  /** Where items are that memory should not hold; gone with this process. */
  private FileChannel file;

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
      sample.add(hold(item));
      return;
    }
    long place = random.nextLong(seen);
    if (place < size) {
      sample.set((int) place, hold(item));
    }
  }

  private Supplier<Item> hold(Item whole) {
    Item item = copy(whole);
    held += item.length();
    if (held <= MOST_BYTES) {
      return () -> item;
    }
    try {
      if (file == null) {
        file = PrivateFiles.temporary();
      }
      long at = file.size();
      ByteBuffer bytes = ByteBuffer.wrap(item.bytes(), 0, item.length());
      while (bytes.hasRemaining()) {
        file.write(bytes, at + bytes.position());
      }
      int length = item.length();
      return () -> read(at, length);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a sample on this disk: " + e, e);
    }
  }

  private Item read(long at, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
        // There may be more.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a sample back: " + e, e);
    }
    return new Item(bytes.array(), 0, length);
  }

  /** Returns the item without the page that it came in, which would else be kept too. */
  private Item copy(Item whole) {
    Item item = kept.apply(whole);
    int end = item.offset() + item.length();
    return new Item(Arrays.copyOfRange(item.bytes(), item.offset(), end), 0, item.length());
  }

  /**
   * Returns the sample: all items, if there were no more than wanted. Each is read when asked for.
   */
  public List<Item> items() {
    List<Supplier<Item>> all = List.copyOf(sample);
    return new AbstractList<>() {
      @Override
      public Item get(int place) {
        return all.get(place).get();
      }

      @Override
      public int size() {
        return all.size();
      }
    };
  }
}
