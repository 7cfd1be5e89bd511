package org.dynocopy.store.dynamo.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.MovingItems;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.dynamo.key.KeyDigestSet;
import org.dynocopy.store.dynamo.key.KeyExtractor;

/**
 * The items that came of an index while it was read. It is read once more from its upper end: an
 * item that goes on moving the same way meets that reader.
 */
final class IndexItems implements MovingItems {

  /** How many keys the first set has room for; each further one has room for four times as many. */
  private static final long FIRST = 1 << 16;

  /** The keys that came take no more of the heap than one part of so many. */
  private static final long PART_OF_HEAP = 16;

  private final DynamoReading reading;
  private final KeyExtractor names;
  private final List<KeyDigestSet> seen = new ArrayList<>();
  private long room = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / KeyDigestSet.BYTES;
  private long free;
  private boolean allSeen = true;
  private long pages;
  private long repeated;
  private long looked;

  /** Watches what is read of an index. */
  IndexItems(DynamoReading reading) {
    this.reading = reading;
    this.names = new KeyExtractor(reading.table().keyNames());
  }

  @Override
  public TableReading first() {
    return reading.watched(this::note);
  }

  @Override
  public TableReading second() {
    return reading.downwards(this::others, this::noteOthers);
  }

  @Override
  public synchronized void notAll() {
    allSeen = false;
  }

  @Override
  public synchronized boolean allSeen() {
    return allSeen;
  }

  @Override
  public synchronized boolean mayHaveMoved() {
    return pages > 1 || !allSeen;
  }

  @Override
  public synchronized long repeated() {
    return repeated;
  }

  @Override
  public synchronized long looked() {
    return looked;
  }

  @Override
  public synchronized void clear() {
    seen.clear();
    free = 0;
    room = 0;
    allSeen = false;
  }

  /** Notes what came by the first reading. */
  private Page note(Page page) {
    for (Item item : page.items()) {
      key(item).ifPresent(this::noteFirst);
    }
    synchronized (this) {
      pages++;
    }
    return page;
  }

  private synchronized void noteFirst(ByteBuffer key) {
    if (isSeen(key)) {
      repeated++;
    } else if (!add(key)) {
      allSeen = false;
    }
  }

  /** Selects what has not come. It is not noted yet: it may be gone when it is fetched. */
  private Page others(Page page) {
    List<Item> others = new ArrayList<>();
    if (allSeen()) {
      for (Item item : page.items()) {
        if (key(item).filter(this::isSeen).isEmpty()) {
          others.add(item);
        }
      }
    }
    synchronized (this) {
      looked += page.read();
    }
    // What came before is in the ledger already.
    return new Page(others, page.next(), others.size(), 0, page.bytes(), page.units());
  }

  /** Notes what came by the second reading; without room for it, it may come once more. */
  private Page noteOthers(Page page) {
    for (Item item : page.items()) {
      key(item).ifPresent(this::noteOther);
    }
    return page;
  }

  private synchronized void noteOther(ByteBuffer key) {
    if (!isSeen(key)) {
      add(key);
    }
  }

  /** Returns a digest of the key; empty if there is none: the target refuses it, and says why. */
  private Optional<ByteBuffer> key(Item item) {
    try {
      return Optional.of(ByteBuffer.wrap(names.digest(names.attributes(item))));
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private synchronized boolean isSeen(ByteBuffer key) {
    for (KeyDigestSet some : seen) {
      if (some.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** Adds a key that is not seen, if there is room for it, and returns whether there is. */
  private synchronized boolean add(ByteBuffer key) {
    if (free == 0 && room > 0) {
      free = Math.min(room, FIRST << 2 * seen.size());
      room -= free;
      seen.add(new KeyDigestSet(free));
    }
    if (free == 0) {
      return false;
    }
    free--;
    seen.get(seen.size() - 1).add(key);
    return true;
  }
}
