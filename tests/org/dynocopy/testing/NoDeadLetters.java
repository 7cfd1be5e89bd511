package org.dynocopy.testing;

import org.dynocopy.core.DeadLetterSink;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.Location;

/** Where every item can be written. */
public final class NoDeadLetters implements DeadLetterSink {

  @Override
  public void put(Item item, Location refused, String reason) {
    throw new AssertionError(reason + ": " + item);
  }

  @Override
  public void put(byte[] line) {
    throw new AssertionError(new String(line));
  }

  @Override
  public void close() {}
}
