package org.dynocopy.store.dynamo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.KeyCondition.SortWord;
import org.dynocopy.shape.ItemMap;

/**
 * Keys that were not found in what was read of a table, as a source of items to delete elsewhere:
 * each is looked for once more, by a consistent read, and passed over if it is there after all. For
 * what came while the table was read must not be deleted.
 */
final class AbsentKeys implements Source {

  private final int lists;
  private final OpenTable.KeyList keys;
  private final Selection selection;
  private final Wire wire;
  private final IndexCompletion table;
  private final ItemKeys names;
  private final Membership membership;

  /**
   * Makes the source.
   *
   * @param lists how many lists of keys there are
   * @param keys the lists of keys that were not found
   * @param selection what was read
   * @param wire the way to the table that it was read of
   */
  AbsentKeys(int lists, OpenTable.KeyList keys, Selection selection, Wire wire) {
    this.lists = lists;
    this.keys = keys;
    this.selection = selection;
    this.wire = wire;
    this.table = new IndexCompletion(selection, wire);
    this.names = new ItemKeys(selection.table().keyNames());
    // What cannot be judged stays.
    this.membership = new Membership(selection, true);
  }

  @Override
  public boolean mayRepeatKeys() {
    return false;
  }

  @Override
  public Iterable<Split> splits() {
    return () -> IntStream.range(0, lists).<Split>mapToObj(Some::new).iterator();
  }

  /** One of the lists of keys. */
  private final class Some implements Split {
    private final int number;
    private List<Item> all;

    Some(int number) {
      this.number = number;
    }

    @Override
    public String name() {
      return "list of keys " + number;
    }

    @Override
    public Page read(Optional<Position> after, Retry retry)
        throws StoreException, InterruptedException {
      if (all == null) {
        all = load();
      }
      int from =
          after.map(position -> Integer.parseInt(new String(position.token(), US_ASCII))).orElse(0);
      int to = Math.min(all.size(), from + IndexCompletion.MOST_KEYS);
      Optional<Position> next =
          to < all.size()
              ? Optional.of(new Position(Integer.toString(to).getBytes(US_ASCII)))
              : Optional.empty();
      List<Item> some = all.subList(from, to);
      long bytes = some.stream().mapToLong(Item::length).sum();
      return absent(new Page(some, next, some.size(), 0, bytes, 0), retry);
    }

    private List<Item> load() throws StoreException {
      try {
        return keys.get(number);
      } catch (IOException e) {
        throw new StoreException(Kind.REFUSED, "cannot read back the noted keys: " + e, e);
      }
    }
  }

  private Page absent(Page some, Retry retry) throws StoreException, InterruptedException {
    Page there = table.complete(some, membership, retry);
    double units = there.units();
    Set<Object> found = new HashSet<>();
    for (Item item : there.items()) {
      boolean kept = true;
      if (selection.reading().serverFilter().isPresent()) {
        Answer answer = filter(item, retry);
        kept = answer.count() > 0;
        units += answer.units();
      }
      if (kept) {
        found.add(names.of(item));
      }
    }
    List<Item> left = new ArrayList<>();
    for (Item key : some.items()) {
      if (!found.contains(names.of(key))) {
        left.add(key);
      }
    }
    return new Page(left, some.next(), some.read(), 0, some.bytes(), units);
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
    return retry.call(() -> Answer.of(wire.call("Query", body)));
  }
}
