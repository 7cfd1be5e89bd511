package org.dynocopy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.PlanBuilder;
import org.dynocopy.plan.ServerFilter;
import org.dynocopy.store.dynamo.Connections;

/** Describes a copy, word by word as a recipe does, and runs it. */
public final class CopyBuilder {

  private static final Location HERE = Location.NOWHERE;

  private final PlanBuilder plan = new PlanBuilder(Optional.empty(), HERE);

  CopyBuilder(String from, String to) {
    plan.from(from, HERE).to(to, HERE);
  }

  /** Reads by this many scan segments; the default follows from the table's size. */
  public CopyBuilder segments(int number) {
    plan.segments(number, HERE);
    return this;
  }

  /** Writes this many batches at once; the default is {@link PreparedCopy#DEFAULT_WRITERS}. */
  public CopyBuilder writers(int number) {
    plan.writers(number, HERE);
    return this;
  }

  /** Reads by key instead of the whole table. */
  public CopyBuilder where(Dynocopy.Where where) {
    plan.where(where.condition(), HERE);
    return this;
  }

  /**
   * Lets the service filter: {@code filter("#s = :v", Map.of("#s", "status"), Map.of(":v", 1))}.
   */
  public CopyBuilder filter(
      String expression, Map<String, String> names, Map<String, Object> values) {
    plan.filter(new ServerFilter(expression, names, values), HERE);
    return this;
  }

  /** Keeps the items that pass this test, which is called by many threads. */
  public CopyBuilder filter(ClientFilter.Test test) {
    plan.filter(new ClientFilter(test, HERE));
    return this;
  }

  /** Copies these attributes and the keys alone. */
  public CopyBuilder project(String... attributes) {
    plan.project(List.of(attributes), HERE);
    return this;
  }

  /** Copies at most this many items. */
  public CopyBuilder limit(long items) {
    plan.limit(items, HERE);
    return this;
  }

  /** Puts items that cannot be written into this file. */
  public CopyBuilder deadLetter(Path file) {
    plan.deadLetter(file, HERE);
    return this;
  }

  /**
   * Returns the plan, checked; nothing is contacted.
   *
   * @throws InvalidPlanException with everything that is wrong with it
   * @throws StoreException if the AWS profiles cannot be read
   */
  public Plan plan() throws StoreException {
    return plan.build(Dynocopy.environments(Environments.Defaults.NONE));
  }

  /**
   * Copies.
   *
   * @return how it ended; look at {@link Outcome#complete}
   * @throws InvalidPlanException if the plan does not fit the tables; nothing was written
   * @throws StoreException if a table cannot be asked; nothing was written
   */
  public Outcome run() throws StoreException, InterruptedException {
    try (Connections connections = new Connections()) {
      return PreparedCopy.of(plan(), connections).engine(RunListener.NONE).run();
    }
  }
}
