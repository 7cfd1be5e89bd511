package org.dynocopy.store.dynamo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Environment;
import org.dynocopy.store.dynamo.wire.Reason;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;

/**
 * Finds out who signs requests: what the environment says, else its AWS profile, else the first of
 * these that is set: access keys, a web identity, the usual profile, a container's address, the
 * instance that this runs on. That is the order of the SDK's own chain; but where the one that is
 * set fails, its failure is reported, and no other identity is tried.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">Default
 *     credentials provider chain</a>
 */
final class Credentials {

  /** What a server on this machine is given when nothing says who calls: it takes anyone. */
  private static final AwsCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final Environment environment;
  private final Roles roles;

  private Credentials(Environment environment, Roles roles) {
    this.environment = environment;
    this.roles = roles;
  }

  /**
   * Returns who signs requests in an environment. Its failures are sentences for the user.
   *
   * @throws org.dynocopy.plan.InvalidPlanException if a profile is missing, or leads nowhere
   */
  static AwsCredentialsProvider of(Environment environment, Roles roles) {
    AwsCredentialsProvider own = new Credentials(environment, roles).own();
    return environment.role().isEmpty() ? own : roles.assumed(environment.role().get(), own);
  }

  private AwsCredentialsProvider own() {
    if (environment.keys().isPresent()) {
      Environment.Keys keys = environment.keys().get();
      return new CheckedCredentials(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(keys.accessKey(), keys.secret())),
          "Correct `credentials` in env(\"" + environment.name() + "\") { }",
          failure -> CheckedCredentials.because(nobody(), failure));
    }
    if (environment.profile().isPresent()) {
      return roles.profile(environment.profile().get());
    }
    if (Profiles.onThisMachine(environment)) {
      // Without the instance metadata service, which is asked for seconds where there is none.
      return AwsCredentialsProviderChain.of(
          SystemPropertyCredentialsProvider.create(),
          EnvironmentVariableCredentialsProvider.create(),
          ProfileCredentialsProvider.create(),
          ANYONE);
    }
    return usual();
  }

  private AwsCredentialsProvider usual() {
    if (isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID, SdkSystemSetting.AWS_SECRET_ACCESS_KEY)) {
      return variables(nobody());
    }
    Optional<String> token = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue();
    Optional<String> role = SdkSystemSetting.AWS_ROLE_ARN.getStringValue();
    if (token.isPresent() && role.isPresent()) {
      return roles.web(
          role.get(),
          Path.of(token.get()),
          SdkSystemSetting.AWS_ROLE_SESSION_NAME.getStringValue());
    }
    Optional<Profile> profile = Profiles.usual().filter(LeafProfile::hasCredentials);
    if (profile.isPresent()) {
      return roles.profile(profile.get().name());
    }
    if (ContainerCredentials.areSet()) {
      return ContainerCredentials.provider(roles.metadata());
    }
    return new InstanceMetadata(roles.metadata())
        .provider(
            failure ->
                CheckedCredentials.failed(
                    Kind.EXPIRED,
                    nobody()
                        + ": no access keys are set, no AWS profile gives any by itself, and"
                        + " neither does a container or an instance ("
                        + Reason.of(failure)
                        + "). Sign in (`aws configure`, `aws login`, `aws sso login`), and name the"
                        + " profile by --profile or AWS_PROFILE",
                    failure));
  }

  /** Returns who has the access keys of the environment variables, or of Java's properties. */
  static AwsCredentialsProvider variables(String nobody) {
    AwsCredentialsProvider keys =
        AwsCredentialsProviderChain.of(
            SystemPropertyCredentialsProvider.create(),
            EnvironmentVariableCredentialsProvider.create());
    String sentence = nobody + ": set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    return new CheckedCredentials(
        keys,
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY anew, and AWS_SESSION_TOKEN where there is"
            + " one",
        failure -> CheckedCredentials.failed(Kind.EXPIRED, sentence, failure));
  }

  private String nobody() {
    return "no credentials for `" + environment.name() + "`";
  }

  private static boolean isSet(SdkSystemSetting... settings) {
    return Stream.of(settings)
        .map(SdkSystemSetting::getStringValue)
        .flatMap(Optional::stream)
        .anyMatch(value -> !value.isBlank());
  }
}
