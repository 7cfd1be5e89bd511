package org.dynocopy.store.dynamo;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import org.dynocopy.plan.Environment;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import org.dynocopy.store.dynamo.capacity.Tariff;
import org.dynocopy.store.dynamo.wire.Failures;
import org.dynocopy.store.dynamo.wire.Omissions;
import org.dynocopy.store.dynamo.wire.Reason;
import org.dynocopy.store.dynamo.wire.Renewable;
import org.dynocopy.store.dynamo.wire.Wire;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

/**
 * An environment that can be talked to: the SDK's client for its tables, and the wire for their
 * items. Both share credentials, HTTP connections and the endpoint, which the SDK finds by its own
 * rules.
 */
final class Connection implements AutoCloseable {

  /** With all that the SDK sends of it, up to nine times, each of which may take a minute. */
  static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private final Environment environment;
  private final Region region;
  private final Transport transport;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient client;
  private final EndpointSeen seen = new EndpointSeen();
  private final LongAdder leftOut = new LongAdder();
  private final Omissions omissions;

  private Connection(
      Environment environment,
      Region region,
      Transport transport,
      MfaSessions sessions,
      MetadataClient metadata) {
    this.environment = environment;
    this.omissions = new Omissions(environment.name());
    this.region = region;
    this.transport = transport;
    SdkHttpClient http = transport.client();
    credentials = Credentials.of(environment, new Roles(region, http, sessions, metadata));
    var builder = DynamoDbClient.builder().region(region).httpClient(http);
    environment.endpoint().ifPresent(builder::endpointOverride);
    if (environment.endpoint().filter(there -> !Tariff.isOfAws(there)).isPresent()) {
      // These are of AWS's hosts, and the SDK refuses them together with others.
      builder.fipsEnabled(false).dualstackEnabled(false);
    }
    client =
        builder
            .credentialsProvider(credentials)
            .overrideConfiguration(
                override -> {
                  override.addExecutionInterceptor(seen);
                  override.apiCallTimeout(LONGEST_CALL);
                  environment.profile().ifPresent(override::defaultProfileName);
                })
            .build();
  }

  /** Prepares to talk to an environment without anyone to ask for codes; nothing is sent yet. */
  static Connection open(Environment environment) throws StoreException {
    return open(environment, new MfaSessions(MfaCodes.NOBODY));
  }

  /** Prepares the same by the given transport. */
  static Connection open(Environment environment, Transport transport) throws StoreException {
    return open(environment, trust -> transport, new MfaSessions(MfaCodes.NOBODY));
  }

  /**
   * Prepares to talk to an environment; nothing is sent yet.
   *
   * @throws InvalidPlanException if there is no region for it, the AWS profiles cannot be read, or
   *     one leads nowhere
   * @throws StoreException if it is set up in a way that the SDK does not understand
   */
  static Connection open(Environment environment, MfaSessions sessions) throws StoreException {
    return open(environment, Transports.chosen()::open, sessions);
  }

  private static Connection open(
      Environment said, Function<TrustStore, Transport> transports, MfaSessions sessions)
      throws StoreException {
    // The SDK reads their files for each client, also for one that has its own keys.
    Profiles.names(Location.NOWHERE);
    Environment environment = Credentials.called(said);
    try {
      Profiles.checkEndpoints(environment);
      TrustStore trust =
          usesTls(environment)
              ? TrustStore.of(Profiles.certificates(environment))
              : TrustStore.OF_JAVA;
      MetadataClient metadata = new MetadataClient(trust);
      Region region = Regions.of(environment, new InstanceMetadata(metadata));
      return new Connection(environment, region, transports.apply(trust), sessions, metadata);
    } catch (InvalidPlanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException(
          Kind.REFUSED,
          environment.name() + ": the AWS configuration cannot be used: " + Reason.of(e),
          e);
    }
  }

  /** Whatever certificates are configured, a server without TLS and of known keys needs none. */
  private static boolean usesTls(Environment environment) {
    boolean plain = environment.endpoint().filter(e -> "http".equals(e.getScheme())).isPresent();
    return !plain || environment.keys().isEmpty();
  }

  Environment environment() {
    return environment;
  }

  /** Returns what counts the items that were written here without attributes that they had. */
  LongAdder leftOut() {
    return leftOut;
  }

  /** Returns what the server is noticed to leave out. */
  Omissions omissions() {
    return omissions;
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
      return Once.send(() -> unlimited(operation, request));
    } catch (InvalidPlanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(operation, e);
    }
  }

  /**
   * The client tries again what passes, but not where too much is done to tables at once, and
   * always by the credentials of its first attempt.
   */
  private <T> T unlimited(String operation, Request<T> request) throws StoreException {
    try {
      return request.from(client);
    } catch (LimitExceededException e) {
      throw failure(operation, e);
    } catch (DynamoDbException e) {
      if (Failures.isExpired(e) && changesSigner()) {
        throw failure(operation, e);
      }
      throw e;
    }
  }

  /** Returns what a failed request means, in our words. */
  StoreException failure(String operation, RuntimeException e) {
    StoreException failure = Failures.of(environment.name(), operation, endpoint(), e, credentials);
    String doubt = environment.endpoint().isEmpty() ? Regions.doubt(region) : start(e);
    return failure.kind() == Kind.UNAVAILABLE && !doubt.isEmpty()
        ? new StoreException(failure.kind(), failure.getMessage() + doubt, e)
        : failure;
  }

  /** Returns how a server on this machine is started, if it is not there. */
  private String start(RuntimeException e) {
    URI there = environment.endpoint().orElseThrow();
    if (!Profiles.onThisMachine(environment)
        || Reason.causes(e).noneMatch(ConnectException.class::isInstance)) {
      return "";
    }
    int port = there.getPort() < 0 ? 80 : there.getPort();
    return String.format(
        ". Start a DynamoDB there: `./jbang scripts/DynamoLocal.java %d`, or `docker run -p"
            + " 127.0.0.1:%d:8000 amazon/dynamodb-local`",
        port, port);
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

  /** Returns where the last request went, or where it will go if there was none: for messages. */
  URI endpoint() {
    return seen.last()
        .or(environment::endpoint)
        .orElseGet(() -> URI.create("https://dynamodb." + region + ".amazonaws.com"));
  }

  /** Returns whether another identity may sign than before, of whatever account. */
  boolean changesSigner() {
    return credentials instanceof Renewable known && known.renewsItself();
  }

  /**
   * Returns the way for the items of a table, to the endpoint at which it was found.
   *
   * @param check looks at who signs
   */
  Wire wire(URI table, Wire.SignerCheck check) {
    return new Wire(environment.name(), table, region(), credentials, transport, omissions, check);
  }

  @Override
  public void close() {
    client.close();
    transport.close();
  }
}
