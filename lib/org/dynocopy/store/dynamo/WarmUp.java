package org.dynocopy.store.dynamo;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.http.Transport;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.table.TableDescriber;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Readies this JVM for its first request while a recipe is still being read: builds a connection
 * that nobody uses, and has the SDK describe a table by a client that answers itself. Nothing is
 * contacted. That takes as long as reading a recipe, so the one hides the other.
 */
public final class WarmUp {

  private static final String TABLE =
      """
      {"Table": {"TableName": "t", "TableStatus": "ACTIVE", "TableArn": "arn:aws:dynamodb:::t",
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}}
      """;

  private WarmUp() {}

  /** Does it in this thread. */
  public static void run() {
    Environment nobody =
        new Environment(
            "warm-up",
            Optional.of("us-east-1"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(URI.create("http://localhost")),
            Optional.of(new Environment.Keys("nobody", "nothing")),
            "",
            false,
            Optional.empty());
    try (Connection unused = Connection.open(nobody);
        Connection answered = Connection.open(nobody, Transport.by(new Answering()))) {
      TableDescriber.find(answered, "t");
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers every request itself. */
  private static final class Answering implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          var body = new ByteArrayInputStream(TABLE.getBytes(StandardCharsets.UTF_8));
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(body))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
