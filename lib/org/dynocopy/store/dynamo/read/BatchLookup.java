package org.dynocopy.store.dynamo.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;

/** Finds items by their keys, by consistent BatchGetItem. */
public final class BatchLookup implements Lookup {

  private final KeyExtractor names;
  private final IndexCompletion table;

  public BatchLookup(Selection selection, DataPlaneClient wire, Meter meter) {
    this.names = new KeyExtractor(selection.table().keyNames());
    this.table = new IndexCompletion(selection, wire, meter);
  }

  @Override
  public Found find(List<Item> keys, RequestSender requests)
      throws StoreException, InterruptedException {
    Page wanted = new Page(keys, Optional.empty(), keys.size(), 0, 0, 0);
    Page found = table.complete(wanted, item -> true, requests);
    Map<Object, Item> byKey = new HashMap<>();
    for (Item item : found.items()) {
      byKey.put(names.of(item), item);
    }
    List<Optional<Item>> items = new ArrayList<>(keys.size());
    for (Item key : keys) {
      items.add(Optional.ofNullable(byKey.get(names.of(key))));
    }
    return new Found(items, found.units());
  }
}
