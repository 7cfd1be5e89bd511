package org.dynocopy.scripts.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.dynocopy.scripts.benchmark.StubTables.Answer;

/**
 * A DynamoDB that does next to nothing, in a process of its own: what a copy costs is then the
 * client's own work. Speaks HTTP and HTTPS on the loopback address, with a thread for each
 * connection.
 */
final class StubServer {

  private final StubTables tables;
  private final long latencyNanos;
  private final LongAdder requests = new LongAdder();
  private final LongAdder expectations = new LongAdder();

  private StubServer(StubTables tables, long latencyNanos) {
    this.tables = tables;
    this.latencyNanos = latencyNanos;
  }

  /**
   * Runs until standard input ends; answers each line of it with what it has counted since.
   *
   * @param args latency in ns, partitions (0: no limits), reads and writes of each, the key store
   */
  public static void main(String... args) throws Exception {
    int partitions = Integer.parseInt(args[1]);
    Optional<Partitions> limits =
        partitions == 0
            ? Optional.empty()
            : Optional.of(
                new Partitions(
                    partitions, Double.parseDouble(args[2]), Double.parseDouble(args[3])));
    StubServer server = new StubServer(new StubTables(limits), Long.parseLong(args[0]));
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    ServerSocket http = new ServerSocket(0, 512, loopback);
    ServerSocket https =
        Certificate.serverSockets(Path.of(args[4])).createServerSocket(0, 512, loopback);
    server.accept(http);
    server.accept(https);
    System.out.printf(
        "http://127.0.0.1:%d https://127.0.0.1:%d%n", http.getLocalPort(), https.getLocalPort());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    while (in.readLine() != null) {
      System.out.println(server.counts());
    }
    System.exit(0);
  }

  private String counts() {
    return "requests=%d expectations=%d %s"
        .formatted(requests.sumThenReset(), expectations.sumThenReset(), tables.counts());
  }

  private void accept(ServerSocket socket) {
    daemon(
        () -> {
          while (true) {
            Socket connection = socket.accept();
            daemon(() -> serve(connection));
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The client has gone, in the middle of something or not.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket connection) throws IOException {
    try (connection) {
      connection.setTcpNoDelay(true);
      HttpMessages messages = new HttpMessages(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (messages.readHead()) {
        if (messages.header("Expect") != null) {
          expectations.increment();
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        messages.readBody();
        requests.increment();
        String target = String.valueOf(messages.header("X-Amz-Target"));
        String operation = target.substring(target.indexOf('.') + 1);
        send(tables.answer(operation, messages.body(), messages.length()), out);
      }
    }
  }

  private void send(Answer answer, OutputStream out) throws IOException {
    if (latencyNanos > 0) {
      LockSupport.parkNanos(latencyNanos);
    }
    String head =
        "HTTP/1.1 "
            + (answer.status() == 200 ? "200 OK" : "400 Bad Request")
            + "\r\nServer: Server\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + answer.body().length
            + "\r\nConnection: keep-alive\r\nx-amzn-RequestId: BENCHMARK\r\nx-amz-crc32: "
            + answer.crc()
            + "\r\n\r\n";
    byte[] start = head.getBytes(ISO_8859_1);
    // In one piece where it is small: one packet.
    if (answer.body().length < 8192) {
      byte[] all = new byte[start.length + answer.body().length];
      System.arraycopy(start, 0, all, 0, start.length);
      System.arraycopy(answer.body(), 0, all, start.length, answer.body().length);
      out.write(all);
    } else {
      out.write(start);
      out.write(answer.body());
    }
  }
}
