package org.dynocopy.store.dynamo.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.store.MfaCodes;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;

/** Who signs the requests of an environment. */
class CredentialSelectionTest {

  private static final String ROLE = "arn:aws:iam::111111111111:role/reader";

  private static final Environment.Keys KEYS = new Environment.Keys("AKIAOWN", "s3cr3t");

  private static final String ASSUMED =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/reader/dynocopy</Arn>
      <AssumedRoleId>id</AssumedRoleId></AssumedRoleUser>
      <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>
      """;

  /** The security token service: it gives everyone the role. */
  private static final class Sts implements SdkHttpClient {
    final List<String> requests = new ArrayList<>();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          String signed = request.httpRequest().firstMatchingHeader("Authorization").orElse("");
          try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
            requests.add(signed + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          byte[] answer = ASSUMED.getBytes(StandardCharsets.UTF_8);
          return HttpExecuteResponse.builder()
              .response(SdkHttpFullResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private static Environment environment(Optional<String> role, Optional<Environment.Keys> keys) {
    Optional<String> none = Optional.empty();
    return new Environment(
        "prod", none, none, role, Optional.empty(), keys, "", false, Optional.empty());
  }

  private static AwsCredentials signer(Environment environment, Sts sts) {
    RoleChain roles = new RoleChain(Region.EU_WEST_1, sts, new MfaSessions(MfaCodes.NOBODY), null);
    return CredentialSelection.of(environment, roles).resolveCredentials();
  }

  @Test
  void environmentsOwnKeysSign() {
    Sts sts = new Sts();
    assertThat(signer(environment(Optional.empty(), Optional.of(KEYS)), sts).accessKeyId())
        .isEqualTo("AKIAOWN");
    assertThat(sts.requests).isEmpty();
  }

  @Test
  void roleOfAnEnvironmentIsAssumedByItsKeys() {
    Sts sts = new Sts();
    assertThat(signer(environment(Optional.of(ROLE), Optional.of(KEYS)), sts).accessKeyId())
        .isEqualTo("ASIAROLE");
    assertThat(sts.requests)
        .singleElement()
        .asString()
        .contains("Credential=AKIAOWN/", "/eu-west-1/sts/", "Action=AssumeRole")
        .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A111111111111%3Arole%2Freader");
  }
}
