package org.dynocopy.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Bounds how large the responses to another client are, and how long they take, which a limit for
 * each read does not.
 *
 * @param client what sends the requests; it is closed with this
 * @param most how many bytes a body may have
 * @param longest how long a request may take until the end of its response's body
 */
record LimitedHttpClient(SdkHttpClient client, int most, Duration longest)
    implements SdkHttpClient {

  /** Made when it is needed. */
  private static final class Watch {
    static final ScheduledThreadPoolExecutor THREAD = thread();

    private static ScheduledThreadPoolExecutor thread() {
      var executor =
          new ScheduledThreadPoolExecutor(
              1,
              work -> {
                Thread thread = new Thread(work, "request-watch");
                thread.setDaemon(true);
                return thread;
              });
      executor.setRemoveOnCancelPolicy(true);
      return executor;
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        Future<?> end =
            Watch.THREAD.schedule(prepared::abort, longest.toNanos(), TimeUnit.NANOSECONDS);
        boolean bodyComes = false;
        try {
          HttpExecuteResponse response = prepared.call();
          bodyComes = response.responseBody().isPresent();
          return bodyComes ? limited(response, end) : response;
        } finally {
          if (!bodyComes) {
            end.cancel(false);
          }
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private HttpExecuteResponse limited(HttpExecuteResponse response, Future<?> end) {
    AbortableInputStream body = response.responseBody().orElseThrow();
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new Body(body, most, end), body))
        .build();
  }

  private static final class Body extends FilterInputStream {
    private final AbortableInputStream body;
    private final int most;
    private final Future<?> end;
    private long length;

    Body(AbortableInputStream body, int most, Future<?> end) {
      super(body);
      this.body = body;
      this.most = most;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int atMost) throws IOException {
      int read = in.read(into, offset, atMost);
      count(read);
      return read;
    }

    private void count(int read) throws IOException {
      length += Math.max(read, 0);
      if (length > most) {
        // Who closes such a stream would read it to its end first.
        body.abort();
        throw ResponseMemory.OF_PROCESS.oversize("more than %,d bytes".formatted(most), most);
      }
    }

    @Override
    public void close() throws IOException {
      end.cancel(false);
      super.close();
    }
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
