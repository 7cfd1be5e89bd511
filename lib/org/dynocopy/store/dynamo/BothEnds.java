package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;

/**
 * Where two readers of one range meet, one from each end: a page in which the item stands that the
 * other reader has read last is cut before it, and both are done.
 *
 * <p>An item's place in an index is its keys in the index and in the table. So an item that moves
 * meanwhile is not taken for the one that was there. And as nothing says in which order items with
 * the same sort key come, a page is cut only if what stands behind is what the other reader has
 * handed over; else both read on, and items come twice rather than never.
 */
final class BothEnds {

  /** How many places are remembered of what each reader has read last: some pages. */
  private static final int REMEMBERED = 20_000;

  private final Selection selection;
  private final List<TableInfo.Key> attributes;
  private final Reader up = new Reader();
  private final Reader down = new Reader();
  private boolean met;

  /** What one of the two has handed over. */
  private static final class Reader {
    private final Set<Object> recent = new LinkedHashSet<>();
    private Object last;

    void read(List<Object> places) {
      recent.addAll(places);
      Iterator<Object> oldest = recent.iterator();
      for (int more = recent.size() - REMEMBERED; more > 0; more--) {
        oldest.next();
        oldest.remove();
      }
      last = places.isEmpty() ? last : places.get(places.size() - 1);
    }

    /**
     * Returns whether it has read these, in the order from its last one back, as far as it knows.
     */
    boolean hasRead(List<Object> places) {
      return recent.containsAll(places.subList(0, Math.min(places.size(), recent.size())));
    }
  }

  /** Begins after a page that was read from the lower end. */
  BothEnds(Selection selection, Position read) {
    this.selection = selection;
    this.attributes = new ArrayList<>(selection.table().keys());
    selection.index().ifPresent(index -> attributes.addAll(index.keys()));
    up.read(List.of(place(new Item(read.token(), 0, read.token().length))));
  }

  /** Returns what of a page from the lower end the other reader does not have. */
  synchronized Page upwards(Page page) {
    return handOver(page, up, down);
  }

  /** Returns what of a page from the upper end the other reader does not have. */
  synchronized Page downwards(Page page) {
    return handOver(page, down, up);
  }

  private Page handOver(Page page, Reader reader, Reader other) {
    List<Object> places = page.items().stream().map(this::place).toList();
    if (met) {
      return rest(page, places, reader, other);
    }
    int meeting = places.indexOf(other.last);
    if (meeting >= 0 && other.hasRead(places.subList(meeting, places.size()))) {
      met = true;
      reader.read(places.subList(0, meeting));
      return page.only(page.items().subList(0, meeting), Optional.empty());
    }
    // Who comes to the end alone has read all that the other one has not handed over yet.
    met = page.next().isEmpty();
    reader.read(places);
    return page;
  }

  /** A page that was on its way when the two met: the other reader should have all of it. */
  private static Page rest(Page page, List<Object> places, Reader reader, Reader other) {
    List<Item> left = new ArrayList<>();
    if (!other.hasRead(places)) {
      for (int i = 0; i < places.size(); i++) {
        if (!other.recent.contains(places.get(i))) {
          left.add(page.items().get(i));
        }
      }
    }
    reader.read(places);
    return page.only(left, left.isEmpty() ? Optional.empty() : page.next());
  }

  private Object place(Item item) {
    return attributes.stream()
        .map(key -> Optional.ofNullable(selection.value(item, key)).map(KeyType::canonical))
        .toList();
  }
}
