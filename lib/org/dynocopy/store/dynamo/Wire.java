package org.dynocopy.store.dynamo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
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
final class Wire {

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private final String environment;
  private final URI endpoint;
  private final String region;
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final SdkHttpClient http;

  /**
   * Makes the way to an endpoint.
   *
   * @param environment the name that messages give
   * @param endpoint where requests go
   * @param region what they are signed for
   * @param credentials who signs them
   * @param http what carries them
   */
  Wire(
      String environment,
      URI endpoint,
      String region,
      IdentityProvider<? extends AwsCredentialsIdentity> credentials,
      SdkHttpClient http) {
    this.environment = environment;
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = credentials;
    this.http = http;
  }

  /**
   * Sends a request, once.
   *
   * @param operation such as {@code Scan}
   * @param body its JSON
   * @return the answer's JSON, checked against its CRC
   * @throws StoreException for every other answer, and for none
   */
  byte[] call(String operation, RequestBody body) throws StoreException {
    SignedRequest signed = sign(operation, body);
    try {
      HttpExecuteResponse response =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(body)
                      .build())
              .call();
      byte[] answer = read(response);
      SdkHttpResponse head = response.httpResponse();
      checkCrc(head, answer);
      if (head.statusCode() != 200) {
        throw Failures.answered(environment, operation, head.statusCode(), answer);
      }
      return answer;
    } catch (IOException e) {
      throw Failures.unreachable(environment, endpoint, e);
    }
  }

  private SignedRequest sign(String operation, RequestBody body) throws StoreException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Long.toString(body.length()))
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
            .build();
    AwsCredentialsIdentity identity = identity();
    return SIGNER.sign(
        to ->
            to.identity(identity)
                .request(request)
                .payload(body)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
  }

  private AwsCredentialsIdentity identity() throws StoreException {
    try {
      return credentials.resolveIdentity().join();
    } catch (CompletionException e) {
      throw Failures.noCredentials(environment, e.getCause());
    } catch (RuntimeException e) {
      throw Failures.noCredentials(environment, e);
    }
  }

  private static byte[] read(HttpExecuteResponse response) throws IOException {
    Optional<? extends InputStream> body = response.responseBody();
    if (body.isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = body.get()) {
      Optional<Integer> length =
          response.httpResponse().firstMatchingHeader("Content-Length").map(Integer::valueOf);
      return length.isPresent() ? exactly(in, length.get()) : in.readAllBytes();
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    if (read < length) {
      throw new IOException("the answer ended after " + read + " of " + length + " bytes");
    }
    return bytes;
  }

  private void checkCrc(SdkHttpResponse head, byte[] answer) throws StoreException {
    Optional<String> expected = head.firstMatchingHeader("x-amz-crc32");
    if (expected.isEmpty()) {
      return;
    }
    CRC32 crc = new CRC32();
    crc.update(answer);
    if (!expected.get().equals(Long.toString(crc.getValue()))) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          environment + ": an answer of " + answer.length + " bytes arrived damaged (CRC differs)");
    }
  }
}
