package org.dynocopy.testing.servers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/**
 * Stands before a real server and, now and then, lets something go wrong.
 *
 * <p>It speaks HTTP over bare sockets, because the JDK's server cannot reset a connection.
 */
public final class FaultProxy implements AutoCloseable {

  // Attribute names may have 65,535 bytes; Jackson's default limit is 50,000.
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(100_000).build())
              .build());

  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "host",
          "connection",
          "content-length",
          "expect",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private final URI server;
  private final Faults faults;
  private final Listener listener;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  /** Decides what goes wrong. */
  @FunctionalInterface
  public interface Faults {
    /**
     * Returns what happens to a request.
     *
     * @param operation such as {@code Scan}
     * @param number which request of this operation it is, from 1
     */
    Fault on(String operation, int number);
  }

  /** What happens to a request. If it leaves the request without an answer, the proxy hangs up. */
  @FunctionalInterface
  public interface Fault {
    /** The request goes to the server and its answer comes back. */
    Fault NONE = request -> request.answer(request.forward(request.body()));

    /** The table's own limit is reached. */
    Fault THROTTLED =
        request ->
            request.error(
                400,
                "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded.");

    /** The account's limit is reached. */
    Fault THROTTLING =
        request ->
            request.error(
                400, "ThrottlingException", "Rate of requests exceeds the allowed throughput.");

    /** The credentials have ended. */
    Fault EXPIRED =
        request ->
            request.error(
                400,
                "ExpiredTokenException",
                "The security token included in the request is expired");

    /** The credentials do not suffice. */
    Fault DENIED =
        request ->
            request.error(
                400, "AccessDeniedException", "User: anyone is not authorized to perform this");

    /** The service has failed. */
    Fault FAILED = request -> request.error(500, "InternalServerError", "Internal server error");

    /** A proxy on the way answers, not in JSON. */
    Fault UNAVAILABLE =
        request -> request.answer(503, "<html>Busy</html>".getBytes(StandardCharsets.US_ASCII));

    /** The answer arrives changed. */
    Fault DAMAGED = request -> request.damage(request.forward(request.body()));

    /** Half of the answer arrives. */
    Fault CUT = request -> request.cut(request.forward(request.body()));

    /** The connection breaks before the server has the request. */
    Fault RESET = Request::reset;

    /** The connection ends after the server has done what was asked, without an answer. */
    Fault UNANSWERED =
        request -> {
          request.forward(request.body());
          request.hangUp();
        };

    /** Does it. */
    void happen(Request request) throws IOException, InterruptedException;

    /** The server gets no more than {@code count} of a batch; the rest comes back unprocessed. */
    static Fault unprocessedAfter(int count) {
      return request -> request.unprocessedAfter(count);
    }

    /** The request waits before it goes to the server. */
    static Fault delayed(Duration delay) {
      return NONE.after(delay);
    }

    /** The same happens later. */
    default Fault after(Duration delay) {
      return request -> {
        Thread.sleep(delay.toMillis());
        happen(request);
      };
    }
  }

  /** Starts a proxy before a server. */
  public FaultProxy(URI server, Faults faults) {
    this.server = server;
    this.faults = faults;
    listener = Listener.start(this::serve);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** Returns how many requests of an operation have come. */
  public int requests(String operation) {
    return requests.getOrDefault(operation, new AtomicInteger()).get();
  }

  /** Returns how many requests are under way. */
  public int underWay() {
    return underWay.get();
  }

  /** Returns how many requests, of whatever operation, were under way at once at the most. */
  public int mostUnderWay() {
    return mostUnderWay.get();
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    var in = new BufferedInputStream(connection.getInputStream());
    for (Request request; (request = Request.read(this, connection, in)) != null; ) {
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        var count = requests.computeIfAbsent(request.operation, any -> new AtomicInteger());
        faults.on(request.operation, count.incrementAndGet()).happen(request);
      } finally {
        request.leave();
      }
      if (!request.answered) {
        return;
      }
    }
  }

  /** A request, and the ways to deal with it. */
  public static final class Request {
    private final FaultProxy proxy;
    private final Socket connection;
    private final Map<String, String> headers;
    private final byte[] body;
    private final String operation;
    private boolean answered;
    private boolean left;

    private Request(FaultProxy proxy, Socket connection, Map<String, String> headers, byte[] body) {
      this.proxy = proxy;
      this.connection = connection;
      this.headers = headers;
      this.body = body;
      var target = headers.getOrDefault("x-amz-target", "");
      this.operation = target.substring(target.indexOf('.') + 1);
    }

    /** Returns the next request of a connection, or null if there is none. */
    private static Request read(FaultProxy proxy, Socket connection, InputStream in)
        throws IOException {
      if (line(in) == null) { // the request line: always POST /
        return null;
      }
      var headers = new HashMap<String, String>();
      for (String line; (line = line(in)) != null && !line.isEmpty(); ) {
        int colon = line.indexOf(':');
        var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
      if (headers.containsKey("transfer-encoding")) {
        throw new IOException("the proxy reads no chunked requests");
      }
      if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
        connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] body = in.readNBytes(length);
      return body.length < length ? null : new Request(proxy, connection, headers, body);
    }

    private static String line(InputStream in) throws IOException {
      var line = new ByteArrayOutputStream();
      for (int c; (c = in.read()) >= 0; ) {
        if (c == '\n') {
          return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }
        line.write(c);
      }
      return null;
    }

    /** It is under way no more, even before who has asked can ask again. */
    private void leave() {
      if (!left) {
        left = true;
        proxy.underWay.decrementAndGet();
      }
    }

    public byte[] body() {
      return body;
    }

    /** Returns what is asked, such as {@code Scan}. */
    public String operation() {
      return operation;
    }

    /** Returns how many items a batch puts. */
    public int puts() {
      return new String(body, StandardCharsets.UTF_8).split("\"PutRequest\"", -1).length - 1;
    }

    /** Lets the server have it. */
    public HttpResponse<byte[]> forward(byte[] changed) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(proxy.server)
              .version(HttpClient.Version.HTTP_1_1)
              .POST(HttpRequest.BodyPublishers.ofByteArray(changed));
      headers.forEach(
          (name, value) -> {
            if (!OF_ONE_CONNECTION.contains(name)) {
              request.header(name, value);
            }
          });
      return proxy.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Gives an answer back as it is. */
    public void answer(HttpResponse<byte[]> response) throws IOException {
      byte[] bytes = response.body();
      answer(response.statusCode(), bytes, crc(response), bytes.length);
    }

    /** Gives an answer back without a CRC. */
    public void answer(int status, byte[] bytes) throws IOException {
      answer(status, bytes, null, bytes.length);
    }

    /** Gives an error back, as the service writes it. */
    public void error(int status, String type, String message) throws IOException {
      String json =
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s\"}"
              .formatted(type, message);
      answer(status, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives back an answer with a changed byte under the CRC of the right one. */
    public void damage(HttpResponse<byte[]> response) throws IOException {
      int middle = response.body().length / 2;
      response.body()[middle] ^= 1;
      answer(response);
    }

    /** Gives back the first half of an answer and closes the connection. */
    public void cut(HttpResponse<byte[]> response) throws IOException {
      int half = response.body().length / 2;
      answer(response.statusCode(), response.body(), crc(response), half);
      hangUp();
    }

    /** Lets the server have the first requests of a batch, and gives the rest back unprocessed. */
    public void unprocessedAfter(int count) throws IOException, InterruptedException {
      var batch = (ObjectNode) JSON.readTree(body);
      ObjectNode forwarded = JSON.createObjectNode();
      ObjectNode rest = JSON.createObjectNode();
      int seen = 0;
      for (var table : batch.get("RequestItems").properties()) {
        for (var item : table.getValue()) {
          (seen++ < count ? forwarded : rest).withArrayProperty(table.getKey()).add(item);
        }
      }
      ObjectNode answer = JSON.createObjectNode();
      if (!forwarded.isEmpty()) {
        batch.set("RequestItems", forwarded);
        var response = forward(JSON.writeValueAsBytes(batch));
        if (response.statusCode() != 200) {
          answer(response);
          return;
        }
        answer = (ObjectNode) JSON.readTree(response.body());
      }
      answer.set("UnprocessedItems", rest);
      answer(answer, true);
    }

    /** Gives back JSON under its right CRC, or without any. */
    public void answer(ObjectNode json, boolean checked) throws IOException {
      byte[] bytes = JSON.writeValueAsBytes(json);
      var crc = new CRC32();
      crc.update(bytes);
      answer(200, bytes, checked ? String.valueOf(crc.getValue()) : null, bytes.length);
    }

    /** Returns an answer's JSON. */
    public static ObjectNode json(HttpResponse<byte[]> response) throws IOException {
      return (ObjectNode) JSON.readTree(response.body());
    }

    /** Closes the connection without an answer, and orderly. */
    public void hangUp() throws IOException {
      leave();
      answered = false;
      connection.close();
    }

    /** Breaks the connection off: the client reads "connection reset". */
    public void reset() throws IOException {
      connection.setSoLinger(true, 0);
      hangUp();
    }

    private static String crc(HttpResponse<byte[]> response) {
      return response.headers().firstValue("x-amz-crc32").orElse(null);
    }

    private void answer(int status, byte[] bytes, String crc, int sent) throws IOException {
      var answer = new ByteArrayOutputStream();
      String head =
          "HTTP/1.1 %d Status\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n"
              .formatted(status, bytes.length);
      answer.write(head.getBytes(StandardCharsets.US_ASCII));
      if (crc != null) {
        answer.write(("x-amz-crc32: " + crc + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      answer.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      answer.write(bytes, 0, sent);
      leave();
      connection.getOutputStream().write(answer.toByteArray());
      answered = true;
    }
  }

  /** Stops the proxy and breaks its connections off. */
  @Override
  public void close() {
    listener.close();
  }
}
