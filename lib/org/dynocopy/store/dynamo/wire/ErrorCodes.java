package org.dynocopy.store.dynamo.wire;

import java.util.Set;
import org.dynocopy.core.StoreException.Kind;

/**
 * What may be done about an error that the service answers with, by its code and its status.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling with DynamoDB</a>
 */
final class ErrorCodes {

  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "SlowDown",
          "TooManyRequestsException",
          "LimitExceededException");

  private static final Set<String> EXPIRED =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          // The clock of a laptop that slept: each attempt is signed anew.
          "RequestTimeTooSkewed",
          "RequestInTheFuture",
          "InvalidSignatureException",
          "SignatureDoesNotMatch");

  private static final Set<String> UNAVAILABLE =
      Set.of(
          "InternalServerError",
          "InternalFailure",
          "InternalError",
          "ServiceUnavailable",
          "ServiceUnavailableException",
          "RequestTimeout",
          "RequestTimeoutException",
          "RequestAbortedException",
          // Damaged on the way: what is sent is plain JSON.
          "MalformedHttpRequestException",
          "PriorRequestNotComplete",
          // Another write of the same item was just under way.
          "TransactionConflictException",
          "TransactionInProgressException",
          "ReplicatedWriteConflictException");

  /** Of these, answers to what the service has not begun with. */
  private static final Set<String> NOT_DONE =
      Set.of(
          "RequestTimeout",
          "RequestTimeoutException",
          "MalformedHttpRequestException",
          "PriorRequestNotComplete",
          "TransactionConflictException",
          "TransactionInProgressException",
          "ReplicatedWriteConflictException");

  private static final Set<String> REJECTED =
      Set.of(
          "ValidationException",
          "ValidationError",
          "ItemCollectionSizeLimitExceededException",
          "SerializationException",
          "RequestEntityTooLarge",
          "RequestEntityTooLargeException");

  private ErrorCodes() {}

  static Kind kind(int status, String code) {
    if (THROTTLED.contains(code) || status == 429) {
      return Kind.THROTTLED;
    }
    if (EXPIRED.contains(code)) {
      return Kind.EXPIRED;
    }
    if (UNAVAILABLE.contains(code) || status >= 500 || status == 408) {
      return Kind.UNAVAILABLE;
    }
    if (code.equals("ConditionalCheckFailedException")) {
      return Kind.CONFLICT;
    }
    return REJECTED.contains(code) || status == 413 ? Kind.REJECTED : Kind.REFUSED;
  }

  /**
   * Returns whether an error that may pass is the answer to a request that was surely not done.
   * Where the service has failed (5xx), it may have been.
   */
  static boolean notDone(int status, String code) {
    return status == 408 || status < 500 && NOT_DONE.contains(code);
  }
}
