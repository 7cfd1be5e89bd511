package org.dynocopy.store.dynamo.write;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.capacity.ConsumedUnits;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.WriteClaims;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SingleRequests;
import org.dynocopy.store.dynamo.write.WriteCapacity.Items;

/** A table as a sink of requests for one item each, which have conditions: batches have none. */
abstract class SingleItemSink implements Sink {

  final TableInfo table;
  final KeyExtractor keys;
  final Meter meter;
  final WriteClaims writes;
  private final WriteCapacity capacity;

  /**
   * What a request came to.
   *
   * @param refused why the condition was not met, if it was not
   */
  record Answered(Optional<StoreException> refused, ConsumedUnits consumed) {}

  SingleItemSink(TableInfo table, DataPlaneClient wire, Meter meter) {
    this.table = table;
    this.keys = new KeyExtractor(table.keyNames());
    this.meter = meter;
    this.writes = new WriteClaims(meter);
    this.capacity = new WriteCapacity(table, meter, wire);
  }

  /** Returns the write units that a request for an item is expected to consume. */
  abstract double weight(Item item);

  @Override
  public int maxItems() {
    return 1;
  }

  @Override
  public long maxBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public Object key(Item item) throws StoreException {
    return keys.of(item);
  }

  @Override
  public Duration delay(List<Item> batch) {
    return writes.delay(weight(batch.get(0)));
  }

  /** Returns a request without its condition and its item. */
  RequestJson request() {
    return new RequestJson().with("TableName", table.name());
  }

  /**
   * Sends a request. A refused one consumes write units by the size of the item that is there, of
   * the table alone, but its answer does not say how many: it is taken for one that was not.
   *
   * @param item what is known of the item that it puts or deletes
   */
  Answered send(String operation, WriteCapacity.Body body, double weight, ItemMap item)
      throws StoreException {
    Items one = new Items(1, operation.equals("PutItem"), () -> List.of(item));
    try {
      return new Answered(Optional.empty(), capacity.send(operation, body, one, weight).consumed());
    } catch (StoreException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      return new Answered(Optional.of(e), new ConsumedUnits(weight, Map.of(), weight));
    }
  }

  /** Tries the beginning of a request, with its condition, on a key that no item has. */
  void tryOn(Item absent, RequestBody begun) throws StoreException, InterruptedException {
    SingleRequests.retry()
        .call(
            () ->
                capacity.call(
                    "DeleteItem",
                    end -> new RequestBody().addAll(begun).add(",\"Key\":").add(absent).add(end)));
  }
}
