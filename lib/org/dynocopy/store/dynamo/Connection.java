package org.dynocopy.store.dynamo;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Environment;
import org.dynocopy.store.dynamo.wire.Failures;
import org.dynocopy.store.dynamo.wire.Transport;
import org.dynocopy.store.dynamo.wire.Transports;
import org.dynocopy.store.dynamo.wire.Wire;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * An environment that can be talked to: the SDK's client for its tables, and the wire for their
 * items. Both share credentials, HTTP connections and the endpoint, which the SDK finds by its own
 * rules.
 */
final class Connection implements AutoCloseable {

  private final Environment environment;
  private final Region region;
  private final Transport transport;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient client;
  private final EndpointSeen endpoint = new EndpointSeen();
  private final LongAdder leftOut = new LongAdder();

  private Connection(Environment environment, Region region, Transport transport) {
    this.environment = environment;
    this.region = region;
    this.transport = transport;
    SdkHttpClient http = transport.client();
    credentials = Profiles.credentials(environment, region, http);
    var builder = DynamoDbClient.builder().region(region).httpClient(http);
    environment.endpoint().ifPresent(builder::endpointOverride);
    client =
        builder
            .credentialsProvider(credentials)
            .overrideConfiguration(
                override -> {
                  override.addExecutionInterceptor(endpoint);
                  environment.profile().ifPresent(override::defaultProfileName);
                })
            .build();
  }

  /**
   * Prepares to talk to an environment; nothing is sent yet.
   *
   * @throws StoreException if there is no region for it
   */
  static Connection open(Environment environment) throws StoreException {
    return open(environment, Transports.chosen().open(environment.endpoint()));
  }

  /** Prepares to talk to an environment by the given transport. */
  static Connection open(Environment environment, Transport transport) throws StoreException {
    try {
      return new Connection(environment, Profiles.region(environment), transport);
    } catch (IllegalArgumentException e) {
      // The SDK reads the files for each client, also for one that has its own keys.
      throw new StoreException(
          Kind.REFUSED, "the AWS profiles cannot be read: " + e.getMessage(), e);
    }
  }

  Environment environment() {
    return environment;
  }

  /** Returns what counts the items that were written here without attributes that they had. */
  LongAdder leftOut() {
    return leftOut;
  }

  String region() {
    return region.id();
  }

  DynamoDbClient client() {
    return client;
  }

  /** Something that is asked of the service. */
  interface Request<T> {
    T from(DynamoDbClient client) throws StoreException;
  }

  /**
   * Asks the client.
   *
   * @param operation what messages call it
   * @throws StoreException if it fails, in our words
   */
  <T> T ask(String operation, Request<T> request) throws StoreException {
    try {
      return request.from(client);
    } catch (SdkException e) {
      throw Failures.of(environment.name(), operation, endpoint(), e);
    }
  }

  /**
   * Asks for what servers for tests have not.
   *
   * @return nothing if the endpoint does not know the operation
   * @throws StoreException if it fails, in our words
   */
  <T> Optional<T> askIfOffered(String operation, Request<T> request) throws StoreException {
    return ask(
        operation,
        client -> {
          try {
            return Optional.of(request.from(client));
          } catch (DynamoDbException e) {
            if (Failures.isUnknownOperation(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Returns that this environment does not do something, and why. */
  StoreException refused(String why) {
    return new StoreException(Kind.REFUSED, environment.name() + ": " + why);
  }

  /** Returns where the client has sent its first request, or where it was told to. */
  URI endpoint() {
    URI told =
        environment.endpoint().orElse(URI.create("https://dynamodb." + region + ".amazonaws.com"));
    return endpoint.seen == null ? told : endpoint.seen;
  }

  /** Returns the way for items, to the endpoint that the client has found. */
  Wire wire() {
    return new Wire(environment.name(), endpoint(), region(), credentials, transport);
  }

  @Override
  public void close() {
    client.close();
    transport.close();
  }

  /** Sees which endpoint the SDK's rules, variables and profiles lead to. */
  private static final class EndpointSeen implements ExecutionInterceptor {
    private volatile URI seen;

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes a) {
      SdkHttpRequest request = context.httpRequest();
      String path = request.encodedPath().equals("/") ? "" : request.encodedPath();
      seen = URI.create(request.protocol() + "://" + request.host() + ":" + request.port() + path);
    }
  }
}
