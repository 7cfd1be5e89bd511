package org.dynocopy.verify;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;

/** Makes digests of every item that another sink has taken, and hands them on. */
public final class DigestingSink extends ForwardingSink {

  private final List<String> keys;
  private final Receiver receiver;

  /** Takes the items that were written. Called by many threads. */
  @FunctionalInterface
  public interface Receiver {
    /** Takes an item and its digests. */
    void take(ItemDigest.Digests digests, Item item) throws IOException;
  }

  /**
   * Prepares.
   *
   * @param keys the names of the table's key attributes
   */
  public DigestingSink(Sink sink, List<String> keys, Receiver receiver) {
    super(sink);
    this.keys = keys;
    this.receiver = receiver;
  }

  @Override
  public Written write(List<Item> batch) throws StoreException, InterruptedException {
    Written written = sink.write(batch);
    BitSet open = (BitSet) written.unprocessed().clone();
    open.or(written.conflicts());
    open.or(written.spared());
    ItemDigest digest = new ItemDigest(keys);
    try {
      for (int i = open.nextClearBit(0); i < batch.size(); i = open.nextClearBit(i + 1)) {
        receiver.take(digest.of(batch.get(i)), batch.get(i));
      }
    } catch (IOException e) {
      // It was written: to try it again, or to call it a dead letter, would be wrong.
      throw new StoreException(Kind.REFUSED, "an item cannot be verified: " + e.getMessage(), e);
    }
    return written;
  }
}
