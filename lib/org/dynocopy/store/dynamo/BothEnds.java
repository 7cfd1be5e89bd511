package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;

/**
 * Where two readers of one range meet, one from each end: each of them knows the item that the
 * other one has read last. A page in which it stands is cut before it, and both are done.
 *
 * <p>An item's place in an index is its keys in the index and in the table. So an item that moves
 * meanwhile is not taken for the one that was there.
 */
final class BothEnds {

  private final Selection selection;
  private final List<TableInfo.Key> place;
  private Object up;
  private Object down;
  private boolean met;

  /** Begins after a page that was read from the lower end. */
  BothEnds(Selection selection, Position read) {
    this.selection = selection;
    this.place = new ArrayList<>(selection.table().keys());
    selection.index().ifPresent(index -> place.addAll(index.keys()));
    this.up = place(new Item(read.token(), 0, read.token().length));
  }

  /** Returns what of a page from the lower end the other reader does not have. */
  synchronized Page upwards(Page page) {
    Page left = cut(page, down);
    up = last(page, up);
    return left;
  }

  /** Returns what of a page from the upper end the other reader does not have. */
  synchronized Page downwards(Page page) {
    Page left = cut(page, up);
    down = last(page, down);
    return left;
  }

  private Page cut(Page page, Object other) {
    if (met) {
      return page.first(0);
    }
    for (int i = 0; i < page.items().size(); i++) {
      if (place(page.items().get(i)).equals(other)) {
        met = true;
        return page.first(i);
      }
    }
    // Who comes to the end alone has read all that the other one has not handed over yet.
    met = page.next().isEmpty();
    return page;
  }

  private Object last(Page page, Object before) {
    int items = page.items().size();
    return items == 0 ? before : place(page.items().get(items - 1));
  }

  private Object place(Item item) {
    return place.stream()
        .map(key -> Optional.ofNullable(selection.value(item, key)).map(KeyType::canonical))
        .toList();
  }
}
