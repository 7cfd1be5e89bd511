package org.dynocopy.job;

import org.dynocopy.engine.DeadLetterSink;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Location;

/** Keeps no items: where one would have to be kept, the run fails with the reason. */
final class NoDeadLetters implements DeadLetterSink {

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
