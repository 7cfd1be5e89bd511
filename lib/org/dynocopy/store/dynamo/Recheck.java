package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  private final Selection selection;
  private final KeyQuery table;
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
    this.membership = new Membership(selection, true);
  }

  /** Returns zero if the table's rate allows this thread to look; else how long to wait. */
  Duration delay() {
    return table.delay();
  }

  /** Returns whether the table has the item with this key in what is selected. */
  boolean has(ItemMap key) throws StoreException {
    List<String> names = selection.table().keyNames();
    Optional<ServerFilter> filter =
        selection.reading().serverFilter().map(some -> KeyFilter.of(some, key, names));
    Optional<Item> there = table.find(key, filter);
    return there.isPresent() && membership.test(new ItemKeys(names).attributes(there.get()));
  }
}
