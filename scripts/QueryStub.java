package org.dynocopy.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A service that holds the table {@code users} with the index {@code byTenant} ({@code tenant},
 * {@code time}), and answers dynocopy's queries of its only tenant {@code t1} in pages of 1 MB. An
 * answer is a slice of bytes made beforehand: it costs a wait, and next to no work.
 */
public final class QueryStub implements AutoCloseable {

  /** How long it waits before each answer. */
  public static final int WAIT_MS = 20;

  /** How the sort keys lie in ten years. */
  public enum Keys {
    /** Evenly. */
    UNIFORM,
    /** 95 % of them within one day. */
    HOT_DAY
  }

  private static final int PAGE = 1 << 20;

  private static final String TABLE =
      """
      {"Table":{"TableName":"users","TableStatus":"ACTIVE","TableArn":"arn:aws:dynamodb:eu-west-1:1:table/users",
       "TableId":"1","ItemCount":1,"TableSizeBytes":1,"BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
       "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
        {"AttributeName":"tenant","AttributeType":"S"},{"AttributeName":"time","AttributeType":"S"}],
       "GlobalSecondaryIndexes":[{"IndexName":"byTenant","Projection":{"ProjectionType":"ALL"},"KeySchema":
        [{"AttributeName":"tenant","KeyType":"HASH"},{"AttributeName":"time","KeyType":"RANGE"}]}]}}
      """;

  private static final Pattern VALUE = Pattern.compile("\":dynocopy\\d\":\\{\"S\":\"([^\"]*)\"");
  private static final Pattern START =
      Pattern.compile("\"ExclusiveStartKey\":.*?\"id\":\\{\"S\":\"u(\\d+)\"");

  private final Process process;
  private final String endpoint;
  private final String digest;

  private QueryStub(Process process, String endpoint, String digest) {
    this.process = process;
    this.endpoint = endpoint;
    this.digest = digest;
  }

  /** Starts a stub in a process of its own. */
  public static QueryStub start(int items, int size, Keys keys) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                QueryStub.class.getName(),
                "" + items,
                "" + size,
                keys.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return new QueryStub(process, says.readLine(), says.readLine());
  }

  /** Returns its address. */
  public String endpoint() {
    return endpoint;
  }

  /** Returns how many items it has, and the sum of their checksums. */
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Serves so many items of a size with such keys, until its standard input ends. */
  public static void main(String... args) throws IOException {
    var items =
        new Items(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Keys.valueOf(args[2]));
    var listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    var threads =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            });
    threads.execute(
        () -> {
          while (true) {
            try {
              var connection = listener.accept();
              threads.execute(() -> serve(connection, items));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    System.out.println("http://127.0.0.1:" + listener.getLocalPort());
    System.out.println(items.digest());
    while (System.in.read() >= 0) {}
  }

  private static void serve(Socket connection, Items items) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedInputStream(connection.getInputStream());
      for (String request; (request = read(in)) != null; ) {
        Thread.sleep(WAIT_MS);
        if (request.contains("KeyConditionExpression")) {
          items.answer(request, connection);
        } else {
          answer(connection, TABLE.getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // The client has hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a request's body; null at the end of the connection. */
  private static String read(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return length == 0 ? null : new String(in.readNBytes(length), UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toString(UTF_8).stripTrailing();
  }

  private static void answer(Socket connection, byte[] body) throws IOException {
    var crc = new CRC32();
    crc.update(body);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n"
            + "x-amz-crc32: %d\r\n\r\n";
    var out = connection.getOutputStream();
    out.write(head.formatted(body.length, crc.getValue()).getBytes(UTF_8));
    out.write(body);
  }

  /** The items in the order of the index, as one text; an item's id is its place. */
  private static final class Items {
    private final String[] times;
    private final byte[] json;
    private final int[] ends;
    private final int most;
    private long sum;

    Items(int number, int size, Keys keys) {
      var random = new SplittableRandom(1);
      most = PAGE / size;
      times = new String[number];
      Arrays.setAll(times, i -> time(keys, random));
      Arrays.sort(times);
      ends = new int[number];
      var all = new ByteArrayOutputStream(number * (size + 100));
      for (int i = 0; i < number; i++) {
        byte[] item = item(i, size, random).getBytes(UTF_8);
        var crc = new CRC32();
        crc.update(item);
        sum += crc.getValue();
        all.writeBytes(item);
        ends[i] = all.size();
        all.write(',');
      }
      json = all.toByteArray();
    }

    private static String time(Keys keys, SplittableRandom random) {
      boolean hot = keys == Keys.HOT_DAY && random.nextInt(100) < 95;
      var day = Instant.parse("2024-05-05T00:00:00.001Z");
      var from = hot ? day : day.minus(Duration.ofDays(8 * 365));
      return from.plusMillis(random.nextLong((hot ? 1 : 3650) * 86_400_000L)).toString();
    }

    private String item(int place, int size, SplittableRandom random) {
      String known =
          "{\"id\":{\"S\":\"%s\"},\"tenant\":{\"S\":\"t1\"},\"time\":{\"S\":\"%s\"},\"age\":{\"N\":\"%d\"}"
              .formatted(id(place), times[place], random.nextInt(100));
      String more =
          ",\"address\":{\"M\":{\"city\":{\"S\":\"Berlin\"},\"zip\":{\"N\":\"%d\"}}},\"roles\":{\"SS\":[\"a\",\"b\"]}"
              .formatted(random.nextInt(10_000, 99_999));
      // The service counts names and values: about 100 bytes of those above.
      return known + more + ",\"text\":{\"S\":\"" + "x".repeat(size - 104) + "\"}}";
    }

    private static String id(int place) {
      return "u%07d".formatted(place);
    }

    String digest() {
      return times.length + ":" + sum;
    }

    void answer(String request, Socket connection) throws IOException {
      // The key above another one is that one and a zero.
      List<String> asked =
          VALUE
              .matcher(request)
              .results()
              .map(value -> value.group(1).replace("\\u0000", "\0"))
              .toList();
      int from = asked.size() < 2 ? 0 : place(asked.get(1));
      int to = asked.size() < 3 ? times.length : place(asked.get(2) + '\0');
      Matcher start = START.matcher(request);
      if (start.find()) {
        from = Integer.parseInt(start.group(1)) + 1;
      }
      if (request.contains("\"ScanIndexForward\":false")) {
        from = Math.max(from, to - 1);
      }
      QueryStub.answer(connection, page(from, Math.min(to, from + most), to));
    }

    private byte[] page(int from, int end, int to) {
      int items = Math.max(0, end - from);
      var page = new ByteArrayOutputStream(PAGE * 3 / 2);
      page.writeBytes("{\"Items\":[".getBytes(UTF_8));
      if (items > 0) {
        int offset = from == 0 ? 0 : ends[from - 1] + 1;
        page.write(json, offset, ends[end - 1] - offset);
      }
      String more =
          end >= to
              ? ""
              : ",\"LastEvaluatedKey\":{\"id\":{\"S\":\"%s\"},\"tenant\":{\"S\":\"t1\"},\"time\":{\"S\":\"%s\"}}"
                  .formatted(id(end - 1), times[end - 1]);
      String counts =
          "],\"Count\":%d,\"ScannedCount\":%d,\"ConsumedCapacity\":{\"CapacityUnits\":128}%s}"
              .formatted(items, items, more);
      page.writeBytes(counts.getBytes(UTF_8));
      return page.toByteArray();
    }

    /** Returns the place of the first item that is not before a time. */
    private int place(String time) {
      int place = Arrays.binarySearch(times, time);
      while (place > 0 && times[place - 1].equals(time)) {
        place--;
      }
      return place < 0 ? -place - 1 : place;
    }
  }
}
