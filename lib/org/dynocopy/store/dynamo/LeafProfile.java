package org.dynocopy.store.dynamo;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.dynamo.wire.Failures;
import org.dynocopy.store.dynamo.wire.Reason;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;

/** Says what to do where an AWS profile that has its credentials itself fails to give them. */
final class LeafProfile {

  /**
   * What the SDK says of a command that fails, with all that it has written to its error output.
   */
  private static final Pattern FAILED =
      Pattern.compile(
          "Command returned non-zero exit value \\((\\d+)\\) with error message: ?(.*)");

  private static final String SSO_SESSION = "sso_session";

  private LeafProfile() {}

  static AwsCredentialsProvider of(Profile profile) {
    return new CheckedCredentials(ProfileCredentialsProvider.create(profile.name()), told(profile));
  }

  /** Returns whether a profile says who signs. */
  static boolean hasCredentials(Profile profile) {
    return isSso(profile)
        || has(
            profile,
            ProfileProperty.AWS_ACCESS_KEY_ID,
            ProfileProperty.ROLE_ARN,
            ProfileProperty.LOGIN_SESSION,
            ProfileProperty.CREDENTIAL_PROCESS);
  }

  private static boolean isSso(Profile profile) {
    return has(
        profile,
        SSO_SESSION,
        ProfileProperty.SSO_START_URL,
        ProfileProperty.SSO_ACCOUNT_ID,
        ProfileProperty.SSO_ROLE_NAME);
  }

  private static boolean has(Profile profile, String... names) {
    return Stream.of(names).anyMatch(name -> Profiles.property(profile, name).isPresent());
  }

  private static Function<RuntimeException, SignInException> told(Profile profile) {
    String name = "the AWS profile `" + profile.name() + "`";
    if (!hasCredentials(profile)) {
      return failure ->
          CheckedCredentials.failed(
              Kind.REFUSED,
              name
                  + " has no credentials: `aws configure --profile "
                  + profile.name()
                  + "` gives it some",
              failure);
    }
    // In the order in which the SDK looks at them.
    if (has(profile, ProfileProperty.ROLE_ARN)) {
      return failure ->
          CheckedCredentials.because("the role of " + name + " cannot be assumed", failure);
    }
    if (isSso(profile)) {
      return failure -> signedOut(name, "aws sso login --profile " + profile.name(), failure);
    }
    if (has(profile, ProfileProperty.LOGIN_SESSION)) {
      return failure -> signedOut(name, "aws login --profile " + profile.name(), failure);
    }
    if (has(profile, ProfileProperty.CREDENTIAL_PROCESS)) {
      return failure ->
          CheckedCredentials.failed(
              Kind.EXPIRED,
              "the credential_process of " + name + " failed: " + said(failure),
              failure);
    }
    return failure -> CheckedCredentials.because(name + " has no complete credentials", failure);
  }

  /** What is written wrongly in the profile, and what a service refuses, no sign-in changes. */
  private static SignInException signedOut(String name, String command, RuntimeException failure) {
    boolean other =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || Failures.server(failure).isPresent()
            || failure instanceof AwsServiceException service && service.statusCode() != 401;
    return other
        ? CheckedCredentials.because(name + " cannot sign in", failure)
        : CheckedCredentials.failed(
            Kind.EXPIRED, name + " is not signed in, or no longer: run `" + command + "`", failure);
  }

  /** What a process writes to its output may have secrets: only its error output is shown. */
  private static String said(RuntimeException failure) {
    for (Throwable e : Reason.causes(failure).toList()) {
      Matcher failed = FAILED.matcher(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      if (failed.find()) {
        String words = Reason.plain(failed.group(2));
        return "exit code " + failed.group(1) + (words.isEmpty() ? "" : ", " + words);
      }
    }
    return "what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey";
  }
}
