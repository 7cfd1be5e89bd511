package org.dynocopy.run.job;

import org.dynocopy.core.DeadLetterSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;

/** Keeps no items: where one would have to be kept, the run fails with the reason. */
public final class NoDeadLetters implements DeadLetterSink {

  @Override
  public void put(Item item, Location refused, String reason) throws StoreException {
    throw new StoreException(StoreException.Kind.REFUSED, reason);
  }

  @Override
  public void put(byte[] line) {
    throw new IllegalStateException("there are no lines");
  }

  @Override
  public void close() {}
}
