package org.dynocopy.store.dynamo.write;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnConflict.Way;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.AbsentKey;
import org.dynocopy.store.dynamo.read.CapacityEstimates;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * A table as a sink that keeps what it has: items go one by one, each by a PutItem on a condition.
 *
 * <p>An item that is there already may be our own: its first request was done and the answer lost,
 * or a run that was stopped has written it after its last checkpoint. Where that may be, the
 * service is asked for the item that is there, which costs nothing, and the very same one counts as
 * written. So it is for an item whose key this run has written before: an index in which it moves
 * can bring it twice. If it has changed, the target keeps what it has, but that is no other item.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate">Conditional
 *     writes</a>
 */
public final class ConditionalSink extends SingleItemSink {

  private final OnConflict onConflict;
  private final boolean again;

  /** Items that were sent, whose answer was lost: they may be written. */
  private final Set<Item> unanswered = ConcurrentHashMap.newKeySet();

  /** What this run has written, if its source can bring a key twice. */
  private final Optional<WrittenKeys> written;

  /**
   * Makes one.
   *
   * @param again whether a run that was stopped may have written any item
   * @param repeats whether an item may come twice
   */
  public ConditionalSink(
      TableInfo table,
      DataPlaneClient wire,
      Meter meter,
      OnConflict onConflict,
      boolean again,
      boolean repeats) {
    super(table, wire, meter);
    this.again = again;
    this.written = repeats ? Optional.of(new WrittenKeys()) : Optional.empty();
    this.onConflict = onConflict;
  }

  @Override
  double weight(Item item) {
    return CapacityEstimates.put(item.length());
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    Item item = batch.get(0);
    double weight = weight(item);
    boolean repeated = wasWritten(item);
    Answered put = writes.claim(weight).send(() -> put(item, repeated, weight), Answered::consumed);
    BitSet conflicts = new BitSet();
    if (put.refused().isPresent() && !isThere(item, put.refused().get())) {
      if (onConflict.way() == Way.FAIL && !repeated) {
        throw another(item);
      }
      conflicts.set(0);
    } else if (written.isPresent()) {
      written.get().add(digest(item));
    }
    unanswered.remove(item);
    return new Written(new BitSet(), conflicts, put.consumed().total());
  }

  private Answered put(Item item, boolean repeated, double weight) throws StoreException {
    try {
      return send(
          "PutItem", end -> request(item, repeated).add(end), weight, keys.attributes(item));
    } catch (StoreException e) {
      if (e.mayBeDone()) {
        unanswered.add(item);
      } else if (e.kind() == Kind.REJECTED) {
        // It is not sent again.
        unanswered.remove(item);
      }
      throw e;
    }
  }

  /** Deletes what is not there, on the same condition, and asks for the same. */
  @Override
  public void attempt() throws StoreException, InterruptedException {
    tryOn(AbsentKey.of(table), condition(Item.of("{\"N\":\"0\"}"), true));
  }

  /** Returns a request without its end. */
  private RequestBody request(Item item, boolean repeated) throws StoreException {
    boolean returns =
        again || repeated || onConflict.way() == Way.FAIL || unanswered.contains(item);
    boolean compares = onConflict.way() == Way.NEWER;
    RequestBody body = condition(compares ? comparable(item) : item, returns);
    return body.add(",\"Item\":").add(item);
  }

  /**
   * Returns the beginning of a request.
   *
   * @param value what is compared, where anything is
   * @param returns whether the answer to an unmet condition has the item that is there
   */
  private RequestBody condition(Item value, boolean returns) {
    RequestJson request = request();
    if (returns) {
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
