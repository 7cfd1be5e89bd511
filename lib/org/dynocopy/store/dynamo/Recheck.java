package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.ServerFilter;
import org.dynocopy.shape.ItemMap;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.wire.Wire;

/**
 * Tells whether a table has an item in what is selected of it, right now: by a consistent read of
 * its own. What cannot be judged counts as there.
 */
final class Recheck {

  private static final Pattern NAME = Pattern.compile("(?<![:#\\w])[#A-Za-z_]\\w*");

  private final Selection selection;
  private final KeyQuery table;
  private final Optional<ServerFilter> filter;
  private final Membership membership;

  /**
   * Prepares.
   *
   * @param selection what is selected of the table
   * @param wire the way to the table
   * @param meter what counts what it consumes
   */
  Recheck(Selection selection, Wire wire, Meter meter) {
    this.selection = selection;
    this.table = new KeyQuery(selection.table(), wire, meter);
    // A Query refuses to filter by the table's own key: then whatever has the key counts as there.
    this.filter = selection.reading().serverFilter().filter(some -> !namesKeys(some));
    this.membership = new Membership(selection, true);
  }

  private boolean namesKeys(ServerFilter filter) {
    Matcher names = NAME.matcher(filter.expression());
    return names
        .results()
        .map(name -> filter.names().getOrDefault(name.group(), name.group()))
        .anyMatch(selection.table().keyNames()::contains);
  }

  /** Returns zero if the table's rate allows this thread to look; else how long to wait. */
  Duration delay() {
    return table.delay();
  }

  /** Returns whether the table has the item with this key in what is selected. */
  boolean has(ItemMap key) throws StoreException {
    Optional<Item> there = table.find(key, filter);
    return there.isPresent()
        && membership.test(new ItemKeys(selection.table().keyNames()).attributes(there.get()));
  }
}
