package org.dynocopy.core;

import java.io.IOException;
import org.dynocopy.diagnostic.Location;

/**
 * Keeps the items that a run cannot write. One thread uses it at a time. Its text names the place,
 * as a user would.
 */
public interface DeadLetterSink extends AutoCloseable {

  /**
   * Keeps an item: when this returns, it is there for good.
   *
   * @param refused what in the recipe could not take the item
   * @param reason why
   * @throws StoreException if it could not be kept
   */
  void put(Item item, Location refused, String reason) throws StoreException;

  /**
   * Keeps a line of other dead letters that could not be understood, as it is.
   *
   * @param line without its end
   * @throws StoreException as {@link #put}
   */
  void put(byte[] line) throws StoreException;

  @Override
  void close() throws IOException;
}
