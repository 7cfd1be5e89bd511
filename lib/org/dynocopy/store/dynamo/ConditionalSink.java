package org.dynocopy.store.dynamo;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.OnConflict;
import org.dynocopy.plan.OnConflict.Way;
import org.dynocopy.shape.AttributeJson;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.dynamo.capacity.Consumed;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.capacity.Writes;
import org.dynocopy.store.dynamo.wire.Answer;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.Wire;

/**
 * A table as a sink that keeps what it has: items go one by one, each by a PutItem on a condition.
 *
 * <p>An item that is there already may be our own: its first request was done and the answer lost,
 * or a run that was stopped has written it after its last checkpoint. Where that may be, the
 * service is asked for the item that is there, which costs nothing, and the very same one counts as
 * written. So does an item whose key this run has written before: an index in which it moves can
 * bring it twice, and no other item is in its way.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate">Conditional
 *     writes</a>
 */
final class ConditionalSink implements Sink {

  private final TableInfo table;
  private final Wire wire;
  private final Meter meter;
  private final OnConflict onConflict;
  private final ItemKeys keys;
  private final boolean again;

  /** Items that were sent, whose answer was lost: they may be written. */
  private final Set<Item> unanswered = ConcurrentHashMap.newKeySet();

  /** What this run has written, if its source can bring a key twice. */
  private final Optional<WrittenKeys> written;

  private final Writes writes;

  /**
   * What a request came to.
   *
   * @param refused why the condition was not met, if it was not
   */
  private record Put(Optional<StoreException> refused, Consumed consumed) {}

  /**
   * Makes one.
   *
   * @param again whether a run that was stopped may have written any item
   * @param repeats whether an item may come twice
   */
  ConditionalSink(
      TableInfo table,
      Wire wire,
      Meter meter,
      OnConflict onConflict,
      boolean again,
      boolean repeats) {
    this.again = again;
    this.written = repeats ? Optional.of(new WrittenKeys()) : Optional.empty();
    this.table = table;
    this.wire = wire;
    this.meter = meter;
    this.writes = new Writes(meter);
    this.onConflict = onConflict;
    this.keys = new ItemKeys(table.keyNames());
  }

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
    return writes.delay(weight(batch));
  }

  private static double weight(List<Item> batch) {
    return Weights.put(batch.get(0).length());
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    Item item = batch.get(0);
    double weight = weight(batch);
    Put put = writes.claim(weight).send(() -> put(item, weight), Put::consumed);
    BitSet conflicts = new BitSet();
    boolean ours =
        put.refused().isEmpty() || wasWritten(item) || isThere(item, put.refused().get());
    if (!ours) {
      if (onConflict.way() == Way.FAIL) {
        throw another(item);
      }
      conflicts.set(0);
    } else if (written.isPresent()) {
      written.get().add(digest(item));
    }
    unanswered.remove(item);
    return new Written(new BitSet(), conflicts, put.consumed().total());
  }

  /**
   * Sends a request. A refused one consumes write units by the size of the item that is there, of
   * the table alone, but its answer does not say how many: it is taken for one that was not.
   */
  private Put put(Item item, double weight) throws StoreException {
    try {
      Answer answer = Answer.of(wire.call("PutItem", request(item)));
      return new Put(Optional.empty(), new Consumed(answer.units(), answer.indexUnits(), weight));
    } catch (StoreException e) {
      if (e.mayBeDone()) {
        unanswered.add(item);
      }
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      return new Put(Optional.of(e), new Consumed(weight, Map.of(), weight));
    }
  }

  /** Deletes what is not there, on the same condition, and asks for the same. */
  @Override
  public void attempt() throws StoreException, InterruptedException {
    RequestBody body = condition(Item.of("{\"N\":\"0\"}"), true);
    body.add(",\"Key\":").add(AbsentKey.of(table)).add("}");
    Once.retry().call(() -> wire.call("DeleteItem", body));
  }

  private RequestBody request(Item item) throws StoreException {
    boolean tells = again || onConflict.way() == Way.FAIL || unanswered.contains(item);
    boolean compares = onConflict.way() == Way.NEWER;
    RequestBody body = condition(compares ? comparable(item) : item, tells);
    return body.add(",\"Item\":").add(item).add("}");
  }

  /**
   * Returns the beginning of a request.
   *
   * @param value what is compared, where anything is
   * @param tells whether the answer tells the item that is there
   */
  private RequestBody condition(Item value, boolean tells) {
    RequestJson request =
        new RequestJson()
            .with("TableName", table.name())
            .with("ReturnConsumedCapacity", meter.tellsIndexes() ? "INDEXES" : "TOTAL");
    if (tells) {
      request.with("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    }
    String absent = "attribute_not_exists(" + request.name(table.keyNames().get(0)) + ")";
    RequestBody body = new RequestBody();
    if (onConflict.way() == Way.NEWER) {
      String older = request.name(onConflict.newer()) + " < :newer";
      request.with("ConditionExpression", absent + " OR " + older);
      body.add(request.open()).add(",\"ExpressionAttributeValues\":{\":newer\":").add(value);
      body.add("}");
    } else {
      body.add(request.with("ConditionExpression", absent).open());
    }
    return body;
  }

  private Item comparable(Item item) throws StoreException {
    String name = onConflict.newer();
    ItemMap attributes = keys.attributes(item);
    if (!attributes.containsKey(name)) {
      throw new StoreException(
          Kind.REJECTED, "the item has no `" + name + "`, by which `onConflict` compares");
    }
    Object value = attributes.get(name);
    boolean ordered =
        value instanceof String || value instanceof BigDecimal || value instanceof byte[];
    if (!ordered) {
      throw new StoreException(
          Kind.REJECTED,
          "`"
              + name
              + "`, by which `onConflict` compares, is neither a string nor a number nor binary"
              + " in this item");
    }
    return attributes.bytes(name);
  }

  private StoreException another(Item item) throws StoreException {
    ItemMap attributes = keys.attributes(item);
    String key =
        keys.names().stream()
            .map(name -> name + "=" + AttributeJson.text(attributes.get(name)))
            .collect(Collectors.joining(", "));
    return new StoreException(
        Kind.REFUSED,
        "`"
            + table.name()
            + "` has another item with the key "
            + key
            + " already, and `onConflict` is \"fail\": what was written before stays");
  }

  private boolean wasWritten(Item item) throws StoreException {
    return written.isPresent() && written.get().contains(digest(item));
  }

  private byte[] digest(Item item) throws StoreException {
    return keys.digest(keys.attributes(item));
  }

  /** Returns whether the target has this very item, however it is written. */
  private static boolean isThere(Item item, StoreException refused) throws StoreException {
    try {
      return refused.there().isPresent() && ItemMap.same(item, refused.there().get());
    } catch (IOException e) {
      throw new StoreException(Kind.REJECTED, "not an item: " + e.getMessage(), e);
    }
  }
}
