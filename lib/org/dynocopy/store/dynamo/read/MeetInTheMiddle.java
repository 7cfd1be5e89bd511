package org.dynocopy.store.dynamo.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.SameValue;
import org.dynocopy.store.TableInfo;

/**
 * Where two readers of one range meet, one from each end. Nothing says in which order items with
 * the same sort key come, nor that one direction is the mirror of the other. So the reader from the
 * lower end looks at what comes behind the place where they meet: if that is what the other one has
 * read, in its order back, so is the rest, and both are done. If it is anything else, this reader
 * reads all of the range alone, and items come twice rather than never.
 *
 * <p>An item's place in an index is its keys in the index and in the table: an item that moves
 * meanwhile is not taken for the one that was there.
 */
final class MeetInTheMiddle {

  /** So many items in the same order show that one is the mirror of the other… */
  private static final int ENOUGH = 1_000;

  /** …or so many, if they take as much as a page. */
  private static final int ENOUGH_LARGE = 50;

  private final Selection selection;
  private final List<TableInfo.Key> attributes;

  /** What the reader from the lower end has read last. */
  private Object last;

  /** What the reader from the upper end has read, from the last item back. */
  private final Deque<Object> above = new ArrayDeque<>();

  /** Whether the reader from the upper end is done. */
  private boolean met;

  /** Whether the reader from the lower end reads all. */
  private boolean alone;

  /** Reads on from the lower end. */
  @FunctionalInterface
  interface Following {
    /** Returns the page after a position. */
    Page page(Position after) throws StoreException, InterruptedException;
  }

  /** Begins after a page that was read from the lower end. */
  MeetInTheMiddle(Selection selection, Position read) {
    this.selection = selection;
    this.attributes = new ArrayList<>(selection.table().keys());
    selection.index().ifPresent(index -> attributes.addAll(index.keys()));
    this.last = place(new Item(read.token(), 0, read.token().length));
  }

  /** Returns what of a page from the lower end the other reader does not have. */
  synchronized Page upwards(Page page, Following following)
      throws StoreException, InterruptedException {
    if (alone) {
      return page;
    }
    List<Object> places = places(page);
    int meeting = met ? 0 : above.isEmpty() ? -1 : places.indexOf(above.peekFirst());
    if (meeting < 0) {
      last = places.isEmpty() ? last : places.get(places.size() - 1);
      // Who comes to the end has read all that the other one has not handed over yet.
      met = page.next().isEmpty();
      return page;
    }
    met = true;
    double units = 0;
    int compared = 0;
    long bytes = 0;
    Iterator<Object> mirror = above.iterator();
    Page behind = page.only(page.items().subList(meeting, places.size()), page.next());
    boolean enough = false;
    while (!enough) {
      for (Item item : behind.items()) {
        if (!enough && (!mirror.hasNext() || !mirror.next().equals(place(item)))) {
          alone = true;
          return page.plus(units);
        }
        compared++;
        bytes += item.length();
        enough |= compared >= ENOUGH || compared >= ENOUGH_LARGE && bytes >= Selection.PAGE_BYTES;
      }
      if (behind.next().isEmpty()) {
        enough = true;
      } else if (!enough) {
        behind = following.page(behind.next().get());
        units += behind.units();
      }
    }
    return page.only(page.items().subList(0, meeting), Optional.empty()).plus(units);
  }

  /** Returns what of a page from the upper end the other reader does not have. */
  synchronized Page downwards(Page page) {
    if (met) {
      return page.only(List.of(), Optional.empty());
    }
    List<Object> places = places(page);
    int meeting = places.indexOf(last);
    met = meeting >= 0 || page.next().isEmpty();
    int mine = meeting >= 0 ? meeting : places.size();
    places.subList(0, mine).forEach(above::addFirst);
    while (above.size() > ENOUGH) {
      above.removeLast();
    }
    return meeting >= 0 ? page.only(page.items().subList(0, mine), Optional.empty()) : page;
  }

  private List<Object> places(Page page) {
    return page.items().stream().map(this::place).toList();
  }

  private Object place(Item item) {
    return attributes.stream()
        .map(key -> Optional.ofNullable(selection.value(item, key)).map(SameValue::canonical))
        .toList();
  }
}
