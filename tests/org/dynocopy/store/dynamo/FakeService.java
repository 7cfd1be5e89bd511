package org.dynocopy.store.dynamo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import org.dynocopy.store.MfaCodes;
import org.dynocopy.store.Stores;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.ServerOmissions;
import org.dynocopy.store.wiring.DefaultStores;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Answers requests as a test says, without a network. */
public final class FakeService implements SdkHttpClient {

  public static final URI ENDPOINT = URI.create("http://127.0.0.1:1");

  /** Decides what is answered; null lets another server answer. */
  public interface Answering {
    Reply to(String operation, String body) throws IOException;
  }

  /**
   * An answer.
   *
   * @param status its HTTP status
   * @param headers its headers, besides its length
   * @param body what it says
   */
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    public static Reply of(String json) {
      return new Reply(200, Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String header, String value) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put(header, value);
      return new Reply(status, all, body);
    }
  }

  private final Answering answering;
  private final SdkHttpClient others;
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public FakeService(Answering answering) {
    this(answering, null);
  }

  /** Stands before a real server, for operations that it has not. */
  public FakeService(Answering answering, SdkHttpClient others) {
    this.answering = answering;
    this.others = others;
  }

  /** The way to every environment leads here. */
  public Connections connections() {
    return new Connections(
        (environment, sessions) -> Connection.open(environment, Transport.by(this)),
        MfaCodes.NOBODY);
  }

  /** The stores of every environment are here. */
  public Stores stores() {
    return new DefaultStores(connections());
  }

  /** The way to every environment, by one of the transports. */
  public static Stores by(Transports transport) {
    return new DefaultStores(
        new Connections(
            (environment, sessions) ->
                Connection.open(environment, transport.open(TrustStore.of(Optional.empty()))),
            MfaCodes.NOBODY));
  }

  /** The SDK's client, which retries nothing. */
  public DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(ENDPOINT)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "s3cr3t")))
        .httpClient(this)
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  public DataPlaneClient wire() {
    return new DataPlaneClient(
        "prod",
        ENDPOINT,
        "eu-west-1",
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "s3cr3t")),
        Transport.by(this),
        new ServerOmissions("prod"),
        DataPlaneClient.SignerCheck.NONE);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
    String body =
        request.contentStreamProvider().map(content -> text(content.newStream())).orElse("");
    requests.add(body);
    Reply reply = answering.to(target.substring(target.indexOf('.') + 1), body);
    if (reply == null) {
      return others.prepareRequest(request).call();
    }
    SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder().statusCode(reply.status());
    if (!reply.headers().containsKey("Content-Length")) {
      head.putHeader("Content-Length", String.valueOf(reply.body().length));
    }
    reply.headers().forEach(head::putHeader);
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
        .build();
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.close();
    }
  }
}
