package org.dynocopy;

import java.util.List;
import java.util.Map;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.plan.Patience;
import org.dynocopy.plan.ReadingBuilder;
import org.dynocopy.plan.ServerFilter;

/**
 * An action on a part of a table, described word by word as a recipe does.
 *
 * @param <A> the action itself
 */
public abstract class SelectingAction<A extends SelectingAction<A>> extends Action {

  SelectingAction() {}

  @Override
  abstract ReadingBuilder<?> words();

  abstract A self();

  /**
   * Reads this many segments of a scan at once at most, by default 16; with a key, this many
   * readers share what large partition keys have.
   */
  public A segments(int number) {
    words().segments(number, HERE);
    return self();
  }

  /** Reads by key instead of the whole table. */
  public A where(Where where) {
    words().where(where.condition(), HERE);
    return self();
  }

  /**
   * Lets the service filter: {@code filter("#s = :v", Map.of("#s", "status"), Map.of(":v", 1))}.
   */
  public A filter(String expression, Map<String, String> names, Map<String, Object> values) {
    words().filter(new ServerFilter(expression, names, values), HERE);
    return self();
  }

  /**
   * Keeps the items that pass this test, which is called by many threads. An item on which it
   * throws is a dead letter. If it does not return, the run fails when nothing has gone forward for
   * as long as {@link #retry} says, or ends when it is stopped; the thread, a daemon, is
   * interrupted and left behind.
   */
  public A filter(ClientFilter.Test test) {
    words().filter(new ClientFilter(test, HERE));
    return self();
  }

  /** Takes these attributes and the keys alone. */
  public A project(String... attributes) {
    words().project(List.of(attributes), HERE);
    return self();
  }

  /** Takes at most this many items. */
  public A limit(long items) {
    words().limit(items, HERE);
    return self();
  }

  @Override
  public A readRate(double unitsASecond) {
    super.readRate(unitsASecond);
    return self();
  }

  @Override
  public A readRate(String percent) {
    super.readRate(percent);
    return self();
  }

  @Override
  public A writeRate(double unitsASecond) {
    super.writeRate(unitsASecond);
    return self();
  }

  @Override
  public A writeRate(String percent) {
    super.writeRate(percent);
    return self();
  }

  @Override
  public A budget(double dollars) {
    super.budget(dollars);
    return self();
  }

  @Override
  public A failIfEmpty() {
    super.failIfEmpty();
    return self();
  }

  @Override
  public A retry(Patience patience) {
    super.retry(patience);
    return self();
  }

  @Override
  public A prices(double read, double write) {
    super.prices(read, write);
    return self();
  }
}
