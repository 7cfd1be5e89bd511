package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.KeyCondition.SortWord;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Answer;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.Wire;

/**
 * Looks at keys once more, by consistent reads of their table: whether they name items that belong
 * to what is selected of it. What is about to be deleted must have been looked at so.
 */
final class Recheck {

  private final Selection selection;
  private final Wire wire;
  private final Meter meter;
  private final IndexCompletion table;
  private final ItemKeys names;
  private final Membership membership;

  /**
   * Prepares.
   *
   * @param selection what is selected of the table
   * @param wire the way to the table
   * @param meter what counts what it consumes
   * @param inDoubt whether an item belongs there on which a filter fails
   */
  Recheck(Selection selection, Wire wire, Meter meter, boolean inDoubt) {
    this.selection = selection;
    this.wire = wire;
    this.meter = meter;
    this.table = new IndexCompletion(selection, wire, meter);
    this.names = new ItemKeys(selection.table().keyNames());
    this.membership = new Membership(selection, inDoubt);
  }

  /** Returns a page of items that belong; the others count as gone. */
  Page belonging(Page keys, Retry retry) throws StoreException, InterruptedException {
    Page there = table.complete(keys, membership, retry);
    if (selection.reading().serverFilter().isEmpty()) {
      return there;
    }
    double units = there.units();
    List<Item> passed = new ArrayList<>();
    for (Item item : there.items()) {
      Answer answer = filter(item, retry);
      units += answer.units();
      if (answer.count() > 0) {
        passed.add(item);
      }
    }
    long gone = there.gone() + there.items().size() - passed.size();
    return new Page(passed, there.next(), there.read(), gone, there.bytes(), units);
  }

  /** Returns the page with the keys that do not belong; the others count as filtered. */
  Page absent(Page keys, Retry retry) throws StoreException, InterruptedException {
    Page there = belonging(keys, retry);
    Set<Object> found = new HashSet<>();
    for (Item item : there.items()) {
      found.add(names.of(item));
    }
    List<Item> left = new ArrayList<>();
    for (Item key : keys.items()) {
      if (!found.contains(names.of(key))) {
        left.add(key);
      }
    }
    return new Page(left, keys.next(), keys.read(), keys.gone(), keys.bytes(), there.units());
  }

  /** Lets the service decide about one item. */
  private Answer filter(Item item, Retry retry) throws StoreException, InterruptedException {
    RequestJson request =
        new RequestJson()
            .with("TableName", selection.table().name())
            .with("ConsistentRead", true)
            .with("Select", "COUNT")
            .with("ReturnConsumedCapacity", "TOTAL")
            .filter(selection.reading().serverFilter());
    ItemMap attributes = names.attributes(item);
    List<String> conditions = new ArrayList<>();
    for (TableInfo.Key key : selection.table().keys()) {
      List<Object> value = List.of(attributes.get(key.name()));
      conditions.add(QueryKeys.compare(request, key, SortWord.EQUALS, value));
    }
    request.with("KeyConditionExpression", String.join(" AND ", conditions));
    RequestBody body = RequestJson.from(request.open(), Optional.empty());
    double weight = Weights.ofTable(selection.table()).get();
    return retry.call(
        new Metered(
            meter.read("", weight), () -> Answer.of(wire.call("Query", body)), answer -> weight));
  }
}
