package org.dynocopy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.run.FrontEnd;
import org.dynocopy.run.Session;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;

/** A query. */
public final class QueryBuilder extends SelectionBuilder<QueryBuilder> {

  private final JobBuilder query = new JobBuilder("query", HERE);
  private Query.Output output = Query.Output.LINES;
  private OutputStream out = OutputStream.nullOutputStream();

  QueryBuilder(String table) {
    query.from(table, HERE);
  }

  @Override
  JobBuilder words() {
    return query;
  }

  @Override
  QueryBuilder self() {
    return this;
  }

  @Override
  Query job(Environments environments) {
    if (output.typed() && !output.format().isJson()) {
      throw new InvalidJobException(
          HERE, "`dynamodbJson()` goes with `output` \"json\" or \"jsonl\"");
    }
    return query.query(output, environments);
  }

  @Override
  OutputStream out() {
    return out;
  }

  /** Reads these attributes and the keys alone. */
  public QueryBuilder project(String... attributes) {
    query.project(List.of(attributes), HERE);
    return this;
  }

  /** Reads at most this many items. */
  public QueryBuilder limit(long items) {
    query.limit(items, HERE);
    return this;
  }

  /**
   * Has {@link #run} print the items there; without it they are only read.
   *
   * @param to stays open
   */
  public QueryBuilder print(OutputStream to) {
    out = to;
    return this;
  }

  /**
   * Says how {@link #run} prints.
   *
   * @param format {@code "json"}, {@code "jsonl"}, which is the default, {@code "table"}, {@code
   *     "csv"} or {@code "spreadsheet"}
   */
  public QueryBuilder output(String format) {
    Query.Format.of(format)
        .ifPresentOrElse(
            known -> output = output.with(known),
            () -> query.problem(HERE, Query.Format.unknown(format)));
    return this;
  }

  /** Keeps DynamoDB's types in the JSON that {@link #run} prints: <code>{"S":"t1"}</code>. */
  public QueryBuilder dynamodbJson() {
    output = output.withTypes();
    return this;
  }

  /** Has {@link #run} print only the distinct values of this attribute. */
  public QueryBuilder unique(String attribute) {
    output = output.withUnique(attribute);
    return this;
  }

  /** Has {@link #run} print so many items, chosen at random; all are read. */
  public QueryBuilder sample(int items) {
    output = output.withSample(items);
    return this;
  }

  /** Takes the items with these partition keys of the table: {@code where(pk(…))}, in short. */
  public QueryBuilder pk(Object... values) {
    return where(Dynocopy.pk(values));
  }

  /**
   * Returns the items, read page by page as they are asked for: in the order of their sort keys by
   * one reader, or in any order by as many readers as {@link #segments} says. An item is a
   * read-only map, see {@link org.dynocopy.item.AttributeJson} for what its values are. Close a
   * stream that is not read to its end.
   *
   * @throws InvalidJobException if it does not fit the table, or costs more than it may
   * @throws StoreException if the table cannot be asked; while the stream is read, an {@link
   *     IllegalStateException}, also where a filter fails
   */
  public Stream<Map<String, Object>> stream() throws StoreException {
    if (output.unique().isPresent() || output.sample().isPresent()) {
      String word = output.unique().isPresent() ? "unique" : "sample";
      throw new InvalidJobException(
          HERE, "`" + word + "` goes with `run()`, which prints: a stream has all items");
    }
    Stores stores = new DefaultStores();
    try {
      Session session = new Session(stores, out(), Stages.QUIET, FrontEnd.NONE);
      return session.stream(job(environments()), stores::close).map(QueryBuilder::map);
    } catch (StoreException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  private static Map<String, Object> map(Item item) {
    try {
      return new ItemMap(item);
    } catch (IOException e) {
      throw new UncheckedIOException("not an item: " + item, e);
    }
  }

  /**
   * Returns how many items there are; they are not sent.
   *
   * @throws InvalidJobException if it does not fit the table
   * @throws StoreException if they cannot be counted
   */
  public long count() throws StoreException, InterruptedException {
    Query counting = query.query(output.withCount(), environments());
    Report report = run(counting, Stages.QUIET, FrontEnd.NONE);
    if (!report.complete()) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "the items could not be counted: "
              + report.outcome().failure().map(Exception::getMessage).orElse("stopped"));
    }
    return report.outcome().counts().written();
  }
}
