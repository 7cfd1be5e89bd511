package org.dynocopy.scripts.start;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * A service on 127.0.0.1 that notes when the first byte of a request reaches it. It describes every
 * table that it is asked for, each time another one, and knows nothing else.
 */
public final class FirstRequest implements AutoCloseable {

  private static final String TABLE =
      """
      {"Table": {"TableName": "t", "TableStatus": "ACTIVE", "TableId": "NUMBER", "ItemCount": 0,
      "TableArn": "arn:aws:dynamodb:us-east-1:000000000000:table/NUMBER",
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}}
      """;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicLong first = new AtomicLong();
  private final AtomicInteger tables = new AtomicInteger();

  /** Listens, until it is closed. */
  public FirstRequest() throws IOException {
    daemon(this::accept);
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Forgets what has come so far. */
  void reset() {
    first.set(0);
  }

  /** Returns when the first request came, as {@link System#nanoTime}; 0 if none has. */
  long at() {
    return first.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        first.compareAndSet(0, System.nanoTime());
        in.reset();
        answer(in, client.getOutputStream());
      }
    } catch (IOException e) {
      // A process that ends does not say good-bye on its connections.
    }
  }

  private void answer(InputStream in, OutputStream out) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    in.readNBytes(length);
    byte[] body =
        TABLE.replace("NUMBER", "" + tables.getAndIncrement()).getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(body);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amz-crc32: "
            + crc.getValue()
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] bytes = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    out.write(bytes);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("half a request");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
