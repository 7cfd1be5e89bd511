package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.RequestSender;
import org.dynocopy.engine.StoreException;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Wire;

/** Finds items by their keys, by consistent BatchGetItem. */
final class BatchLookup implements Lookup {

  private final ItemKeys names;
  private final IndexCompletion table;

  BatchLookup(Selection selection, Wire wire, Meter meter) {
    this.names = new ItemKeys(selection.table().keyNames());
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
