package org.dynocopy.store.dynamo.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * Looks for one item by its key, consistently, and lets the service filter it: a GetItem has no
 * filter. A failed request is tried again by the caller.
 */
public final class KeyQuery {

  private final TableInfo table;
  private final DataPlaneClient wire;
  private final Meter meter;
  private final CapacityEstimates weights;
  private final double weight;

  /** What a thread was allowed and has not sent yet. */
  private final ThreadLocal<Meter.Claim> allowed = new ThreadLocal<>();

  public KeyQuery(TableInfo table, DataPlaneClient wire, Meter meter) {
    this.table = table;
    this.wire = wire;
    this.meter = meter;
    this.weights = CapacityEstimates.ofTable(table);
    this.weight = weights.get();
  }

  /** Returns zero if the table's rate allows this thread a request; else how long to wait. */
  Duration delay() {
    if (allowed.get() != null) {
      return Duration.ZERO;
    }
    Meter.Claim wanted = meter.read("", weight);
    Duration delay = wanted.delay();
    if (delay.isZero()) {
      allowed.set(wanted);
    }
    return delay;
  }

  /** Returns the item with this key, if there is one that the filter keeps. */
  public Optional<Item> find(ItemMap key, Optional<ServerFilter> filter) throws StoreException {
    RequestJson request =
        new RequestJson()
            .with("TableName", table.name())
            .with("ConsistentRead", true)
            .with("ReturnConsumedCapacity", "TOTAL")
            .filter(filter);
    List<String> conditions = new ArrayList<>();
    for (TableInfo.Key part : table.keys()) {
      conditions.add(
          QueryKeys.compare(request, part, SortWord.EQUALS, List.of(key.bytes(part.name()))));
    }
    request.with("KeyConditionExpression", String.join(" AND ", conditions));
    RequestBody body = RequestJson.from(request.open(), Optional.empty());
    Meter.Claim asked = allowed.get();
    allowed.remove();
    Meter.Claim claim = asked == null ? meter.read("", weight) : asked;
    SlicedResponse answer =
        new RateLimitedRequest(
                claim,
                wire,
                () -> wire.ask("Query", body),
                some -> weight,
                some -> weights.pageBySize(some, false))
            .send();
    return answer.items().stream().findFirst();
  }
}
