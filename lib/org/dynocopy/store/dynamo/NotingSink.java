package org.dynocopy.store.dynamo;

import java.io.IOException;
import java.util.List;
import org.dynocopy.engine.ForwardingSink;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.OpenTable;

/** Notes the key of every item on its way to another sink, before it goes there. */
final class NotingSink extends ForwardingSink {

  private final ItemKeys keys;
  private final OpenTable.Notes notes;

  NotingSink(Sink sink, ItemKeys keys, OpenTable.Notes notes) {
    super(sink);
    this.keys = keys;
    this.notes = notes;
  }

  @Override
  public Written write(List<Item> batch) throws StoreException, InterruptedException {
    try {
      for (Item item : batch) {
        ItemMap attributes = keys.attributes(item);
        byte[] key = keys.json(attributes).bytes();
        notes.note(keys.digest(attributes), new Item(key, 0, key.length), item);
      }
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "cannot note keys on this disk: " + e, e);
    }
    return sink.write(batch);
  }
}
