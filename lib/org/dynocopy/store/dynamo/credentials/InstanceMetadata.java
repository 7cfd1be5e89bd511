package org.dynocopy.store.dynamo.credentials;

import static software.amazon.awssdk.core.SdkSystemSetting.AWS_EC2_METADATA_DISABLED;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_EC2_METADATA_V1_DISABLED;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * What the EC2 instance that this runs on says of itself: its role's credentials, its region.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html">IMDS
 *     credential provider</a>
 */
public final class InstanceMetadata {

  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  private final MetadataClient client;

  public InstanceMetadata(MetadataClient client) {
    this.client = client;
  }

  /** Returns who has the credentials of the instance's role. */
  public AwsCredentialsProvider provider() {
    return provider(
        failure -> CheckedCredentials.because("the EC2 instance gives no credentials", failure));
  }

  /**
   * Returns the same.
   *
   * @param told makes a sentence of a failure
   */
  public AwsCredentialsProvider provider(Function<RuntimeException, SignInException> told) {
    return new CheckedCredentials(
        new RefreshedCredentials(this::fetch),
        "Look at the role of the EC2 instance, which gave these credentials",
        told);
  }

  /** Returns the region that the instance is in. */
  public String region() {
    return get("/latest/meta-data/placement/region", token()).text();
  }

  private AwsCredentials fetch() {
    Optional<String> token = token();
    MetadataResponse roles = get(ROLES, token);
    if (roles.status() == 404) {
      throw SdkClientException.create(roles.from() + " knows no role: attach one to the instance");
    }
    String role = roles.text().lines().findFirst().orElse("");
    if (!role.matches("[\\w+=,.@-]+")) {
      throw SdkClientException.create(roles.from() + " answers with no name of a role");
    }
    return get(ROLES + role, token).credentials();
  }

  private MetadataResponse get(String path, Optional<String> token) {
    Map<String, String> headers =
        token.map(t -> Map.of("x-aws-ec2-metadata-token", t)).orElse(Map.of());
    return MetadataResponse.of(client, "GET", URI.create(endpoint() + path), headers);
  }

  /**
   * Returns the token that version 2 of the service wants; old services have none. Nor has it a
   * container whose packets may not go that far, though version 1 answers it: the answer with the
   * token has a hop limit, by default of one.
   */
  private Optional<String> token() {
    if (is(AWS_EC2_METADATA_DISABLED)) {
      throw SdkClientException.create("AWS_EC2_METADATA_DISABLED is set");
    }
    URI uri = URI.create(endpoint() + "/latest/api/token");
    Map<String, String> headers = Map.of("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    if (isTokenRequired()) {
      return Optional.of(token(MetadataResponse.of(client, "PUT", uri, headers)));
    }
    return MetadataResponse.ifAny(client, "PUT", uri, headers)
        .filter(answer -> !Set.of(403, 404, 405).contains(answer.status()))
        .map(InstanceMetadata::token);
  }

  private static String token(MetadataResponse answer) {
    String token = answer.text();
    if (!token.matches("[!-~&&[^<>]]+")) {
      throw SdkClientException.create(answer.from() + " answers with no token, as a proxy may");
    }
    return token;
  }

  private static String endpoint() {
    Optional<String> profile =
        Profiles.usualIfThere()
            .flatMap(p -> Profiles.property(p, ProfileProperty.EC2_METADATA_SERVICE_ENDPOINT));
    boolean ipv6 =
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE.getStringValueOrThrow().equalsIgnoreCase("IPv6");
    String usual = ipv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
    String url = own(AWS_EC2_METADATA_SERVICE_ENDPOINT).or(() -> profile).orElse(usual).strip();
    return Environments.endpoint(
            url, Location.option(AWS_EC2_METADATA_SERVICE_ENDPOINT.environmentVariable()))
        .toString()
        .replaceFirst("/$", "");
  }

  /** Returns a setting, unless it is the SDK's default. */
  private static Optional<String> own(SdkSystemSetting setting) {
    return setting.getNonDefaultStringValue().filter(value -> !value.isBlank());
  }

  private static boolean isTokenRequired() {
    return own(AWS_EC2_METADATA_V1_DISABLED)
        .or(
            () ->
                Profiles.usualIfThere()
                    .flatMap(p -> Profiles.property(p, ProfileProperty.EC2_METADATA_V1_DISABLED)))
        .filter("true"::equalsIgnoreCase)
        .isPresent();
  }

  private static boolean is(SdkSystemSetting setting) {
    return own(setting).filter("true"::equalsIgnoreCase).isPresent();
  }
}
