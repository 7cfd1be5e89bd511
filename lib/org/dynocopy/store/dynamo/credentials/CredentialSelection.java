package org.dynocopy.store.dynamo.credentials;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.dynamo.wire.FailureText;
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
public final class CredentialSelection {

  /** What a server on this machine is given when nothing says who calls: it takes anyone. */
  private static final AwsCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private static final List<SdkSystemSetting> KEYS =
      List.of(SdkSystemSetting.AWS_ACCESS_KEY_ID, SdkSystemSetting.AWS_SECRET_ACCESS_KEY);

  private static final List<SdkSystemSetting> WEB_IDENTITY =
      List.of(SdkSystemSetting.AWS_ROLE_ARN, SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE);

  private final Environment environment;
  private final RoleChain roles;

  private CredentialSelection(Environment environment, RoleChain roles) {
    this.environment = environment;
    this.roles = roles;
  }

  /**
   * Returns who signs requests in an environment. Its failures are sentences for the user.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if a profile is missing, or leads nowhere
   */
  public static AwsCredentialsProvider of(Environment environment, RoleChain roles) {
    AwsCredentialsProvider own = new CredentialSelection(environment, roles).own();
    return environment.role().isEmpty() ? own : roles.assumed(environment.role().get(), own);
  }

  /**
   * Returns an environment by the name that messages give it: where none is named and no profile
   * either, that of the usual profile, if that is the one that signs.
   */
  public static Environment called(Environment environment) {
    boolean unnamed =
        environment.name().equals(Environments.UNNAMED)
            && environment.profile().isEmpty()
            && environment.keys().isEmpty();
    return unnamed && !areSet(KEYS) && !areSet(WEB_IDENTITY)
        ? Profiles.usualIfThere().map(p -> environment.withName(p.name())).orElse(environment)
        : environment;
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
    if (areSet(KEYS)) {
      return variables(nobody());
    }
    if (areSet(WEB_IDENTITY)) {
      return web();
    }
    Optional<Profile> profile = Profiles.usual().filter(ProfileCredentials::hasCredentials);
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
                        + FailureText.of(failure)
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

  private AwsCredentialsProvider web() {
    return roles.web(
        webIdentity(SdkSystemSetting.AWS_ROLE_ARN),
        Path.of(webIdentity(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)),
        SdkSystemSetting.AWS_ROLE_SESSION_NAME.getStringValue());
  }

  /** Else another identity would sign than the one that was half set. */
  private String webIdentity(SdkSystemSetting setting) {
    return value(setting)
        .orElseThrow(
            () ->
                new InvalidJobException(
                    Location.NOWHERE,
                    nobody()
                        + ": set both AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE, or neither: "
                        + setting.environmentVariable()
                        + " is missing"));
  }

  private static boolean areSet(List<SdkSystemSetting> settings) {
    return settings.stream().anyMatch(setting -> value(setting).isPresent());
  }

  private static Optional<String> value(SdkSystemSetting setting) {
    return setting.getStringValue().map(String::strip).filter(value -> !value.isEmpty());
  }
}
