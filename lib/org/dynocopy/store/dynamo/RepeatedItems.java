package org.dynocopy.store.dynamo;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.ForwardingSink;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.RepairCommand;

/**
 * Counts the items of an index that come more than once. They do where the index moves while it is
 * read: what moves from behind the reader to before it comes twice, and what moves the other way
 * never comes. And they do where two readers have read it from both ends, but not in the same
 * order.
 */
public final class RepeatedItems {

  /** Of so many items it is known that they came: the first ones, in 4 MB. */
  private static final int WATCHED = 200_000;

  private final TableReading reading;
  private final ItemKeys names;
  private Optional<KeyDigests> seen = Optional.empty();
  private int watched;
  private long repeated;

  private RepeatedItems(TableReading reading) {
    this.reading = reading;
    this.names = new ItemKeys(reading.table().keyNames());
  }

  /** Watches what is read of an index; empty for a table, whose items do not move. */
  public static Optional<RepeatedItems> of(TableReading reading) {
    return reading.index().map(index -> new RepeatedItems(reading));
  }

  /** Returns a sink that counts what another one has taken. */
  public synchronized Sink watching(Sink sink) {
    KeyDigests known = seen.orElseGet(() -> new KeyDigests(WATCHED));
    seen = Optional.of(known);
    return new ForwardingSink(sink) {
      @Override
      public Written write(List<Item> batch) throws StoreException, InterruptedException {
        Written written = sink.write(batch);
        for (int i = 0; i < batch.size(); i++) {
          if (!written.unprocessed().get(i)) {
            note(known, batch.get(i));
          }
        }
        return written;
      }
    };
  }

  private void note(KeyDigests known, Item item) {
    try {
      note(known, ByteBuffer.wrap(names.digest(names.attributes(item))));
    } catch (StoreException e) {
      // It was written: nothing is wrong with it that would be told here.
      return;
    }
  }

  private synchronized void note(KeyDigests known, ByteBuffer key) {
    if (known.contains(key)) {
      repeated++;
    } else if (watched < WATCHED) {
      watched++;
      known.add(key);
    }
  }

  /** Returns what there is to say of a copy, if any item came more than once. */
  public synchronized Optional<String> note(Plan plan) {
    if (repeated == 0) {
      return Optional.empty();
    }
    TableInfo.Index index = reading.index().orElseThrow();
    String why =
        reading.readsFromBothEnds()
            ? "index `%s` was read from both ends, in two orders, or it moved while it was read:"
                + " then items that moved the other way may be missing"
            : "index `%s` moved while it was read, and items that moved the other way may be"
                + " missing";
    return Optional.of(
        String.format("%,d items came more than once: the ", repeated)
            + String.format(why, index.name())
            + "; to read it again and copy what is missing, run "
            + RepairCommand.of(plan, index.global()));
  }
}
