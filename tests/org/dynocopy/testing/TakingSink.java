package org.dynocopy.testing;

import java.util.BitSet;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;

/** Takes all items. */
public class TakingSink implements Sink {

  @Override
  public int maxItems() {
    return 25;
  }

  @Override
  public long maxBytes() {
    return 10_000;
  }

  @Override
  public Object key(Item item) {
    return item.toString();
  }

  @Override
  public Written write(List<Item> batch) {
    return new Written(new BitSet(), 1);
  }
}
