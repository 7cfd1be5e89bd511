package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.Source.Split;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.shape.AttributeJson;

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

  /** No page of 1 MB has more items than this. */
  private static final long MOST_LIMIT = 1_000_000;

  private final Selection selection;
  private final Wire wire;
  private final Optional<IndexCompletion> completion;
  private final List<Split> splits;

  TableSource(Selection selection, Wire wire) {
    this.selection = selection;
    this.wire = wire;
    this.completion =
        selection.completed()
            ? Optional.of(new IndexCompletion(selection, wire))
            : Optional.empty();
    this.splits = makeSplits();
  }

  @Override
  public boolean mayRepeatKeys() {
    return selection.index().isPresent();
  }

  @Override
  public List<Split> splits() {
    return splits;
  }

  private List<Split> makeSplits() {
    List<Split> made = new ArrayList<>();
    if (selection.isScan()) {
      int segments = selection.segments();
      for (int i = 0; i < segments; i++) {
        made.add(new Pages("segment " + i + " of " + segments, "Scan", segment(i, segments)));
      }
    }
    // In order, they would heat one partition of the target after the other.
    Collections.shuffle(made);
    for (Object key : selection.partitionKeys()) {
      made.add(new Pages("partition key " + AttributeJson.text(key), "Query", query(key)));
    }
    return List.copyOf(made);
  }

  private byte[] segment(int number, int of) {
    return request().with("Segment", number).with("TotalSegments", of).open();
  }

  private byte[] query(Object partitionKey) {
    RequestJson request = request();
    List<TableInfo.Key> keys = selection.keys();
    String condition = request.name(keys.get(0).name()) + " = " + request.value(partitionKey);
    Optional<KeyCondition.Sort> sort = selection.plan().where().flatMap(KeyCondition::sort);
    if (sort.isPresent()) {
      condition += " AND " + condition(request, sort.get(), keys.get(1), selection.sortValues());
    }
    selection.index().ifPresent(index -> request.with("IndexName", index.name()));
    return request.with("KeyConditionExpression", condition).open();
  }

  private static String condition(
      RequestJson request, KeyCondition.Sort sort, TableInfo.Key key, List<Object> values) {
    String condition = sort.word().expression().replace("#", request.name(key.name()));
    condition = condition.replace(":a", request.value(values.get(0)));
    return values.size() < 2 ? condition : condition.replace(":b", request.value(values.get(1)));
  }

  private RequestJson request() {
    RequestJson request =
        new RequestJson()
            .with("TableName", selection.table().name())
            .with("ReturnConsumedCapacity", "TOTAL")
            .filter(selection.plan().serverFilter());
    boolean partOfLocalIndex =
        selection.index().filter(i -> !i.global() && !i.projectsAll()).isPresent()
            && selection.attributes().isEmpty();
    if (partOfLocalIndex) {
      request.with("Select", "ALL_ATTRIBUTES");
    }
    if (completion.isEmpty()) {
      request.project(selection.attributes());
    }
    limit().ifPresent(most -> request.with("Limit", most));
    return request;
  }

  /** Returns how many items a page may look at, if not as many as fit into 1 MB. */
  private OptionalLong limit() {
    boolean filtered =
        selection.plan().serverFilter().isPresent() || !selection.plan().clientFilters().isEmpty();
    // With a filter, small pages would cost a request each and may bring nothing.
    long most = filtered ? Long.MAX_VALUE : selection.plan().limit().orElse(Long.MAX_VALUE);
    if (completion.isPresent()) {
      // 1 MB of keys may name gigabytes of items.
      most = Math.min(most, IndexCompletion.MOST_KEYS);
    }
    return most < MOST_LIMIT ? OptionalLong.of(most) : OptionalLong.empty();
  }

  /** A split: pages of one Scan segment or one Query. */
  private final class Pages implements Split {
    private final String name;
    private final String operation;
    private final byte[] request;

    Pages(String name, String operation, byte[] request) {
      this.name = name;
      this.operation = operation;
      this.request = request;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Page read(Optional<Position> after, Retry retry)
        throws StoreException, InterruptedException {
      RequestBody body = RequestJson.from(request, after);
      Answer answer = retry.call(() -> Answer.of(wire.call(operation, body)));
      check(answer);
      Page page =
          new Page(
              answer.items(),
              answer.lastKey(),
              answer.scanned(),
              0,
              answer.bytes(),
              answer.units());
      return completion.isPresent() ? completion.get().complete(page, retry) : page;
    }

    /** The service says how many items it looked at and sent: what is missing here is lost. */
    private void check(Answer answer) throws StoreException {
      boolean filtered = selection.plan().serverFilter().isPresent();
      if (answer.count() != answer.items().size()
          || answer.scanned() < answer.count()
          || !filtered && answer.scanned() > answer.count()) {
        throw new StoreException(
            Kind.REFUSED,
            name
                + ": an answer says that it looked at "
                + answer.scanned()
                + " items and sends "
                + answer.count()
                + ", but it has "
                + answer.items().size());
      }
    }
  }
}
