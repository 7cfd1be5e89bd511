package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.KeyCondition.SortWord;
import org.dynocopy.plan.ServerFilter;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Answer;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.Wire;

/**
 * Looks for one item by its key, consistently, and lets the service filter it: a GetItem has no
 * filter. A failed request is tried again by the caller.
 */
final class KeyQuery {

  private final TableInfo table;
  private final Wire wire;
  private final Meter meter;
  private final Weights weights;
  private final double weight;

  /** What a thread was allowed and has not sent yet. */
  private final ThreadLocal<Meter.Claim> allowed = new ThreadLocal<>();

  KeyQuery(TableInfo table, Wire wire, Meter meter) {
    this.table = table;
    this.wire = wire;
    this.meter = meter;
    this.weights = Weights.ofTable(table);
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
  Optional<Item> find(ItemMap key, Optional<ServerFilter> filter) throws StoreException {
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
    Answer answer =
        new Metered(
                claim,
                wire,
                () -> wire.ask("Query", body),
                some -> weight,
                some -> weights.pageBySize(some, false))
            .send();
    return answer.items().stream().findFirst();
  }
}
