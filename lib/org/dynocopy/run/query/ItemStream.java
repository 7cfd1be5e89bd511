package org.dynocopy.run.query;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dynocopy.core.Item;

/** Items of an engine, one by one, as they are asked for. */
final class ItemStream implements Iterator<Item> {

  /** Ends the engines of streams that nobody reads to their end, or closes. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final ItemRelay relay;
  private final Runnable done;
  private Iterator<Item> batch = Collections.emptyIterator();
  private boolean ended;

  private ItemStream(ItemRelay relay, Runnable done) {
    this.relay = relay;
    this.done = done;
  }

  /**
   * Returns a stream.
   *
   * @param done called when the stream ends, fails or is closed, and nothing is read any more;
   *     perhaps several times
   */
  static Stream<Item> of(ItemRelay relay, Runnable done) {
    ItemStream items = new ItemStream(relay, done);
    CLEANER.register(
        items,
        () -> {
          relay.close();
          done.run();
        });
    Spliterator<Item> each =
        Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(each, false).onClose(items::close);
  }

  private void close() {
    relay.close();
    try {
      relay.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    done.run();
  }

  @Override
  public boolean hasNext() {
    if (!batch.hasNext() && !ended) {
      batch = take().iterator();
      ended = !batch.hasNext();
      if (ended) {
        close();
      }
    }
    return batch.hasNext();
  }

  /** Returns the next items; none at the end. */
  private List<Item> take() {
    try {
      return relay.take().orElse(List.of());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Item next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return batch.next();
  }
}
