package org.dynocopy.store.dynamo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.shape.ItemMap;

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

  private final ItemKeys keys;
  private final Wire wire;
  private final RequestBody open;

  IndexCompletion(Selection selection, Wire wire) {
    this.keys = new ItemKeys(selection.table().keyNames());
    this.wire = wire;
    this.open =
        new RequestBody()
            .add("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"")
            .add(selection.table().name())
            .add("\":")
            .add(
                new RequestJson()
                    .with("ConsistentRead", true)
                    .project(selection.attributes())
                    .open());
  }

  /**
   * Returns the page with whole items in place of the index's. What is no longer in the table
   * counts as gone.
   */
  Page complete(Page index, Retry retry) throws StoreException, InterruptedException {
    Map<Object, RequestBody> wanted = new LinkedHashMap<>();
    for (Item item : index.items()) {
      ItemMap attributes = keys.attributes(item);
      wanted.put(keys.of(attributes), keys.json(attributes));
    }
    List<Item> items = new ArrayList<>(wanted.size());
    long bytes = 0;
    double units = index.units();
    Deque<RequestBody> left = new ArrayDeque<>(wanted.values());
    Retry.Attempts attempts = retry.attempts();
    while (!left.isEmpty()) {
      RequestBody request = request(left);
      Answer answer = retry.call(() -> Answer.of(wire.call("BatchGetItem", request)).toBatch());
      items.addAll(answer.items());
      bytes += answer.bytes();
      units += answer.units();
      answer.unprocessed().forEach(key -> left.add(new RequestBody().add(key)));
      if (!answer.items().isEmpty()) {
        attempts.progressed();
      } else if (!answer.unprocessed().isEmpty()) {
        attempts.failed(tooFast(left.size()));
      }
    }
    long gone = index.items().size() - items.size();
    return new Page(items, index.next(), index.read(), gone, bytes, units);
  }

  private RequestBody request(Deque<RequestBody> keys) {
    RequestBody body = new RequestBody().addAll(open).add(",\"Keys\":[");
    for (int i = 0; i < MOST_KEYS && !keys.isEmpty(); i++) {
      body.add(i == 0 ? "" : ",").addAll(keys.poll());
    }
    return body.add("]}}}");
  }

  private static StoreException tooFast(int keys) {
    return new StoreException(Kind.THROTTLED, keys + " keys of a batch came back unprocessed");
  }
}
