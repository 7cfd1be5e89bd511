package org.dynocopy;

import java.util.Map;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.ServerFilter;

/**
 * An action that reads a table, or a part of it.
 *
 * @param <A> the action itself
 */
public abstract class SelectionBuilder<A extends SelectionBuilder<A>> extends ActionBuilder<A> {

  SelectionBuilder() {}

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
}
