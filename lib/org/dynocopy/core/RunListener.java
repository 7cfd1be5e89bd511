package org.dynocopy.core;

/** Gets notice of what happens in a run. Called from its threads: must be quick and thread-safe. */
public interface RunListener {

  /** Ignores everything. */
  RunListener NONE = new RunListener() {};

  /**
   * A request failed and will be sent again.
   *
   * @param attempt how many attempts have failed in a row, from 1
   * @param reason why
   */
  default void retrying(int attempt, StoreException reason) {}

  /**
   * An item cannot be written and was put into the dead-letter file.
   *
   * @param item the item
   * @param reason why
   */
  default void deadLettered(Item item, String reason) {}
}
