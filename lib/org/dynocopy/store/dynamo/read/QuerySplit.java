package org.dynocopy.store.dynamo.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.KeyRange;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.store.dynamo.key.RangePart;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * The items of one partition key, or a range of them, by a Query from the lowest sort key on.
 *
 * <p>Readers that have nothing to do get the farther parts of what is left: its upper end is found
 * by a query of one item, and the range up to there is cut into parts that together have every sort
 * key once. Where it cannot be cut, because there is no sort key or all of what is left has the
 * same one, a second reader comes from the upper end, see {@link MeetInTheMiddle}.
 *
 * <p>A part is given away between two pages, when nothing of it is on its way: so no item is read
 * twice, and a range that turns out to hold more than thought is cut again.
 */
final class QuerySplit implements Split {

  /** How many sort keys of a page show what they are made of. */
  private static final int SAMPLE = 64;

  private final TableSource source;
  private final Selection selection;
  private final List<Object> partitionKey;

  /** Where it begins, if that is not the beginning of what is selected. */
  private final Optional<Object> low;

  private QueryKeys keys;
  private Optional<byte[]> request;

  /** The highest sort key that is there, once it is known. */
  private Optional<Object> highest;

  private Optional<MeetInTheMiddle> ends = Optional.empty();
  private Optional<Ranges> ranges;

  /** The ranges that a run goes on with, of a key that was cut in another one. */
  private Optional<Ranges> again = Optional.empty();

  private List<Object> sample = List.of();
  private double unitsOfDividing;

  /**
   * What a partition key was cut into.
   *
   * @param open how many ranges are still being read
   * @param highest the highest key, when it was cut
   * @param end whether this is what came above that key: it is read, and then it is enough
   */
  private record Ranges(AtomicInteger open, Object highest, boolean end) {}

  private QuerySplit(
      TableSource source,
      Selection selection,
      List<Object> partitionKey,
      Optional<Object> low,
      QueryKeys keys,
      Optional<Object> highest,
      Optional<Ranges> ranges) {
    this.source = source;
    this.low = low;
    this.selection = selection;
    this.partitionKey = partitionKey;
    this.ranges = ranges;
    narrow(keys, highest);
  }

  /** Makes the split that reads all that is selected of a partition key. */
  QuerySplit(TableSource source, Selection selection, List<Object> partitionKey) {
    this(
        source,
        selection,
        partitionKey,
        Optional.empty(),
        selection.keys().orElseThrow(),
        Optional.empty(),
        Optional.empty());
  }

  private QuerySplit range(
      Optional<Object> low, QueryKeys keys, Optional<Object> highest, Ranges of) {
    return new QuerySplit(source, selection, partitionKey, low, keys, highest, Optional.of(of));
  }

  @Override
  public Optional<byte[]> part() {
    return ranges.map(
        of -> new RangePart(low, RangePart.high(keys), of.highest(), of.end()).json());
  }

  @Override
  public Split part(byte[] json) {
    RangePart part = RangePart.of(json);
    if (again.isEmpty() && !part.end()) {
      again = Optional.of(ranges(part));
    }
    // What comes above all ranges is none of them, wherever it stands among them.
    Ranges of = part.end() ? ranges(part) : again.get();
    of.open().incrementAndGet();
    return range(part.low(), part.of(keys), Optional.empty(), of);
  }

  private static Ranges ranges(RangePart part) {
    return new Ranges(new AtomicInteger(), part.highest(), part.end());
  }

  private void narrow(QueryKeys keys, Optional<Object> highest) {
    this.keys = keys;
    this.highest = highest;
    this.request = Optional.empty();
  }

  /**
   * Returns how its requests begin: made when it is read, as a run that goes on passes over splits,
   * millions perhaps.
   */
  byte[] request() {
    if (request.isEmpty()) {
      request = Optional.of(query(source.request()).open());
    }
    return request.get();
  }

  private RequestJson query(RequestJson request) {
    return request.with("KeyConditionExpression", keys.expression(partitionKey, request));
  }

  @Override
  public String name() {
    return keys.name(partitionKey);
  }

  @Override
  public Page read(Optional<Position> after, RequestSender requests)
      throws StoreException, InterruptedException {
    Page page = source.page(name(), "Query", request(), after, requests);
    if (after.isEmpty() && low.isEmpty() && page.read() == 0 && page.next().isEmpty()) {
      source.emptyKeys().add(name().replace("partition key ", ""));
    }
    return read(page, requests);
  }

  @Override
  public Page again(Optional<Position> after, long items, RequestSender requests)
      throws StoreException, InterruptedException {
    OptionalLong limit = items == 0 ? OptionalLong.empty() : OptionalLong.of(items);
    return read(source.page(name(), "Query", request(), after, limit, requests), requests);
  }

  private Page read(Page read, RequestSender requests) throws StoreException, InterruptedException {
    Page page = read;
    if (ends.isPresent()) {
      MeetInTheMiddle.Following following =
          next -> source.page(name(), "Query", request(), Optional.of(next), requests);
      page = ends.get().upwards(page, following);
    } else if (selection.cuttable()) {
      sample = sample(page.items());
    }
    page = page.plus(unitsOfDividing);
    unitsOfDividing = 0;
    return complete(page, requests);
  }

  /**
   * After the last range of an index comes what is above the key that was the highest when the
   * ranges were cut: an item may have moved there, out of a range that was not yet read.
   */
  @Override
  public List<Split> after() {
    boolean last = ranges.isPresent() && ranges.get().open().decrementAndGet() == 0;
    if (!last || ranges.get().end() || selection.index().isEmpty()) {
      return List.of();
    }
    Object high = ranges.get().highest();
    Ranges end = new Ranges(new AtomicInteger(1), high, true);
    return selection.keys().get().above(high).stream()
        .<Split>map(above -> range(KeyRange.next(high), above, Optional.empty(), end))
        .toList();
  }

  private Page complete(Page page, RequestSender requests)
      throws StoreException, InterruptedException {
    QueryKeys selected = selection.keys().orElseThrow();
    return source.complete(page, item -> selected.match(partitionKey, item), requests);
  }

  @Override
  public List<Split> divide(Position after, int parts, RequestSender requests)
      throws StoreException, InterruptedException {
    if (ends.isPresent()) {
      return List.of();
    }
    if (!selection.cuttable()) {
      return meet(after);
    }
    if (highest.isEmpty()) {
      highest = findHighest(requests);
    }
    if (highest.isEmpty()) {
      return List.of();
    }
    TableInfo.Key key = keys.sort().get(0);
    Object read = selection.value(new Item(after.token(), 0, after.token().length), key);
    List<Object> cuts = KeyRange.cuts(read, highest.get(), parts + 1, sample);
    return cuts.isEmpty() ? meet(after) : cut(read, cuts, highest.get());
  }

  /** Keeps what is up to the first cut, and gives away the ranges between the others. */
  private List<Split> cut(Object read, List<Object> cuts, Object high) {
    if (ranges.isEmpty()) {
      ranges = Optional.of(new Ranges(new AtomicInteger(1), high, false));
    }
    ranges.get().open().addAndGet(cuts.size());
    List<Split> given = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      Object low = KeyRange.next(cuts.get(i)).orElseThrow();
      boolean last = i == cuts.size() - 1;
      QueryKeys range = keys.between(low, last ? high : cuts.get(i + 1));
      // The last part ends at a key that is there; the others may end far above their last one.
      Optional<Object> known = last ? Optional.of(high) : Optional.empty();
      given.add(range(Optional.of(low), range, known, ranges.get()));
    }
    narrow(keys.between(read, cuts.get(0)), Optional.empty());
    return given;
  }

  /** Asks for the last item alone. */
  private Optional<Object> findHighest(RequestSender requests)
      throws StoreException, InterruptedException {
    TableInfo.Key key = keys.sort().get(0);
    RequestJson last =
        query(source.base())
            .with("ScanIndexForward", false)
            .with("Limit", 1)
            .with("ReturnConsumedCapacity", "TOTAL")
            .project(List.of(key.name()));
    RequestBody body = RequestJson.from(last.open(), Optional.empty());
    SlicedResponse answer = source.ask("Query", body, 1, requests);
    unitsOfDividing += answer.units();
    return answer.items().stream().findFirst().map(item -> selection.value(item, key));
  }

  /** Lets a second reader come from the upper end. */
  private List<Split> meet(Position after) {
    // What the other reader has read is in no checkpoint, and so is what of it has passed a limit.
    if (!selection.meetable() || selection.reading().limit().isPresent()) {
      return List.of();
    }
    MeetInTheMiddle both = new MeetInTheMiddle(selection, after);
    ends = Optional.of(both);
    return List.of(new Downwards(both, query(source.request()).with("ScanIndexForward", false)));
  }

  private List<Object> sample(List<Item> items) {
    int step = Math.max(1, items.size() / SAMPLE);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i += step) {
      values.add(selection.value(items.get(i), keys.sort().get(0)));
    }
    // A projection may have left the key away.
    values.removeIf(value -> value == null);
    return values;
  }

  /** The same range, from its highest sort key on. */
  private final class Downwards implements Split {
    private final MeetInTheMiddle both;
    private final byte[] request;

    Downwards(MeetInTheMiddle both, RequestJson request) {
      this.both = both;
      this.request = request.open();
    }

    @Override
    public String name() {
      return QuerySplit.this.name() + ", from its end";
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests)
        throws StoreException, InterruptedException {
      Page page = source.page(name(), "Query", request, after, requests);
      return complete(both.downwards(page), requests);
    }
  }
}
