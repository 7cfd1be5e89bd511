package org.dynocopy.store.dynamo.write;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.dynamo.key.AbsentKey;
import org.dynocopy.store.dynamo.read.CapacityEstimates;
import org.dynocopy.store.dynamo.read.ConsistentRecheck;
import org.dynocopy.store.dynamo.read.KeyQuery;
import org.dynocopy.store.dynamo.read.Selection;
import org.dynocopy.store.dynamo.read.SelectionMatcher;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * A table as a sink that removes items, each by a DeleteItem on the condition that it is still one
 * to be removed: between the page that it was read from and its own request others may have changed
 * it. What no longer matches is spared. An item that is gone by then counts as removed, as it does
 * in a batch: its first request may have been done, and the answer lost.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate">Conditional
 *     writes</a>
 */
public final class RemovalSink extends SingleItemSink {

  /** An item that changes, and matches, each time that it is looked at is spared after so many. */
  private static final int ATTEMPTS = 4;

  private static final int MOST_KNOWN = 64;
  private static final int LONGEST_KNOWN = 255;

  private final KeyQuery look;
  private final double weight;

  private final Selection selection;

  /** Whether an item is selected, where it must also be just as it was seen; else empty. */
  private final Optional<SelectionMatcher> seen;

  /**
   * Names that items had: no condition can say "and no other attribute", but what comes to an item
   * is mostly what others have.
   */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Where an item must not be. */
  private final Optional<ConsistentRecheck> source;

  private RemovalSink(
      Selection selection,
      DataPlaneClient wire,
      Meter meter,
      Optional<SelectionMatcher> seen,
      Optional<ConsistentRecheck> source) {
    super(selection.table(), wire, meter);
    this.seen = seen;
    this.selection = selection;
    this.source = source;
    this.look = new KeyQuery(table, wire, meter);
    this.weight = CapacityEstimates.ofTable(table).delete();
  }

  /** Returns what removes items that are selected at the moment of their requests. */
  public static RemovalSink selected(Selection selection, DataPlaneClient wire, Meter meter) {
    return new RemovalSink(selection, wire, meter, Optional.empty(), Optional.empty());
  }

  /**
   * Returns what removes items that are selected and still as they come here.
   *
   * @param source where they must not be, looked at right before the request
   */
  public static RemovalSink seen(
      Selection selection, DataPlaneClient wire, Meter meter, Optional<ConsistentRecheck> source) {
    SelectionMatcher belongs = new SelectionMatcher(selection, false);
    return new RemovalSink(selection, wire, meter, Optional.of(belongs), source);
  }

  @Override
  double weight(Item item) {
    return weight;
  }

  @Override
  public Duration delay(List<Item> batch) {
    Duration looking = source.map(ConsistentRecheck::delay).orElse(Duration.ZERO);
    return looking.isZero() ? super.delay(batch) : looking;
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    Meter.Claim claim = writes.claim(weight);
    try {
      return write(keys.attributes(batch.get(0)), claim);
    } finally {
      // What was not sent consumes nothing.
      claim.giveUp();
    }
  }

  private Written write(ItemMap before, Meter.Claim claim) throws StoreException {
    if (source.isPresent() && source.get().has(before)) {
      return written(true, 0);
    }
    ItemMap now = before;
    byte[] last = new byte[0];
    double units = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<byte[]> request = request(now, before);
      if (request.isEmpty() || Arrays.equals(request.get(), last)) {
        return written(true, units);
      }
      last = request.get();
      Answered answered = remove(last, before, attempt == 0 ? claim : meter.write(weight));
      units += answered.consumed().total();
      Optional<Item> there =
          answered.refused().isEmpty() ? Optional.empty() : look.find(before, Optional.empty());
      if (there.isEmpty()) {
        return written(false, units);
      }
      now = keys.attributes(there.get());
      if (seen.isPresent()) {
        break;
      }
    }
    return written(true, units);
  }

  private static Written written(boolean spared, double units) {
    BitSet places = new BitSet();
    places.set(0, spared);
    return new Written(new BitSet(), new BitSet(), places, units);
  }

  /** Asks for what is not there, so that the condition of an accepted request is not met. */
  @Override
  public void attempt() throws StoreException, InterruptedException {
    Item absent = AbsentKey.of(table);
    RequestJson request = request();
    RemovalCondition condition =
        RemovalCondition.seen(selection, keys.attributes(absent), Set.of(), request);
    tryOn(absent, new RequestBody().add(on(condition, request)));
  }

  /** Returns the beginning of a request, without the key; empty if the item is to stay. */
  private Optional<byte[]> request(ItemMap now, ItemMap before) throws StoreException {
    return seen.isPresent() ? ofSeen(now, seen.get()) : ofSelected(now, before);
  }

  private Optional<byte[]> ofSeen(ItemMap item, SelectionMatcher selected) throws StoreException {
    if (!selected.test(item)) {
      return Optional.empty();
    }
    RequestJson request = request();
    RemovalCondition condition = RemovalCondition.seen(selection, item, known(item), request);
    return condition.whole() || isAsSeen(item)
        ? Optional.of(on(condition, request))
        : Optional.empty();
  }

  private Optional<byte[]> ofSelected(ItemMap now, ItemMap before) throws StoreException {
    RequestJson request = request();
    Optional<RemovalCondition> condition =
        RemovalCondition.selected(selection, now, before, known(now), request);
    if (condition.isEmpty() || condition.get().whole()) {
      return condition.map(some -> on(some, request));
    }
    // What the condition cannot say is looked at right before.
    Optional<Item> there = look.find(before, Optional.empty());
    RequestJson again = request();
    return there.isEmpty()
        ? condition.map(some -> on(some, request))
        : RemovalCondition.selected(selection, keys.attributes(there.get()), before, known, again)
            .map(some -> on(some, again));
  }

  /** What a condition has no room for is compared right before. */
  private boolean isAsSeen(ItemMap item) throws StoreException {
    Optional<Item> there = look.find(item, Optional.empty());
    return there.isPresent() && keys.attributes(there.get()).same(item);
  }

  private Set<String> known(ItemMap item) {
    if (known.size() < MOST_KNOWN) {
      item.keySet().stream().filter(name -> name.length() <= LONGEST_KNOWN).forEach(known::add);
    }
    return known;
  }

  private static byte[] on(RemovalCondition condition, RequestJson request) {
    return request.with("ConditionExpression", condition.expression()).open();
  }

  private Answered remove(byte[] open, ItemMap item, Meter.Claim claim) throws StoreException {
    RequestBody key = keys.json(item);
    return claim.send(
        () ->
            send(
                "DeleteItem",
                end -> new RequestBody().add(open).add(",\"Key\":").addAll(key).add(end),
                weight,
                item),
        Answered::consumed);
  }
}
