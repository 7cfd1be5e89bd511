package org.dynocopy.store.dynamo.wire;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Breaks connections off whose peer does not read any more: a write that is blocked knows no limit
 * of time by itself. One thread for all connections of a transport, from the first one to its end.
 */
final class WriteWatch implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final long mostNanos;
  private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
  private Thread thread;

  /**
   * Begins without a connection.
   *
   * @param most how long a peer may take nothing of what is written
   */
  WriteWatch(Duration most) {
    this.mostNanos = most.toNanos();
  }

  /** Watches a connection until it is closed. */
  void add(SocketConnection connection) {
    connections.add(connection);
    start();
  }

  private synchronized void start() {
    if (thread == null) {
      thread = new Thread(this::work, "write-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work() {
    try {
      while (true) {
        Thread.sleep(PERIOD.toMillis());
        connections.removeIf(SocketConnection::isClosed);
        connections.forEach(connection -> connection.breakOffIfStuck(mostNanos));
      }
    } catch (InterruptedException e) {
      // Closed: who still writes then is on its way out of the process.
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
