package org.dynocopy.job;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.Source.Split;
import org.dynocopy.engine.StoreException;
import org.dynocopy.store.dynamo.TableReading;

/** Reads one page after the other, when its items are asked for. */
final class ItemStream implements Iterator<Item> {

  private final Shaper shaper;
  private final Iterator<Split> splits;
  private final Runnable done;
  private Optional<Split> split = Optional.empty();
  private Optional<Position> position = Optional.empty();
  private Iterator<Item> page = Collections.emptyIterator();
  private Optional<Item> next = Optional.empty();
  private long left;

  private ItemStream(TableReading reading, Runnable done) {
    this.done = done;
    this.shaper = reading.shaper();
    this.splits = reading.source().splits().iterator();
    this.left = reading.reading().limit().orElse(Long.MAX_VALUE);
  }

  static Stream<Item> of(TableReading reading, Runnable done) {
    Spliterator<Item> items =
        Spliterators.spliteratorUnknownSize(
            new ItemStream(reading, done), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(items, false).onClose(done);
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && left > 0) {
      if (page.hasNext()) {
        next = shape(page.next());
      } else if (split.isPresent() || splits.hasNext()) {
        readPage();
      } else {
        left = 0;
      }
    }
    if (next.isEmpty()) {
      done.run();
    }
    return next.isPresent();
  }

  @Override
  public Item next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Item item = next.orElseThrow();
    next = Optional.empty();
    left--;
    return item;
  }

  private void readPage() {
    Split reading = split.isPresent() ? split.get() : splits.next();
    try {
      Page read = reading.read(position, Retry.alone(Retry.Backoff.DEFAULT));
      page = read.items().iterator();
      position = read.next();
      split = position.map(more -> reading);
    } catch (StoreException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Optional<Item> shape(Item item) {
    try {
      return shaper.shape(item);
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
