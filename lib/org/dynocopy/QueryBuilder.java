package org.dynocopy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.PreparedQuery;
import org.dynocopy.job.Report;
import org.dynocopy.job.Stages;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.JobBuilder;
import org.dynocopy.plan.Query;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.dynamo.Connections;

/** A query. */
public final class QueryBuilder extends SelectingAction<QueryBuilder> {

  private final JobBuilder query = new JobBuilder("query", HERE);

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
    return query.query(Query.Output.LINES, environments);
  }

  /** Takes the items with these partition keys of the table: {@code where(pk(…))}, in short. */
  public QueryBuilder pk(Object... values) {
    return where(Dynocopy.pk(values));
  }

  /**
   * Returns the items in the order of their sort keys, read page by page as they are asked for. An
   * item is a read-only map, see {@link org.dynocopy.shape.AttributeJson} for what its values are.
   * Close a stream that is not read to its end.
   *
   * @throws InvalidPlanException if it does not fit the table
   * @throws StoreException if the table cannot be asked; while the stream is read, an {@link
   *     IllegalStateException}
   */
  public Stream<Map<String, Object>> stream() throws StoreException {
    Connections connections = new Connections();
    try {
      Query all = job(Dynocopy.environments(Environments.Defaults.NONE));
      connections.meters().begin(all);
      return PreparedQuery.of(all, connections, OutputStream.nullOutputStream()).stream(
              connections::close)
          .map(QueryBuilder::map);
    } catch (StoreException | RuntimeException e) {
      connections.close();
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
   * @throws InvalidPlanException if it does not fit the table
   * @throws StoreException if they cannot be counted
   */
  public long count() throws StoreException, InterruptedException {
    Query.Output lines = Query.Output.LINES;
    Query.Output count =
        new Query.Output(lines.format(), lines.typed(), true, lines.unique(), lines.sample());
    Query counting = query.query(count, Dynocopy.environments(Environments.Defaults.NONE));
    try (Connections connections = new Connections()) {
      connections.meters().begin(counting);
      Report report =
          PreparedQuery.of(counting, connections, OutputStream.nullOutputStream())
              .run(Stages.QUIET);
      if (!report.complete()) {
        throw new StoreException(
            StoreException.Kind.REFUSED,
            "the items could not be counted: "
                + report.outcome().failure().map(Exception::getMessage).orElse("stopped"));
      }
      return report.outcome().counts().written();
    }
  }
}
