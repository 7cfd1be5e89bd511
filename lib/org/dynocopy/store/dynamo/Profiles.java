package org.dynocopy.store.dynamo;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Environment;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Location;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Finds out who signs requests and for which region: what the environment says, else its AWS
 * profile, else the environment variables, else the SDK's chain.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">Default
 *     credentials provider chain</a>
 */
public final class Profiles {

  /** What a server on this machine is given when nothing says who calls: it takes anyone. */
  private static final AwsCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private Profiles() {}

  /**
   * Returns the names of the AWS profiles on this machine.
   *
   * @throws StoreException if the files with the profiles cannot be read
   */
  public static Collection<String> names() throws StoreException {
    try {
      return new TreeSet<>(ProfileFile.defaultProfileFile().profiles().keySet());
    } catch (SdkException | IllegalArgumentException e) {
      throw new StoreException(
          Kind.REFUSED, "the AWS profiles cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the endpoint that the environment variables name, if any.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
   *     endpoints</a>
   */
  public static Optional<URI> endpoint() {
    boolean ignored =
        variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            .filter("true"::equalsIgnoreCase)
            .isPresent();
    return ignored
        ? Optional.empty()
        : endpoint("AWS_ENDPOINT_URL_DYNAMODB").or(() -> endpoint("AWS_ENDPOINT_URL"));
  }

  private static Optional<URI> endpoint(String variable) {
    return variable(variable).map(url -> Environments.endpoint(url, Location.option(variable)));
  }

  /** Returns whether the endpoint is a server on this machine. */
  static boolean onThisMachine(Environment environment) {
    return environment
        .endpoint()
        .map(e -> List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(e.getHost())))
        .orElse(false);
  }

  static Region region(Environment environment) throws StoreException {
    Optional<String> region =
        environment
            .region()
            .or(() -> environment.profile().flatMap(Profiles::regionOf))
            .or(() -> variable("AWS_REGION"))
            .or(() -> variable("AWS_DEFAULT_REGION"))
            .or(() -> regionOf(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow()));
    if (region.isPresent()) {
      return Region.of(region.get());
    }
    if (onThisMachine(environment)) {
      return Region.US_EAST_1;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException e) {
      throw new StoreException(
          Kind.REFUSED,
          "no region for `"
              + environment.name()
              + "`: give it one by `region` in its env(…) { }, --region, AWS_REGION or its profile",
          e);
    }
  }

  /** Returns an environment variable, unless it is empty. */
  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static Optional<String> regionOf(String profile) {
    return ProfileFile.defaultProfileFile().profile(profile).flatMap(p -> p.property("region"));
  }

  /** Returns who signs requests there; roles are assumed through the given client. */
  static AwsCredentialsProvider credentials(
      Environment environment, Region region, SdkHttpClient http) {
    AwsCredentialsProvider own = ownCredentials(environment);
    if (environment.role().isEmpty()) {
      return own;
    }
    StsClient sts =
        StsClient.builder().credentialsProvider(own).region(region).httpClient(http).build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(r -> r.roleArn(environment.role().get()).roleSessionName("dynocopy"))
        .build();
  }

  private static AwsCredentialsProvider ownCredentials(Environment environment) {
    if (environment.keys().isPresent()) {
      Environment.Keys keys = environment.keys().get();
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(keys.accessKey(), keys.secret()));
    }
    if (environment.profile().isPresent()) {
      return ProfileCredentialsProvider.create(environment.profile().get());
    }
    if (onThisMachine(environment)) {
      // Without the instance metadata service, which is asked for seconds where there is none.
      return AwsCredentialsProviderChain.of(
          SystemPropertyCredentialsProvider.create(),
          EnvironmentVariableCredentialsProvider.create(),
          ProfileCredentialsProvider.create(),
          ANYONE);
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
