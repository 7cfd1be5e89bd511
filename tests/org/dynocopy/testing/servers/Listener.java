package org.dynocopy.testing.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes connections on a free port of 127.0.0.1, each served by a thread of its own. */
public final class Listener implements AutoCloseable {

  /** Serves a connection, which ends when this returns. */
  @FunctionalInterface
  public interface Serving {
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Serving serving;
  private final Thread accepting = new Thread(this::accept);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  private Listener(Serving serving) throws IOException {
    this.serving = serving;
    socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
  }

  /** Starts to listen. */
  public static Listener start(Serving serving) {
    try {
      var listener = new Listener(serving);
      listener.accepting.start();
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Returns how many connections there were. */
  public int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        accepted.incrementAndGet();
        open.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      serving.serve(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client has hung up, or refuses to talk: its side of the test says whether it should.
    } finally {
      open.remove(connection);
    }
  }

  /** Ends all connections. Afterwards nothing listens on the port. */
  @Override
  public void close() {
    try {
      socket.close();
      accepting.join(); // an accept() under way may take one more connection
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
