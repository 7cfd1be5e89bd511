package org.dynocopy.store.dynamo;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.ForwardingSink;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;

/**
 * Counts the items of an index that come more than once. As a rule they do because the index moves
 * while it is read: what moves from behind the reader to before it comes twice, and what moves the
 * other way never comes.
 */
public final class RepeatedItems {

  /** Of so many items it is known that they came: the first ones, in 4 MB. */
  private static final int WATCHED = 200_000;

  private final TableReading reading;
  private final ItemKeys names;
  private final KeyDigests seen = new KeyDigests(WATCHED);
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
  public Sink watching(Sink sink) {
    return new ForwardingSink(sink) {
      @Override
      public Written write(List<Item> batch) throws StoreException, InterruptedException {
        Written written = sink.write(batch);
        for (int i = 0; i < batch.size(); i++) {
          if (!written.unprocessed().get(i)) {
            note(batch.get(i));
          }
        }
        return written;
      }
    };
  }

  private void note(Item item) {
    try {
      note(ByteBuffer.wrap(names.digest(names.attributes(item))));
    } catch (StoreException e) {
      // It was written: nothing is wrong with it that would be told here.
      return;
    }
  }

  private synchronized void note(ByteBuffer key) {
    if (seen.contains(key)) {
      repeated++;
    } else if (watched < WATCHED) {
      watched++;
      seen.add(key);
    }
  }

  /** Returns what there is to say, if any item came more than once. */
  public synchronized Optional<String> note() {
    return repeated == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%,d items came more than once: the index `%s` moved while it was read, and items"
                    + " that moved the other way may be missing; to read it again and copy what is,"
                    + " run `dynocopy verify` with the same tables and keys and `--repair`",
                repeated, reading.index().orElseThrow().name()));
  }
}
