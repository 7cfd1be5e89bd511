package org.dynocopy.store.dynamo.write;

import java.io.IOException;
import java.util.List;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.Table;
import org.dynocopy.store.dynamo.key.KeyExtractor;

/** Notes the key of every item on its way to another sink, before it goes there. */
public final class KeyRecordingSink extends ForwardingSink {

  private final KeyExtractor keys;
  private final Table.Notes notes;

  public KeyRecordingSink(Sink sink, KeyExtractor keys, Table.Notes notes) {
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
