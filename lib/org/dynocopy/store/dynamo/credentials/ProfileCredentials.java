package org.dynocopy.store.dynamo.credentials;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.ErrorMapper;
import org.dynocopy.store.dynamo.wire.FailureText;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.signin.auth.LoginCredentialsProvider;

/**
 * The credentials of an AWS profile that has them itself, and what to do where it fails to give
 * them. The SDK's providers get them, each time anew: when, and what becomes of failures, is
 * decided by {@link RefreshedCredentials} alone.
 */
final class ProfileCredentials {

  private final Profile profile;
  private final Region region;
  private final SdkHttpClient http;

  private ProfileCredentials(Profile profile, Region region, SdkHttpClient http) {
    this.profile = profile;
    this.region = region;
    this.http = http;
  }

  /**
   * Returns who signs for a profile without a role.
   *
   * @param region where it signs in
   * @param http what carries the requests
   */
  static AwsCredentialsProvider of(Profile profile, Region region, SdkHttpClient http) {
    return new ProfileCredentials(profile, region, http).provider();
  }

  /** Returns whether a profile says who signs. */
  static boolean hasCredentials(Profile profile) {
    return hasOwnCredentials(profile)
        || has(
            profile,
            ProfileProperty.ROLE_ARN,
            ProfileProperty.SOURCE_PROFILE,
            ProfileProperty.CREDENTIAL_SOURCE,
            ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
  }

  /** Returns whether a profile says who signs without a role. */
  static boolean hasOwnCredentials(Profile profile) {
    return SsoCredentials.areOf(profile)
        || has(
            profile,
            ProfileProperty.AWS_ACCESS_KEY_ID,
            ProfileProperty.AWS_SECRET_ACCESS_KEY,
            ProfileProperty.LOGIN_SESSION,
            ProfileProperty.CREDENTIAL_PROCESS);
  }

  private static boolean has(Profile profile, String... names) {
    return Stream.of(names).anyMatch(name -> Profiles.property(profile, name).isPresent());
  }

  /** In the order in which the SDK looks at them. */
  private AwsCredentialsProvider provider() {
    if (SsoCredentials.areOf(profile)) {
      return signedIn(
          new SsoCredentials(profile, http)::fetch, "aws sso login --profile " + profile.name());
    }
    Optional<String> login = Profiles.property(profile, ProfileProperty.LOGIN_SESSION);
    if (login.isPresent()) {
      return signedIn(() -> login(login.get()), "aws login --profile " + profile.name());
    }
    Optional<String> process = Profiles.property(profile, ProfileProperty.CREDENTIAL_PROCESS);
    if (process.isPresent()) {
      Profiles.checkCommand(profile);
      String what = "the credential_process of " + name(profile);
      return new CheckedCredentials(
          new RefreshedCredentials(new CredentialProcess(process.get(), what)::fetch),
          "Look at " + what + ", which gave these credentials",
          failure ->
              CheckedCredentials.failed(
                  Kind.EXPIRED, what + " failed: " + FailureText.of(failure), failure));
    }
    return checked(profile, ProfileCredentialsProvider.create(profile.name()));
  }

  private static String name(Profile profile) {
    return "the AWS profile `" + profile.name() + "`";
  }

  /** Returns who has access keys that stand in the profile. */
  static AwsCredentialsProvider checked(Profile profile, AwsCredentialsProvider keys) {
    String configure = "`aws configure --profile " + profile.name() + "`";
    boolean none = !has(profile, ProfileProperty.AWS_ACCESS_KEY_ID);
    Function<RuntimeException, SignInException> told =
        failure ->
            none
                ? CheckedCredentials.failed(
                    Kind.REFUSED,
                    name(profile) + " has no credentials: " + configure + " gives it some",
                    failure)
                : CheckedCredentials.because(
                    name(profile) + " has no complete credentials", failure);
    String renewal =
        has(profile, ProfileProperty.AWS_SESSION_TOKEN)
            ? "Put access keys with a new aws_session_token into " + name(profile)
            : "Give " + name(profile) + " other access keys (" + configure + ")";
    return new CheckedCredentials(keys, renewal, told);
  }

  private AwsCredentialsProvider signedIn(Supplier<AwsCredentials> source, String command) {
    return new CheckedCredentials(
        new RefreshedCredentials(source),
        "Run `" + command + "`",
        failure -> signedOut(command, failure));
  }

  /** What is written wrongly in the profile, and what a service refuses, no sign-in changes. */
  private SignInException signedOut(String command, RuntimeException failure) {
    boolean other =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || ErrorMapper.server(failure).isPresent()
            || failure instanceof AwsServiceException service && service.statusCode() != 401;
    if (failure instanceof AwsServiceException service && service.statusCode() == 403) {
      SignInException why = CheckedCredentials.because(name(profile) + " cannot sign in", failure);
      return CheckedCredentials.failed(
          Kind.EXPIRED, why.getMessage() + SsoCredentials.question(profile), failure);
    }
    return other
        ? CheckedCredentials.because(name(profile) + " cannot sign in", failure)
        : CheckedCredentials.failed(
            Kind.EXPIRED,
            name(profile) + " is not signed in, or no longer: run `" + command + "`",
            failure);
  }

  private AwsCredentials login(String session) {
    TokenFiles.check(TokenFiles.login(session));
    try (SigninClient client =
            SigninClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .build();
        LoginCredentialsProvider provider =
            LoginCredentialsProvider.builder()
                .signinClient(client)
                .loginSession(session)
                .tokenCacheLocation(TokenFiles.logins())
                .asyncCredentialUpdateEnabled(false)
                .build()) {
      return provider.resolveCredentials();
    }
  }
}
