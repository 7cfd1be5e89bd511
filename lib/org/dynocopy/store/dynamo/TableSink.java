package org.dynocopy.store.dynamo;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.Answer;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.Wire;

/**
 * A table as a sink: its batches put items there by BatchWriteItem, or delete them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
 */
final class TableSink implements Sink {

  /** 16 MB a request, less what stands around the items. */
  private static final long MAX_BYTES = (16L << 20) - 4_096;

  private static final Item PUT = Item.of("{\"PutRequest\":{\"Item\":");
  private static final Item DELETE = Item.of("{\"DeleteRequest\":{\"Key\":");
  private static final Item AFTER = Item.of("}}");
  private static final Item COMMA = Item.of(",");
  private static final Item CLOSE = Item.of("]}}");

  private final Wire wire;
  private final ItemKeys keys;
  private final Item open;
  private final Item before;

  private TableSink(TableInfo table, Wire wire, Item before) {
    this.wire = wire;
    this.before = before;
    this.keys = new ItemKeys(table.keyNames());
    this.open =
        Item.of(
            "{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"" + table.name() + "\":[");
  }

  /** Returns what puts items. */
  static TableSink puts(TableInfo table, Wire wire) {
    return new TableSink(table, wire, PUT);
  }

  /** Returns what deletes the items that have these keys. */
  static TableSink deletes(TableInfo table, Wire wire) {
    return new TableSink(table, wire, DELETE);
  }

  @Override
  public int maxItems() {
    return 25;
  }

  @Override
  public long maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Object key(Item item) throws StoreException {
    return keys.of(item);
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    RequestBody body = new RequestBody(4 * batch.size() + 2).add(open);
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        body.add(COMMA);
      }
      addContent(batch.get(i), body.add(before));
      body.add(AFTER);
    }
    Answer answer = Answer.of(wire.call("BatchWriteItem", body.add(CLOSE))).toBatch();
    return new Written(places(answer.unprocessed(), batch), answer.units());
  }

  /** An item goes out as the slice that came in; of one to delete only the key does. */
  private void addContent(Item item, RequestBody to) throws StoreException {
    if (before == PUT) {
      to.add(item);
    } else {
      to.addAll(keys.json(keys.attributes(item)));
    }
  }

  /**
   * Finds the returned items in the batch, by key: they are sent again as the bytes that they came
   * as, not as the service wrote them.
   */
  private BitSet places(List<Item> unprocessed, List<Item> batch) throws StoreException {
    BitSet places = new BitSet(batch.size());
    if (unprocessed.isEmpty()) {
      return places;
    }
    Map<Object, Integer> placeByKey = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      placeByKey.put(keys.of(batch.get(i)), i);
    }
    for (Item item : unprocessed) {
      Integer place = placeByKey.get(keys.of(item));
      if (place == null) {
        throw new StoreException(
            Kind.REFUSED,
            "the service returned an item as unprocessed that was not sent: " + keys.of(item));
      }
      places.set(place);
    }
    return places;
  }
}
