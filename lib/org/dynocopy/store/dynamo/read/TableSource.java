package org.dynocopy.store.dynamo.read;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.AbsentKey;
import org.dynocopy.store.dynamo.key.EmptyKeys;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * A table, or a part of it, as a source: a split for each scan segment, or for each partition key.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan">Parallel
 *     scan</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.html">Query</a>
 */
final class TableSource implements Source {

  /**
   * How large a page of a scan is at most once anything was throttled: in the same memory, more and
   * smaller pages are spread more evenly over the partitions of the target. A request each, and
   * half a read unit at most, is what they cost.
   */
  private static final long SMALL_PAGE_BYTES = 128 << 10;

  private static final long LEAST_OF_PAGE = 25;

  /** No page of 1 MB has more items than this. */
  private static final long MOST_LIMIT = 1_000_000;

  /** Stands for an item that the service only counts. */
  private static final Item COUNTED = Item.of("{}");

  private final Selection selection;
  private final DataPlaneClient wire;
  private final Meter meter;
  private final CapacityEstimates weights;
  private final EmptyKeys emptyKeys;
  private final PageObserver watch;
  private final PageSizeEstimate usual;
  private final Optional<IndexCompletion> completion;

  /** Makes a source with a rate of its own. */
  TableSource(Selection selection, DataPlaneClient wire) {
    this(selection, wire, selection.table().meter(), new EmptyKeys());
  }

  TableSource(Selection selection, DataPlaneClient wire, Meter meter, EmptyKeys emptyKeys) {
    this(selection, wire, meter, emptyKeys, PageObserver.NONE);
  }

  TableSource(
      Selection selection,
      DataPlaneClient wire,
      Meter meter,
      EmptyKeys emptyKeys,
      PageObserver watch) {
    this.emptyKeys = emptyKeys;
    this.watch = watch;
    this.selection = selection;
    this.wire = wire;
    this.meter = meter;
    this.weights = CapacityEstimates.of(selection);
    this.usual = new PageSizeEstimate(selection);
    this.completion =
        selection.completed()
            ? Optional.of(new IndexCompletion(selection, wire, meter))
            : Optional.empty();
  }

  EmptyKeys emptyKeys() {
    return emptyKeys;
  }

  @Override
  public boolean mayRepeatKeys() {
    return !selection.counted() && selection.index().isPresent();
  }

  @Override
  public boolean hasSuccessors() {
    return selection.index().isPresent() && selection.keys().isPresent();
  }

  @Override
  public boolean resumable() {
    return true;
  }

  @Override
  public boolean inTurn() {
    return selection.isScan();
  }

  @Override
  public Iterable<Split> splits() {
    return selection.keys().map(this::queries).orElseGet(this::segments);
  }

  /**
   * Segments stand in the order of the target's partitions, too. So a stride of the golden ratio
   * leads from one to the next: however few of them are in memory, they are spread over all
   * partitions. It is the same order each time, so that a run can go on where another one stopped.
   */
  private Iterable<Split> segments() {
    int number = selection.segments();
    int stride = Math.max(1, (int) Math.round(number * 0.618034));
    while (!BigInteger.valueOf(stride).gcd(BigInteger.valueOf(number)).equals(BigInteger.ONE)) {
      stride++;
    }
    List<Split> segments = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      segments.add(new Segment((int) ((long) i * stride % number), number));
    }
    return segments;
  }

  private Iterable<Split> queries(QueryKeys keys) {
    return () ->
        StreamSupport.stream(keys.all().spliterator(), false)
            .<Split>map(key -> new QuerySplit(this, selection, key))
            .iterator();
  }

  /** Sends one of its requests for a single item, which no rate or budget counts. */
  SlicedResponse attempt() throws StoreException {
    OptionalLong one = OptionalLong.of(1);
    if (selection.isScan()) {
      byte[] scan = request().with("Segment", 0).with("TotalSegments", selection.segments()).open();
      return wire.ask("Scan", RequestJson.from(scan, Optional.empty(), one));
    }
    QueryKeys keys = selection.keys().get();
    List<Object> key =
        keys.file().isPresent()
            ? keys.partition().stream().map(k -> AbsentKey.value(k.type())).toList()
            : keys.values().get(0);
    byte[] query = new QuerySplit(this, selection, key).request();
    return wire.ask("Query", RequestJson.from(query, Optional.empty(), one));
  }

  /** Returns a request for pages of what is selected, without its key condition. */
  RequestJson request() {
    RequestJson request =
        base().with("ReturnConsumedCapacity", "TOTAL").filter(selection.reading().serverFilter());
    boolean partOfLocalIndex =
        selection.index().filter(i -> !i.global() && !i.projectsAll()).isPresent()
            && selection.attributes().isEmpty();
    if (watch.downwards()) {
      request.with("ScanIndexForward", false);
    }
    if (selection.counted()) {
      request.with("Select", "COUNT");
    } else if (partOfLocalIndex) {
      request.with("Select", "ALL_ATTRIBUTES");
    } else if (completion.isEmpty()) {
      request.project(selection.attributes());
    }
    return request;
  }

  /** Returns a request that only says what it is about. */
  RequestJson base() {
    RequestJson request = new RequestJson().with("TableName", selection.table().name());
    selection.index().ifPresent(index -> request.with("IndexName", index.name()));
    if (selection.consistent()) {
      request.with("ConsistentRead", true);
    }
    return request;
  }

  /** Returns how many items a page may look at now, if not as many as fit into 1 MB. */
  private OptionalLong limit(boolean throttled) {
    // With a filter, small pages would cost a request each and may bring nothing.
    long most =
        selection.reading().filtered()
            ? Long.MAX_VALUE
            : selection.reading().limit().orElse(Long.MAX_VALUE);
    TableInfo table = selection.table();
    long average = Math.max(1, table.bytes() / Math.max(1, table.items()));
    if (completion.isPresent()) {
      // 1 MB of keys may name gigabytes of items: as many as make a usual page.
      most =
          Math.min(
              most,
              Math.max(1, Math.min(IndexCompletion.MOST_KEYS, Selection.PAGE_BYTES / average)));
    }
    if (throttled && selection.smallPages() && table.items() > 0) {
      most = Math.min(most, Math.max(LEAST_OF_PAGE, SMALL_PAGE_BYTES / average));
    }
    most = Math.min(most, weights.items(meter.mostRead(index())));
    return most < MOST_LIMIT ? OptionalLong.of(most) : OptionalLong.empty();
  }

  private String index() {
    return selection.index().map(TableInfo.Index::name).orElse("");
  }

  /** Sends a request that looks at so many items at most, until it succeeds. */
  SlicedResponse ask(String operation, RequestBody body, long items, RequestSender requests)
      throws StoreException, InterruptedException {
    return requests.call(
        new RateLimitedRequest(
            meter.read(index(), weights.page(items)).likely(weights.page(usual.most(items))),
            wire,
            () -> wire.ask(operation, body),
            answer -> weights.page(usual.saw(answer.scanned())),
            answer -> weights.pageBySize(answer, !selection.attributes().isEmpty())));
  }

  /**
   * Reads one page.
   *
   * @param split what messages call the part
   * @param request its beginning, see {@link RequestJson#open}
   * @param after where the page before it ended
   */
  Page page(
      String split,
      String operation,
      byte[] request,
      Optional<Position> after,
      RequestSender requests)
      throws StoreException, InterruptedException {
    return page(split, operation, request, after, limit(requests.wasThrottled()), requests);
  }

  /** Reads one page, and looks at so many items at most. */
  Page page(
      String split,
      String operation,
      byte[] request,
      Optional<Position> after,
      OptionalLong limit,
      RequestSender requests)
      throws StoreException, InterruptedException {
    // Also of a page that a run with more memory has read before.
    long most = Math.min(limit.orElse(MOST_LIMIT), SlicedResponse.MOST_ITEMS);
    OptionalLong said = most < MOST_LIMIT ? OptionalLong.of(most) : OptionalLong.empty();
    RequestBody body = RequestJson.from(request, after, said);
    SlicedResponse answer = ask(operation, body, most, requests);
    List<Item> items = answer.items();
    if (selection.counted()) {
      items = Collections.nCopies(Math.toIntExact(answer.count()), COUNTED);
    }
    answer.check(split, after, items.size(), selection.reading().serverFilter().isPresent());
    return new Page(items, answer.lastKey(), answer.scanned(), 0, answer.bytes(), answer.units());
  }

  /**
   * Returns what is to be handed over of a page of an index, whole items if it does not have them.
   *
   * @param belongs tells whether an item is still one that was asked for
   */
  Page complete(Page read, Predicate<Map<String, Object>> belongs, RequestSender requests)
      throws StoreException, InterruptedException {
    Page page = watch.selected().apply(read);
    page = completion.isPresent() ? completion.get().complete(page, belongs, requests) : page;
    return watch.delivered().apply(page);
  }

  /** One segment of a scan. */
  private final class Segment implements Split {
    private final String name;
    private final byte[] request;

    Segment(int number, int of) {
      name = "segment " + number + " of " + of;
      request = request().with("Segment", number).with("TotalSegments", of).open();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests)
        throws StoreException, InterruptedException {
      return page(name, "Scan", request, after, requests);
    }

    @Override
    public Page again(Optional<Position> after, long items, RequestSender requests)
        throws StoreException, InterruptedException {
      OptionalLong limit = items == 0 ? OptionalLong.empty() : OptionalLong.of(items);
      return page(name, "Scan", request, after, limit, requests);
    }
  }
}
