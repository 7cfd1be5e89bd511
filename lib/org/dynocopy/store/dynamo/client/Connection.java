package org.dynocopy.store.dynamo.client;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transports;
import org.dynocopy.http.TrustStore;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.store.MfaCodes;
import org.dynocopy.store.dynamo.credentials.CredentialSelection;
import org.dynocopy.store.dynamo.credentials.InstanceMetadata;
import org.dynocopy.store.dynamo.credentials.MetadataClient;
import org.dynocopy.store.dynamo.credentials.MfaSessions;
import org.dynocopy.store.dynamo.credentials.Profiles;
import org.dynocopy.store.dynamo.credentials.Regions;
import org.dynocopy.store.dynamo.credentials.RoleChain;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.ErrorMapper;
import org.dynocopy.store.dynamo.wire.FailureText;
import org.dynocopy.store.dynamo.wire.Renewable;
import org.dynocopy.store.dynamo.wire.ServerOmissions;
import org.dynocopy.store.dynamo.wire.SingleRequests;
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
public final class Connection implements AutoCloseable {

  /** With all that the SDK sends of it, up to nine times, each of which may take a minute. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private final Environment environment;
  private final Region region;
  private final Transport transport;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient client;
  private final EndpointProbe seen = new EndpointProbe();
  private final LongAdder leftOut = new LongAdder();
  private final ServerOmissions omissions;

  private Connection(
      Environment environment,
      Region region,
      Transport transport,
      MfaSessions sessions,
      MetadataClient metadata) {
    this.environment = environment;
    this.omissions = new ServerOmissions(environment.name());
    this.region = region;
    this.transport = transport;
    SdkHttpClient http = transport.client();
    credentials =
        CredentialSelection.of(environment, new RoleChain(region, http, sessions, metadata));
    var builder = DynamoDbClient.builder().region(region).httpClient(http);
    environment.endpoint().ifPresent(builder::endpointOverride);
    if (environment.endpoint().filter(there -> !Pricing.isOfAws(there)).isPresent()) {
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
  public static Connection open(Environment environment) throws StoreException {
    return open(environment, new MfaSessions(MfaCodes.NOBODY));
  }

  /** Prepares the same by the given transport. */
  public static Connection open(Environment environment, Transport transport)
      throws StoreException {
    return open(environment, trust -> transport, new MfaSessions(MfaCodes.NOBODY));
  }

  /**
   * Prepares to talk to an environment; nothing is sent yet.
   *
   * @throws InvalidJobException if there is no region for it, the AWS profiles cannot be read, or
   *     one leads nowhere
   * @throws StoreException if it is set up in a way that the SDK does not understand
   */
  public static Connection open(Environment environment, MfaSessions sessions)
      throws StoreException {
    return open(environment, Transports.chosen()::open, sessions);
  }

  private static Connection open(
      Environment said, Function<TrustStore, Transport> transports, MfaSessions sessions)
      throws StoreException {
    // The SDK reads their files for each client, also for one that has its own keys.
    Profiles.names(Location.NOWHERE);
    Environment environment = CredentialSelection.called(said);
    try {
      Profiles.checkEndpoints(environment);
      TrustStore trust =
          usesTls(environment)
              ? TrustStore.of(Profiles.certificates(environment))
              : TrustStore.OF_JAVA;
      MetadataClient metadata = new MetadataClient(trust);
      Region region = Regions.of(environment, new InstanceMetadata(metadata));
      return new Connection(environment, region, transports.apply(trust), sessions, metadata);
    } catch (InvalidJobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException(
          Kind.REFUSED,
          environment.name() + ": the AWS configuration cannot be used: " + FailureText.of(e),
          e);
    }
  }

  /** Whatever certificates are configured, a server without TLS and of known keys needs none. */
  private static boolean usesTls(Environment environment) {
    boolean plain = environment.endpoint().filter(e -> "http".equals(e.getScheme())).isPresent();
    return !plain || environment.keys().isEmpty();
  }

  public Environment environment() {
    return environment;
  }

  /** Returns what counts the items that were written here without attributes that they had. */
  public LongAdder leftOut() {
    return leftOut;
  }

  /** Returns what the server is noticed to leave out. */
  public ServerOmissions omissions() {
    return omissions;
  }

  public String region() {
    return region.id();
  }

  public DynamoDbClient client() {
    return client;
  }

  /** Something that is asked of the service. */
  public interface Request<T> {
    T from(DynamoDbClient client) throws StoreException;
  }

  /**
   * Asks the client.
   *
   * @param operation what messages call it
   * @throws StoreException if it fails, in our words
   */
  public <T> T ask(String operation, Request<T> request) throws StoreException {
    try {
      return SingleRequests.send(() -> unlimited(operation, request));
    } catch (InvalidJobException e) {
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
      if (ErrorMapper.isExpired(e) && changesSigner()) {
        throw failure(operation, e);
      }
      throw e;
    }
  }

  /** Returns what a failed request means, in our words. */
  public StoreException failure(String operation, RuntimeException e) {
    StoreException failure =
        ErrorMapper.of(environment.name(), operation, endpoint(), e, credentials);
    String doubt = environment.endpoint().isEmpty() ? Regions.doubt(region) : start(e);
    return failure.kind() == Kind.UNAVAILABLE && !doubt.isEmpty()
        ? new StoreException(failure.kind(), failure.getMessage() + doubt, e)
        : failure;
  }

  /** Returns how a server on this machine is started, if it is not there. */
  private String start(RuntimeException e) {
    URI there = environment.endpoint().orElseThrow();
    if (!Profiles.onThisMachine(environment)
        || FailureText.causes(e).noneMatch(ConnectException.class::isInstance)) {
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
  public <T> Optional<T> askIfOffered(String operation, Request<T> request) throws StoreException {
    return ask(
        operation,
        client -> {
          try {
            return Optional.of(request.from(client));
          } catch (DynamoDbException e) {
            if (ErrorMapper.isUnknownOperation(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Returns that this environment does not do something, and why. */
  public StoreException refused(String why) {
    return new StoreException(Kind.REFUSED, environment.name() + ": " + why);
  }

  /** Returns where the last request went, or where it will go if there was none: for messages. */
  public URI endpoint() {
    return seen.last()
        .or(environment::endpoint)
        .orElseGet(() -> URI.create("https://dynamodb." + region + ".amazonaws.com"));
  }

  /** Returns whether another identity may sign than before, of whatever account. */
  public boolean changesSigner() {
    return credentials instanceof Renewable known && known.renewsItself();
  }

  /**
   * Returns the way for the items of a table, to the endpoint at which it was found.
   *
   * @param check looks at who signs
   */
  public DataPlaneClient wire(URI table, DataPlaneClient.SignerCheck check) {
    return new DataPlaneClient(
        environment.name(), table, region(), credentials, transport, omissions, check);
  }

  @Override
  public void close() {
    client.close();
    transport.close();
  }
}
