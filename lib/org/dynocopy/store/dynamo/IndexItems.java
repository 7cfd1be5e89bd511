package org.dynocopy.store.dynamo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.StoreException;

/**
 * The items that came of an index while it was read. They move in it when they change: what moves
 * from behind the reader to before it comes twice, and what moves the other way never comes. So the
 * index is read once more, from its upper end, for those that did not come. An item that goes on
 * moving the same way meets that reader.
 */
public final class IndexItems {

  /** How many keys the first set has room for; each further one has more. */
  private static final long FIRST = 1 << 16;

  private static final long GROWTH = 4;

  /** The keys that came take no more of the heap than one part of so many. */
  private static final long PART_OF_HEAP = 16;

  private final TableReading reading;
  private final ItemKeys names;
  private final List<KeyDigests> seen = new ArrayList<>();
  private long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / KeyDigests.BYTES;
  private long free;
  private boolean allSeen = true;
  private long pages;
  private long repeated;
  private long looked;

  private IndexItems(TableReading reading) {
    this.reading = reading;
    this.names = new ItemKeys(reading.table().keyNames());
  }

  /** Watches what is read of an index; empty for a table, whose items do not move. */
  public static Optional<IndexItems> of(TableReading reading) {
    return reading.index().map(index -> new IndexItems(reading));
  }

  /** Returns the reading that is watched. */
  public TableReading first() {
    return reading.watched(this::note);
  }

  /**
   * Returns the reading that brings what did not come by the first one, after that has ended. Where
   * it is not known what has come, it brings nothing, and only counts.
   */
  public TableReading second() {
    return reading.downwards(this::others);
  }

  /** Says that another run, which was stopped, has read a part: what came then is not known. */
  public synchronized void notAll() {
    allSeen = false;
  }

  /** Returns whether it is known of each item whether it came. */
  public synchronized boolean allSeen() {
    return allSeen;
  }

  /** Returns whether items can have moved: there was a time between two pages. */
  public synchronized boolean mayHaveMoved() {
    return pages > 1 || !allSeen;
  }

  /** Returns how many items came more than once. */
  public synchronized long repeated() {
    return repeated;
  }

  /** Returns how many items the second reading has looked at. */
  public synchronized long looked() {
    return looked;
  }

  private Page note(Page page) {
    int again = page.items().size() - unseen(page).size();
    synchronized (this) {
      pages++;
      repeated += again;
    }
    return page;
  }

  private Page others(Page page) {
    List<Item> others = allSeen() ? unseen(page) : List.of();
    synchronized (this) {
      looked += page.read();
    }
    // What came before is in the ledger already.
    return new Page(others, page.next(), others.size(), 0, page.bytes(), page.units());
  }

  /** Returns those items of a page that are seen for the first time. */
  private List<Item> unseen(Page page) {
    return page.items().stream().filter(this::see).toList();
  }

  private boolean see(Item item) {
    try {
      return see(ByteBuffer.wrap(names.digest(names.attributes(item))));
    } catch (StoreException e) {
      // It has no key: the target refuses it, and says why.
      return true;
    }
  }

  private synchronized boolean see(ByteBuffer key) {
    if (seen.stream().anyMatch(some -> some.contains(key))) {
      return false;
    }
    if (free == 0 && room > 0) {
      free = Math.min(room, seen.isEmpty() ? FIRST : free(seen.size()));
      room -= free;
      seen.add(new KeyDigests(free));
    }
    if (free > 0) {
      free--;
      seen.get(seen.size() - 1).add(key);
    } else {
      allSeen = false;
    }
    return true;
  }

  private static long free(int sets) {
    long free = FIRST;
    for (int i = 0; i < sets; i++) {
      free *= GROWTH;
    }
    return free;
  }
}
