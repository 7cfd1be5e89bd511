package org.dynocopy.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Breaks connections off whose peer keeps its thread waiting for too long. One thread for all
 * connections of a transport, from the first one until all are closed.
 */
final class SocketWatch implements AutoCloseable {

  private static final long LONGEST_MILLIS = 1_000;

  private final long periodMillis;
  private final Set<WatchedSocket> sockets = ConcurrentHashMap.newKeySet();
  private Thread thread;
  private boolean closed;

  /**
   * Begins without a connection.
   *
   * @param least the least time that one may wait; it is seen a quarter of it late, or a second
   */
  SocketWatch(Duration least) {
    this.periodMillis = Math.max(1, Math.min(LONGEST_MILLIS, least.toMillis() / 4));
  }

  /** Watches a socket until it is closed. */
  synchronized void add(WatchedSocket socket) {
    sockets.add(socket);
    if (thread == null) {
      thread = new Thread(this::work, "socket-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work() {
    try {
      while (!over()) {
        Thread.sleep(periodMillis);
        sockets.forEach(WatchedSocket::breakOffIfLate);
        sockets.removeIf(WatchedSocket::isClosed);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("no other code has this thread", e);
    }
  }

  private synchronized boolean over() {
    if (closed && sockets.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }

  /** Says that no more sockets come. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
