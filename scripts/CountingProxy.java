package org.dynocopy.scripts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server, and counts requests and the items that it takes and removes. */
public class CountingProxy implements AutoCloseable {

  private final HttpServer server;
  private final URI behind;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong written = new AtomicLong();

  /** Listens on the loopback address. */
  public CountingProxy(URI behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::pass);
    server.start();
  }

  /** Returns its own address. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns how many requests have come. */
  public long requests() {
    return requests.get();
  }

  /** Returns how many items the server has taken or removed. */
  public long written() {
    return written.get();
  }

  /**
   * Decides, when a request comes and again when the server has done what it asks, whether it is
   * cut off there.
   *
   * @param done whether the server has done it
   */
  protected boolean cutsOff(boolean done) throws InterruptedException {
    return false;
  }

  private void pass(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (cutsOff(false)) {
        return;
      }
      var request = HttpRequest.newBuilder(behind);
      var operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      for (var name : List.of("X-Amz-Target", "Authorization", "Content-Type", "X-Amz-Date")) {
        var value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
        }
      }
      var answer =
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        written.addAndGet(writes(operation, new String(body, StandardCharsets.UTF_8)));
      }
      if (cutsOff(true)) {
        return;
      }
      answer
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long writes(String operation, String body) {
    return operation.endsWith(".PutItem") || operation.endsWith(".DeleteItem")
        ? 1
        : body.split("\"(Put|Delete)Request\"", -1).length - 1;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
