package org.dynocopy.store.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.Failures;
import org.dynocopy.store.dynamo.wire.Reason;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.signin.auth.LoginCredentialsProvider;

/**
 * The credentials of an AWS profile that has them itself, and what to do where it fails to give
 * them. The SDK's providers get them, each time anew: when, and what becomes of failures, is
 * decided by {@link RenewedCredentials} alone.
 */
final class LeafProfile {

  /**
   * What the SDK says of a command that fails, with all that it has written to its error output.
   */
  private static final Pattern FAILED =
      Pattern.compile(
          "Command returned non-zero exit value \\((\\d+)\\) with error message: ?(.*)");

  /** As long as AWS's SDK for Go waits; that for Java waits without end. */
  private static final Duration LONGEST_PROCESS = Duration.ofMinutes(1);

  private static final String[] NONE = {};

  private static final String NOT_JSON =
      "what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey";

  private final Profile profile;
  private final Region region;
  private final SdkHttpClient http;

  private LeafProfile(Profile profile, Region region, SdkHttpClient http) {
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
    return new LeafProfile(profile, region, http).provider();
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
      return new CheckedCredentials(
          new RenewedCredentials(() -> run(process.get())),
          "Look at the credential_process of " + name(profile) + ", which gave these credentials",
          failure ->
              CheckedCredentials.failed(
                  Kind.EXPIRED,
                  "the credential_process of " + name(profile) + " failed: " + said(failure),
                  failure));
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
        new RenewedCredentials(source),
        "Run `" + command + "`",
        failure -> signedOut(command, failure));
  }

  /** What is written wrongly in the profile, and what a service refuses, no sign-in changes. */
  private SignInException signedOut(String command, RuntimeException failure) {
    boolean other =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || Failures.server(failure).isPresent()
            || failure instanceof AwsServiceException service && service.statusCode() != 401;
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

  // A profile's command is one for the system's shell, which the other way to give it has not.
  @SuppressWarnings("deprecation")
  private AwsCredentials run(String command) {
    try (ProcessCredentialsProvider process =
        ProcessCredentialsProvider.builder()
            .command(command)
            .credentialRefreshThreshold(Duration.ofMillis(1))
            .build()) {
      AwsCredentials credentials =
          LimitedCall.within(LONGEST_PROCESS, process::resolveCredentials, () -> notEnded(command));
      Optional<String> ended = credentials.expirationTime().flatMap(CheckedCredentials::ended);
      if (ended.isPresent()) {
        throw new SignInException(
            Kind.EXPIRED,
            "the credential_process of " + name(profile) + " gives " + ended.get(),
            null);
      }
      return credentials;
    }
  }

  private SignInException notEnded(String command) {
    // The SDK leaves it running. Other processes may be a recipe's.
    ProcessHandle.current()
        .children()
        .filter(child -> List.of(child.info().arguments().orElse(NONE)).contains(command))
        .flatMap(child -> Stream.concat(child.descendants(), Stream.of(child)))
        .forEach(ProcessHandle::destroy);
    return CheckedCredentials.failed(
        Kind.REFUSED,
        "the credential_process of "
            + name(profile)
            + " has not ended within a minute: run it yourself to see what it waits for",
        null);
  }

  /** What a process writes to its output may have secrets: only its error output is shown. */
  private static String said(RuntimeException failure) {
    if (failure instanceof AbortedException) {
      return "interrupted";
    }
    for (Throwable e : Reason.causes(failure).toList()) {
      Matcher failed = FAILED.matcher(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      if (failed.find()) {
        String words = Reason.plain(failed.group(2));
        return "exit code " + failed.group(1) + (words.isEmpty() ? "" : ", " + words);
      }
    }
    return NOT_JSON;
  }
}
