package org.dynocopy.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dynocopy.core.DeadLetterSink;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.Location;

/** Keeps dead letters in memory. */
public final class MemoryLetters implements DeadLetterSink {

  /** Those that were put there. */
  public final List<String> items = new CopyOnWriteArrayList<>();

  @Override
  public void put(Item item, Location refused, String reason) {
    items.add(item.toString());
  }

  @Override
  public void put(byte[] line) {
    throw new AssertionError(new String(line));
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return "memory";
  }
}
