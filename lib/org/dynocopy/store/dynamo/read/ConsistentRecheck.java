package org.dynocopy.store.dynamo.read;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;

/**
 * Tells whether a table has an item in what is selected of it, right now: by a consistent read of
 * its own. What cannot be judged counts as there.
 */
public final class ConsistentRecheck {

  private final Selection selection;
  private final KeyQuery table;
  private final SelectionMatcher membership;

  /**
   * Prepares.
   *
   * @param selection what is selected of the table
   * @param wire the way to the table
   * @param meter what counts what it consumes
   */
  public ConsistentRecheck(Selection selection, DataPlaneClient wire, Meter meter) {
    this.selection = selection;
    this.table = new KeyQuery(selection.table(), wire, meter);
    this.membership = new SelectionMatcher(selection, true);
  }

  /** Returns zero if the table's rate allows this thread to look; else how long to wait. */
  public Duration delay() {
    return table.delay();
  }

  /** Returns whether the table has the item with this key in what is selected. */
  public boolean has(ItemMap key) throws StoreException {
    List<String> names = selection.table().keyNames();
    Optional<ServerFilter> filter =
        selection.reading().serverFilter().map(some -> KeyFilter.of(some, key, names));
    Optional<Item> there = table.find(key, filter);
    return there.isPresent() && membership.test(new KeyExtractor(names).attributes(there.get()));
  }
}
