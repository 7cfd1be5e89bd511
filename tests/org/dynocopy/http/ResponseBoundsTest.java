package org.dynocopy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dynocopy.http.Transport.Body;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.testing.ChildJava;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Answers that do not end, or are large, on several connections at once in a small heap. */
@Execution(ExecutionMode.CONCURRENT)
class ResponseBoundsTest {

  private static final int CONNECTIONS = 8;
  private static final int LEGAL = 11 << 20;

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  /** What servers say, and what is said without an end. */
  private record Endless(String first, String forEver) {}

  private static Map<String, Endless> endless() {
    String much = "x".repeat(8_000);
    Map<String, Endless> all = new LinkedHashMap<>();
    all.put("length", new Endless(OK + "Content-Length: 900000000000\r\n\r\n", much));
    all.put("chunk", new Endless(CHUNKED + "fffffffffff\r\n", much));
    all.put("chunks", new Endless(CHUNKED, "1f40\r\n" + much + "\r\n"));
    all.put("close", new Endless(OK + "\r\n", much));
    all.put("status", new Endless("HTTP/1.1 200 ", much));
    all.put("header", new Endless(OK + "X-More: ", much));
    all.put("headers", new Endless(OK, "a:\r\n".repeat(2_000)));
    all.put("continue", new Endless("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(300)));
    all.put("extension", new Endless(CHUNKED + "1;", much));
    all.put("extensions", new Endless(CHUNKED, ("1;" + "x".repeat(500) + "\r\nx\r\n").repeat(16)));
    all.put("trailers", new Endless(CHUNKED + "0\r\n", "a:\r\n".repeat(2_000)));
    return all;
  }

  private static void serve(Conversation with) throws IOException {
    Map<String, Endless> kinds = endless();
    while (true) {
      String kind = with.hear().head().get(0).split(" ")[1].substring(1);
      if (kind.equals("large")) {
        with.answer("y".repeat(LEGAL));
      } else if (kind.equals("gzip")) {
        with.say(OK + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
      } else {
        with.say(kinds.get(kind).first());
        while (true) {
          with.say(kinds.get(kind).forEver());
        }
      }
    }
  }

  /** Asks for each kind over all connections at once, and prints what came of it. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) throws Exception {
      int port = Integer.parseInt(Path.of(args[0]).getFileName().toString());
      List<String> kinds = new ArrayList<>(endless().keySet());
      kinds.addAll(List.of("gzip", "large"));
      ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
      try (Transport transport = Transports.SOCKETS.open(ProxySettings.NONE, TrustStore.OF_JAVA)) {
        for (String kind : kinds) {
          Callable<String> call = () -> ask(transport, port, kind);
          Set<String> results = new TreeSet<>();
          for (Future<String> one : threads.invokeAll(Collections.nCopies(CONNECTIONS, call))) {
            results.add(one.get());
          }
          System.out.println(kind + "\t" + String.join(" | ", results));
        }
      }
      threads.shutdown();
    }

    private static String ask(Transport transport, int port, String kind) {
      Origin origin = new Origin(false, "127.0.0.1", port);
      List<Header> headers = List.of(new Header("Host", origin.header()));
      Request request = new Request(origin, "GET", "/" + kind, headers, Body.NONE);
      try {
        return transport.send(request).body().length + " bytes";
      } catch (IOException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void answersWithoutAnEndDoNotFillTheHeap() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ResponseBoundsTest::serve)) {
      Path port = Path.of("/" + server.port());
      Process process = ChildJava.start(":", Asking.class, port, "-Xmx96m", "-Xlog:disable");
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(out).isZero();
      String most = ": the most that is read is 12,582,912, an eighth of the heap (-Xmx)";
      String body = "an answer of more than 12,582,912 bytes" + most;
      String head = "the head of an answer has more than 65536 bytes";
      assertThat(out.lines())
          .containsExactly(
              "length\tan answer of 900,000,000,000 bytes" + most,
              "chunk\t" + body,
              "chunks\t" + body,
              "close\t" + body,
              "status\t" + head,
              "header\t" + head,
              "headers\t" + head,
              "continue\t" + head,
              "extension\t" + head,
              "extensions\t" + head,
              "trailers\t" + head,
              "gzip\tthe answer is in an encoding that was not asked for",
              "large\t" + LEGAL + " bytes");
    }
  }
}
