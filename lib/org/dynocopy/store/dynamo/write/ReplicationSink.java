package org.dynocopy.store.dynamo.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ReplicationAttributes;

/** Leaves the attributes of old global tables out of what another sink writes. */
public final class ReplicationSink extends ForwardingSink {

  private final LongAdder leftOut;

  /** What goes out for an item, which is the same object however often it is sent. */
  private final Map<Item, Item> underWay = new ConcurrentHashMap<>();

  /**
   * Stands before a sink.
   *
   * @param leftOut counts the items that were written without them
   */
  public ReplicationSink(Sink sink, LongAdder leftOut) {
    super(sink);
    this.leftOut = leftOut;
  }

  @Override
  public Written write(List<Item> batch) throws StoreException, InterruptedException {
    if (!ReplicationAttributes.expected()) {
      return sink.write(batch);
    }
    List<Item> items = new ArrayList<>(batch.size());
    for (Item item : batch) {
      items.add(without(item));
    }
    Written written = write(items, batch);
    for (int i = 0; i < batch.size(); i++) {
      boolean sent = !written.unprocessed().get(i);
      if (sent && underWay.remove(batch.get(i)) != null && !written.conflicts().get(i)) {
        leftOut.increment();
      }
    }
    return written;
  }

  private Written write(List<Item> items, List<Item> batch)
      throws StoreException, InterruptedException {
    try {
      return sink.write(items);
    } catch (StoreException e) {
      if (e.kind() == Kind.REJECTED) {
        // Of a batch they come again one by one; one that comes alone is a dead letter.
        batch.forEach(underWay::remove);
      }
      throw e;
    }
  }

  private Item without(Item item) throws StoreException {
    Item known = underWay.get(item);
    if (known != null) {
      return known;
    }
    try {
      Item rest = ReplicationAttributes.without(item);
      if (rest != item) {
        underWay.put(item, rest);
      }
      return rest;
    } catch (IOException e) {
      throw new StoreException(Kind.REJECTED, "not an item: " + e.getMessage(), e);
    }
  }
}
