package org.dynocopy.store.dynamo.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.WriteClaims;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.AbsentKey;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.read.CapacityEstimates;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.SingleRequests;
import org.dynocopy.store.dynamo.wire.SlicedResponse;
import org.dynocopy.store.dynamo.write.WriteCapacity.Items;

/**
 * A table as a sink: its batches put items there by BatchWriteItem, or delete them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
 */
public final class TableSink implements Sink {

  /** 16 MB a request, less what stands around the items. */
  private static final long MAX_BYTES = (16L << 20) - 4_096;

  private static final int MAX_ITEMS = 25;

  /**
   * How much of what a rate allows at once a batch takes by the number of its items, and by their
   * bytes: the two add up to what it may weigh.
   */
  private static final double PART = 0.5;

  private static final Item PUT = Item.of("{\"PutRequest\":{\"Item\":");
  private static final Item DELETE = Item.of("{\"DeleteRequest\":{\"Key\":");
  private static final Item CLOSE = Item.of("}}]}");

  private final TableInfo table;
  private final KeyExtractor keys;
  private final Meter meter;
  private final WriteCapacity capacity;
  private final Item open;
  private final Item before;
  private final Item between;
  private final double deletion;
  private final WriteClaims writes;

  private TableSink(TableInfo table, DataPlaneClient wire, Meter meter, Item before) {
    this.table = table;
    this.meter = meter;
    this.writes = new WriteClaims(meter);
    this.deletion = CapacityEstimates.ofTable(table).delete();
    this.before = before;
    this.between = Item.of("}}," + before);
    this.keys = new KeyExtractor(table.keyNames());
    this.capacity = new WriteCapacity(table, meter, wire);
    this.open = Item.of("{\"RequestItems\":{\"" + table.name() + "\":[");
  }

  /** Returns what puts items. */
  public static TableSink puts(TableInfo table, DataPlaneClient wire, Meter meter) {
    return new TableSink(table, wire, meter, PUT);
  }

  /** Returns what puts items, with a rate of its own. */
  public static TableSink puts(TableInfo table, DataPlaneClient wire) {
    return puts(table, wire, table.meter());
  }

  /** Returns what deletes the items that have these keys. */
  public static TableSink deletes(TableInfo table, DataPlaneClient wire, Meter meter) {
    return new TableSink(table, wire, meter, DELETE);
  }

  /** As many as a batch may have, or as a rate allows at once. */
  @Override
  public int maxItems() {
    double weight = before == PUT ? 1 : deletion;
    return (int) Math.max(1, Math.min(MAX_ITEMS, PART * meter.mostWrite() / weight));
  }

  @Override
  public long maxBytes() {
    return before == PUT
        ? Math.min(MAX_BYTES, CapacityEstimates.putBytes(PART * meter.mostWrite()))
        : MAX_BYTES;
  }

  private double weight(List<Item> batch) {
    if (before != PUT) {
      return batch.size() * deletion;
    }
    double weight = 0;
    for (Item item : batch) {
      weight += CapacityEstimates.put(item.length());
    }
    return weight;
  }

  /** Asked by the thread that then writes the batch. */
  @Override
  public Duration delay(List<Item> batch) {
    return writes.delay(weight(batch));
  }

  @Override
  public Object key(Item item) throws StoreException {
    return keys.of(item);
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    double weight = weight(batch);
    SlicedResponse answer =
        writes
            .claim(weight)
            .send(
                () ->
                    capacity.send(
                        "BatchWriteItem",
                        end -> body(batch, end),
                        new Items(batch.size(), before == PUT, () -> attributes(batch)),
                        weight),
                WriteCapacity.Reply::consumed)
            .answer();
    return new Written(places(answer.unprocessed(), batch), answer.units());
  }

  /** Deletes what is not there: no matter whether it puts or deletes, it is the same operation. */
  @Override
  public void attempt() throws StoreException, InterruptedException {
    Item absent = AbsentKey.of(table);
    SingleRequests.retry()
        .call(
            () ->
                capacity.call(
                    "BatchWriteItem",
                    end ->
                        new RequestBody().add(open).add(DELETE).add(absent).add(CLOSE).add(end)));
  }

  private List<ItemMap> attributes(List<Item> batch) throws StoreException {
    List<ItemMap> attributes = new ArrayList<>(batch.size());
    for (Item item : batch) {
      attributes.add(keys.attributes(item));
    }
    return attributes;
  }

  private RequestBody body(List<Item> batch, Item end) throws StoreException {
    int room = 256 + 32 * batch.size();
    for (Item item : batch) {
      room += item.length();
    }
    RequestBody body = new RequestBody(room);
    body.add(open);
    for (int i = 0; i < batch.size(); i++) {
      addContent(batch.get(i), body.add(i == 0 ? before : between));
    }
    return body.add(CLOSE).add(end);
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
