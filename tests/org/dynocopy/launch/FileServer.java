package org.dynocopy.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the files of a directory over loopback HTTP as a code host does: no listings. */
final class FileServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<String> requested = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Path root;

  FileServer(Path root) throws IOException {
    this.root = root;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The paths that were asked for, each beginning with a slash. */
  List<String> requested() {
    return List.copyOf(requested);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requested.add(path);
    Path file = root.resolve(path.substring(1)).normalize();
    try (exchange) {
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        byte[] content = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
