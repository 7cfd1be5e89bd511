package org.dynocopy.store.dynamo.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * Fetches whole items from the table where an index has only parts of them, by consistent
 * BatchGetItem.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
 */
final class IndexCompletion {

  /** How many keys the service takes at once. */
  static final int MOST_KEYS = 100;

  private final KeyExtractor keys;
  private final DataPlaneClient wire;
  private final Meter meter;
  private final CapacityEstimates weights;
  private final double weight;

  /** How each request begins. Not a body, which is for one thread: all readers share it. */
  private final byte[] open;

  private final Set<String> attributes;

  IndexCompletion(Selection selection, DataPlaneClient wire, Meter meter) {
    this.keys = new KeyExtractor(selection.table().keyNames());
    this.wire = wire;
    this.meter = meter;
    this.weights = CapacityEstimates.ofTable(selection.table());
    this.weight = weights.get();
    this.attributes = selection.attributes();
    Set<String> fetched = new LinkedHashSet<>(attributes);
    if (!attributes.isEmpty()) {
      // They tell whether the item still belongs to what was asked for.
      selection.index().ifPresent(i -> i.keys().forEach(key -> fetched.add(key.name())));
    }
    this.open =
        new RequestBody()
            .add("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"")
            .add(selection.table().name())
            .add("\":")
            .add(new RequestJson().with("ConsistentRead", true).project(fetched).open())
            .bytes();
  }

  /**
   * Returns the page with whole items in place of the index's, in its order. What is no longer in
   * the table, or no longer belongs to what was asked for, counts as gone.
   *
   * @param belongs tells whether an item does
   */
  Page complete(Page index, Predicate<Map<String, Object>> belongs, RequestSender requests)
      throws StoreException, InterruptedException {
    Map<Object, RequestBody> wanted = new LinkedHashMap<>();
    for (Item item : index.items()) {
      ItemMap attributes = keys.attributes(item);
      wanted.put(keys.of(attributes), keys.json(attributes));
    }
    Map<Object, Item> found = new HashMap<>();
    long bytes = 0;
    double units = index.units();
    Deque<RequestBody> left = new ArrayDeque<>(wanted.values());
    RequestSender.Attempts attempts = requests.attempts();
    while (!left.isEmpty()) {
      int count = (int) Math.min(left.size(), mostKeys());
      RequestBody request = request(left, count);
      SlicedResponse answer =
          requests.call(
              new RateLimitedRequest(
                  meter.read("", count * weight),
                  wire,
                  () -> wire.ask("BatchGetItem", request).toBatch(),
                  some -> (count - some.unprocessed().size()) * weight,
                  some -> weights.itemsBySize(some, count - some.unprocessed().size())));
      for (Item item : answer.items()) {
        ItemMap whole = keys.attributes(item);
        if (belongs.test(whole)) {
          found.put(keys.of(whole), attributes.isEmpty() ? item : whole.only(attributes));
        }
      }
      bytes += answer.bytes();
      units += answer.units();
      answer.unprocessed().forEach(key -> left.add(new RequestBody().add(key)));
      if (!answer.items().isEmpty()) {
        attempts.progressed();
      } else if (!answer.unprocessed().isEmpty()) {
        attempts.failed(tooFast(left.size()));
      }
    }
    List<Item> items = wanted.keySet().stream().map(found::get).filter(Objects::nonNull).toList();
    long gone = index.items().size() - items.size();
    return new Page(items, index.next(), index.read(), gone, bytes, units);
  }

  /** Returns how many keys a request may have now: no more than a rate allows at once. */
  private double mostKeys() {
    return Math.max(1, Math.min(MOST_KEYS, Math.floor(meter.mostRead("") / weight)));
  }

  private RequestBody request(Deque<RequestBody> keys, int count) {
    RequestBody body = new RequestBody().add(open).add(",\"Keys\":[");
    for (int i = 0; i < count; i++) {
      body.add(i == 0 ? "" : ",").addAll(keys.poll());
    }
    return body.add("]}}}");
  }

  private static StoreException tooFast(int keys) {
    return new StoreException(Kind.THROTTLED, keys + " keys of a batch came back unprocessed");
  }
}
