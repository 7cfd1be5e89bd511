package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.Origin;
import org.dynocopy.http.Transport;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.http.Transport.Request;
import org.dynocopy.http.Transport.Response;
import org.dynocopy.store.dynamo.wire.ServerOmissions.Omission;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * The data plane: sends one operation of DynamoDB's JSON protocol and returns the answer's bytes.
 * Each call is one signed request; whether to send it again is for others to decide.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">DynamoDB
 *     low-level API</a>
 */
public final class DataPlaneClient {

  private static final Duration KEPT = Duration.ofSeconds(1);

  private final String environment;
  private final URI endpoint;
  private final Origin origin;
  private final String path;
  private final Signature signature;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final Transport transport;
  private final ServerOmissions omissions;
  private final SignerCheck check;
  private final boolean ofAws;
  private volatile Signer signer;

  /** Looks at who signs. Called by many threads, for the same one again and again. */
  @FunctionalInterface
  public interface SignerCheck {
    /** Takes everyone. */
    SignerCheck NONE = identity -> {};

    /**
     * Looks at who is about to sign.
     *
     * @throws StoreException if it may not
     */
    void check(AwsCredentialsIdentity identity) throws StoreException;
  }

  private record Signer(AwsCredentialsIdentity identity, long until) {

    /** Not beyond half of what is left of its time: what is signed at its end may come too late. */
    static Signer of(AwsCredentialsIdentity identity) {
      Duration left =
          identity
              .expirationTime()
              .map(end -> Duration.between(Instant.now(), end).dividedBy(2))
              .filter(half -> half.compareTo(KEPT) < 0)
              .orElse(KEPT);
      return new Signer(identity, System.nanoTime() + left.toNanos());
    }
  }

  /**
   * Makes the way to an endpoint.
   *
   * @param environment the name that messages give
   * @param endpoint where requests go
   * @param region what they are signed for
   * @param credentials who signs them
   * @param transport what carries them
   * @param omissions gets what the server is noticed to leave out
   * @param check looks at who signs, before that is used
   */
  public DataPlaneClient(
      String environment,
      URI endpoint,
      String region,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials,
      Transport transport,
      ServerOmissions omissions,
      SignerCheck check) {
    this.environment = environment;
    this.endpoint = endpoint;
    this.origin = Origin.of(endpoint);
    this.path =
        endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty()
            ? "/"
            : endpoint.getRawPath();
    this.signature = new Signature(region, Clock.systemUTC());
    this.credentials = credentials;
    this.transport = transport;
    this.omissions = omissions;
    this.check = check;
    this.ofAws = Pricing.isOfAws(endpoint);
  }

  /** Returns whether it is AWS's own service, by the name of its host. */
  public boolean isOfAws() {
    return ofAws;
  }

  /** Returns what the server is known to leave out. */
  public ServerOmissions omissions() {
    return omissions;
  }

  /**
   * Sends a request, once, and cuts its answer.
   *
   * @throws StoreException also for an answer that the service does not send
   */
  public SlicedResponse ask(String operation, RequestBody body) throws StoreException {
    byte[] answer = call(operation, body);
    try {
      return SlicedResponse.of(answer);
    } catch (StoreException e) {
      String server = environment + ": " + ErrorMapper.shown(endpoint);
      throw new StoreException(e.kind(), server + ": " + e.getMessage(), e);
    }
  }

  /**
   * Sends a request, once.
   *
   * @param operation such as {@code Scan}
   * @param body its JSON
   * @return the answer's JSON, checked against its CRC
   * @throws StoreException for every other answer, and for none
   */
  public byte[] call(String operation, RequestBody body) throws StoreException {
    List<Header> headers = signature.sign(origin, path, operation, body, identity());
    try {
      Response response = transport.send(new Request(origin, "POST", path, headers, body));
      checkCrc(response);
      if (response.status() != 200) {
        signer = null;
        signature.follow(response.header().apply("Date"));
        throw ErrorMapper.answered(
            environment, operation, response.status(), response.body(), credentials);
      }
      return response.body();
    } catch (IOException e) {
      throw ErrorMapper.unanswered(environment, endpoint, e);
    } catch (RuntimeException e) {
      throw ErrorMapper.of(environment, operation, endpoint, e, credentials);
    }
  }

  /** Returns who signs; providers look through files and variables, so that it is kept a little. */
  private AwsCredentialsIdentity identity() throws StoreException {
    Signer known = signer;
    if (known == null || System.nanoTime() - known.until > 0) {
      AwsCredentialsIdentity identity = checked();
      known = Signer.of(identity);
      signer = known;
    }
    return known.identity;
  }

  private AwsCredentialsIdentity checked() throws StoreException {
    try {
      AwsCredentialsIdentity identity = resolved();
      check.check(identity);
      return identity;
    } catch (StoreException e) {
      // Only what finds out who signs has no answer: the request itself was not sent.
      throw e.mayBeDone() ? StoreException.notDone(e.kind(), e.getMessage(), e) : e;
    }
  }

  private AwsCredentialsIdentity resolved() throws StoreException {
    try {
      return credentials.resolveIdentity().join();
    } catch (RuntimeException e) {
      throw ErrorMapper.noCredentials(environment, e);
    }
  }

  private void checkCrc(Response response) throws StoreException {
    Optional<String> expected = response.header().apply("x-amz-crc32");
    if (expected.isEmpty()) {
      if (response.status() == 200) {
        omissions.notice(Omission.CHECKSUMS);
      }
      return;
    }
    byte[] body = response.body();
    CRC32 crc = new CRC32();
    crc.update(body);
    if (!expected.get().equals(Long.toString(crc.getValue()))) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          environment + ": an answer of " + body.length + " bytes arrived damaged (CRC differs)");
    }
  }
}
