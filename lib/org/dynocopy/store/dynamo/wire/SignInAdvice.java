package org.dynocopy.store.dynamo.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Says what to do where a service does not take a signature. */
public final class SignInAdvice {

  private static final Set<String> NOT_TAKEN =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException");

  private static final Set<String> AT_ANOTHER_TIME =
      Set.of("RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired");

  /** As in "Signature expired: 20261130T120000Z is now earlier than 20261130T121500Z". */
  private static final Pattern SIGNATURE = Pattern.compile("Signature (?:expired|not yet current)");

  private SignInAdvice() {}

  /**
   * Returns what to do about an answer, after a full stop; empty where it is not about the
   * signature.
   *
   * @param credentials those that have signed
   */
  static String of(Object credentials, String code, String message) {
    if (AT_ANOTHER_TIME.contains(code) || SIGNATURE.matcher(message).find()) {
      return ". The clock of this machine says "
          + Instant.now().truncatedTo(ChronoUnit.SECONDS)
          + ": set it right";
    }
    if (!NOT_TAKEN.contains(code) || !(credentials instanceof Renewable known)) {
      return "";
    }
    return code.startsWith("ExpiredToken") && known.renewsItself()
        ? ". Run the same command again, which gets new credentials. If they are refused, too: "
            + known.renewal()
        : ". " + known.renewal();
  }

  /** Returns the same for what the SDK throws. */
  public static String of(Object credentials, Throwable failure) {
    return FailureText.causes(failure)
        .filter(AwsServiceException.class::isInstance)
        .map(e -> ((AwsServiceException) e).awsErrorDetails())
        .filter(details -> details != null)
        .map(
            details ->
                of(
                    credentials,
                    String.valueOf(details.errorCode()),
                    String.valueOf(details.errorMessage())))
        .findFirst()
        .orElse("");
  }
}
