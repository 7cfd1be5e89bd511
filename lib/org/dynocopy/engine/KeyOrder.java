package org.dynocopy.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps items with the same key apart and in the order in which they were read: the next one starts
 * when the one before it is settled. Guarded by its {@link Interleaver}.
 */
final class KeyOrder {

  private final Map<Object, Deque<PendingItem>> waitingByKey = new HashMap<>();

  /** Returns whether the item may start; else it waits here. */
  boolean start(PendingItem item) {
    Deque<PendingItem> waiting = waitingByKey.get(item.key());
    if (waiting == null) {
      waitingByKey.put(item.key(), new ArrayDeque<>(1));
      return true;
    }
    waiting.add(item);
    return false;
  }

  /** Returns the item that may start now that this one is settled, or null. */
  PendingItem next(PendingItem settled) {
    Deque<PendingItem> waiting = waitingByKey.get(settled.key());
    if (waiting.isEmpty()) {
      waitingByKey.remove(settled.key());
    }
    return waiting.poll();
  }
}
