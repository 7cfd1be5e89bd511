package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.Origin;
import org.dynocopy.http.ProxyRefusedException;
import org.dynocopy.http.ProxyUnreachableException;
import org.dynocopy.http.ResponseTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.internal.AwsErrorCode;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class ErrorMapperTest {

  private static final URI ENDPOINT = URI.create("https://dynamodb.eu-west-1.amazonaws.com");

  /** Whatever the service leaves out, there is something behind each colon. */
  @Test
  void noMessageEndsWithAColonOrAnEmptyQuote() {
    List<String> texts =
        List.of("", " ", ":", "Failed: ", "Failed: ''", "Failed: \\\"\\\"", "Failed: ``");
    for (int status : List.of(400, 403, 408, 413, 429, 500, 503)) {
      assertSaysSomething(answered(status, ""));
      assertSaysSomething(answered(status, "{}"));
      assertSaysSomething(answered(status, "{\"__type\":null,\"message\":null}"));
      for (String code : List.of("", "UnknownOperationException", "AccessDeniedException", "x#Y")) {
        assertSaysSomething(answered(status, "{\"__type\":\"" + code + "\"}"));
        for (String text : texts) {
          String body = "{\"__type\":\"" + code + "\",\"message\":\"" + text + "\"}";
          assertSaysSomething(answered(status, body));
        }
      }
    }
    for (String text : List.of("", " ", ":")) {
      AwsErrorDetails details =
          AwsErrorDetails.builder().errorCode("Whatever").errorMessage(text).build();
      assertSaysSomething(
          ErrorMapper.of(
              "prod",
              "ListTables",
              ENDPOINT,
              DynamoDbException.builder().awsErrorDetails(details).statusCode(400).build(),
              null));
    }
  }

  private static void assertSaysSomething(StoreException e) {
    assertThat(e.getMessage()).doesNotContainPattern("(: *|''|\"\"|``|null)($|: )");
  }

  @Test
  void operationThatTheServerDoesNotHaveIsSaidSo() {
    assertThat(answered(400, "{\"__type\":\"x#UnknownOperationException\"}"))
        .hasMessage("prod: Scan: UnknownOperationException: the server has no such operation");
  }

  private static StoreException answered(int status, String body) {
    return ErrorMapper.answered(
        "prod", "Scan", status, body.getBytes(StandardCharsets.UTF_8), null);
  }

  /**
   * Every error that the service documents for what is asked of it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
   *     handling with DynamoDB</a>
   */
  @ParameterizedTest
  @CsvSource({
    "400, com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException, THROTTLED",
    "400, com.amazonaws.dynamodb.v20120810#RequestLimitExceeded, THROTTLED",
    "400, com.amazonaws.dynamodb.v20120810#LimitExceededException, THROTTLED",
    "400, com.amazon.coral.availability#ThrottlingException, THROTTLED",
    "400, Throttling, THROTTLED",
    "400, ThrottledException, THROTTLED",
    "400, RequestThrottled, THROTTLED",
    "400, RequestThrottledException, THROTTLED",
    "400, BandwidthLimitExceeded, THROTTLED",
    "400, SlowDown, THROTTLED",
    "400, TooManyRequestsException, THROTTLED",
    "429, Whatever, THROTTLED",
    "400, com.amazon.coral.service#ExpiredTokenException, EXPIRED",
    "400, ExpiredToken, EXPIRED",
    "400, RequestExpired, EXPIRED",
    "400, RequestTimeTooSkewed, EXPIRED",
    "400, RequestInTheFuture, EXPIRED",
    "400, com.amazon.coral.service#InvalidSignatureException, EXPIRED",
    "400, SignatureDoesNotMatch, EXPIRED",
    "400, com.amazonaws.dynamodb.v20120810#ReplicatedWriteConflictException, UNAVAILABLE",
    "400, com.amazonaws.dynamodb.v20120810#TransactionConflictException, UNAVAILABLE",
    "400, com.amazonaws.dynamodb.v20120810#TransactionInProgressException, UNAVAILABLE",
    "400, RequestTimeout, UNAVAILABLE",
    "400, RequestTimeoutException, UNAVAILABLE",
    "400, PriorRequestNotComplete, UNAVAILABLE",
    "400, InternalServerError, UNAVAILABLE",
    "400, InternalFailure, UNAVAILABLE",
    "400, InternalError, UNAVAILABLE",
    "400, ServiceUnavailable, UNAVAILABLE",
    "400, ServiceUnavailableException, UNAVAILABLE",
    "500, com.amazonaws.dynamodb.v20120810#InternalServerError, UNAVAILABLE",
    "503, com.amazon.coral.availability#ServiceUnavailableException, UNAVAILABLE",
    "500, Whatever, UNAVAILABLE",
    "502, Whatever, UNAVAILABLE",
    "504, Whatever, UNAVAILABLE",
    "408, Whatever, UNAVAILABLE",
    "400, com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException, CONFLICT",
    "400, com.amazon.coral.validate#ValidationException, REJECTED",
    "400, ValidationException, REJECTED",
    "400, com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException, REJECTED",
    "400, com.amazon.coral.service#SerializationException, REJECTED",
    "400, RequestEntityTooLarge, REJECTED",
    "413, Whatever, REJECTED",
    "400, com.amazon.coral.service#AccessDeniedException, REFUSED",
    "400, com.amazon.coral.service#UnrecognizedClientException, REFUSED",
    "400, com.amazon.coral.service#IncompleteSignatureException, REFUSED",
    "400, com.amazon.coral.service#MissingAuthenticationTokenException, REFUSED",
    "400, com.amazon.coral.service#NotAuthorized, REFUSED",
    "400, com.amazon.coral.service#OptInRequired, REFUSED",
    "400, com.amazon.coral.service#InvalidClientTokenId, REFUSED",
    "400, com.amazon.coral.service#UnknownOperationException, REFUSED",
    "400, com.amazon.coral.service#MissingAuthenticationToken, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ResourceNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ResourceInUseException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#TableNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#TableAlreadyExistsException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#TableInUseException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#BackupNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#BackupInUseException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ContinuousBackupsUnavailableException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#PointInTimeRecoveryUnavailableException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#InvalidRestoreTimeException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#InvalidExportTimeException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ExportNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ExportConflictException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ImportNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ImportConflictException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#ReplicaNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#GlobalTableNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#IndexNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#PolicyNotFoundException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#TransactionCanceledException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#DuplicateItemException, REFUSED",
    "400, com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException, REFUSED",
    "403, Whatever, REFUSED",
    "404, Whatever, REFUSED",
    "418, Whatever, REFUSED",
  })
  void whatTheServiceSaysDecidesWhatMayBeDone(int status, String type, Kind kind) {
    StoreException e =
        answered(status, "{\"__type\":\"" + type + "\",\"message\":\"so it is\",\"x\":{}}");
    assertThat(e.kind()).isEqualTo(kind);
    String code = type.substring(type.indexOf('#') + 1);
    assertThat(e).hasMessageStartingWith("prod: Scan: " + code + ": so it is");
  }

  /** EC2's own codes apart: no DynamoDB sends them. */
  @Test
  void whatTheSdkTriesAgainIsTriedAgain() {
    Set<String> all = new TreeSet<>(AwsErrorCode.RETRYABLE_ERROR_CODES);
    all.addAll(AwsErrorCode.THROTTLING_ERROR_CODES);
    all.addAll(AwsErrorCode.DEFINITE_CLOCK_SKEW_ERROR_CODES);
    all.addAll(AwsErrorCode.POSSIBLE_CLOCK_SKEW_ERROR_CODES);
    all.removeAll(Set.of("EC2ThrottledException", "AuthFailure"));
    assertThat(all).hasSizeGreaterThan(10).allMatch(code -> coded(code).retryable());
    assertThat(AwsErrorCode.THROTTLING_ERROR_CODES)
        .filteredOn(code -> coded(code).kind() == Kind.THROTTLED)
        .hasSizeGreaterThan(8);
  }

  private static StoreException coded(String code) {
    return answered(400, "{\"__type\":\"" + code + "\",\"message\":\"m\"}");
  }

  /** Whether a write was done, or only its answer is missing, decides what it is compared with. */
  @Test
  void onlyWhatIsNotWellMayBeDoneAllTheSame() {
    for (Kind kind : Kind.values()) {
      StoreException e = new StoreException(kind, "m");
      assertThat(e.mayBeDone()).as("%s", kind).isEqualTo(kind == Kind.UNAVAILABLE);
      assertThat(e.retryable())
          .as("%s", kind)
          .isEqualTo(Set.of(Kind.THROTTLED, Kind.UNAVAILABLE, Kind.EXPIRED).contains(kind));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TableWriteKeyRangeThroughputExceeded, users, 'writes of table users, key range', true",
    "TableReadProvisionedThroughputExceeded, users,"
        + " 'reads of table users, provisioned throughput', false",
    "IndexWriteKeyRangeThroughputExceeded, users/index/byTenant,"
        + " 'writes of index byTenant of table users, key range', true",
    "IndexReadMaxOnDemandThroughputExceeded, users/index/byTenant,"
        + " 'reads of index byTenant of table users, on-demand maximum', false",
    "TableWriteAccountLimitExceeded, users, 'writes of table users, account limit', false",
    "TableWriteMoonExceeded, users, 'writes of table users, Moon', false",
    "Whatever, users, 'Whatever arn:aws:dynamodb:eu-west-1:1:table/users', false",
  })
  void whatIsAtItsLimitIsTold(String reason, String resource, String by, boolean keyRange) {
    // One exception writes the field so, the other so.
    for (String field : new String[] {"ThrottlingReasons", "throttlingReasons"}) {
      StoreException e =
          throttled(field, reason(reason, "arn:aws:dynamodb:eu-west-1:1:table/" + resource));
      assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(e.throttledBy()).isEqualTo(by);
      assertThat(e.keyRange()).isEqualTo(keyRange);
      assertThat(e).hasMessage("prod: Scan: ThrottlingException: slow (" + by + ")");
    }
  }

  @Test
  void onlyIfAllReasonsAreKeyRangesTheTableIsNotAtItsLimit() {
    String range = reason("TableWriteKeyRangeThroughputExceeded", "a:table/users");
    String index = reason("IndexWriteKeyRangeThroughputExceeded", "a:table/users/index/i");
    String table = reason("TableWriteAccountLimitExceeded", "a:table/users");
    assertThat(throttled("ThrottlingReasons", range + "," + index).keyRange()).isTrue();
    assertThat(throttled("ThrottlingReasons", range + "," + table).keyRange()).isFalse();
    assertThat(throttled("ThrottlingReasons", table + "," + range).keyRange()).isFalse();
    assertThat(throttled("ThrottlingReasons", range + "," + table).throttledBy())
        .isEqualTo("writes of table users, key range; writes of table users, account limit");
    for (String strange : new String[] {"", "{}", "7", "[]", "{\"reason\":7,\"x\":{\"y\":[1]}}"}) {
      StoreException e = throttled("ThrottlingReasons", strange);
      assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(e.keyRange()).isFalse();
      assertThat(e).hasMessage("prod: Scan: ThrottlingException: slow");
    }
    assertThat(
            answered(400, "{\"__type\":\"a#ThrottlingException\",\"ThrottlingReasons\":null}")
                .kind())
        .isEqualTo(Kind.THROTTLED);
  }

  private static String reason(String reason, String resource) {
    return "{\"reason\":\"" + reason + "\",\"resource\":\"" + resource + "\"}";
  }

  private static StoreException throttled(String field, String reasons) {
    return answered(
        400,
        "{\"__type\":\"a#ThrottlingException\",\""
            + field
            + "\":["
            + reasons
            + "],\"message\":\"slow\"}");
  }

  @Test
  void conflictsBringTheItemThatIsThereIfItWasAskedFor() {
    String type = "{\"__type\":\"a#ConditionalCheckFailedException\",";
    StoreException e = answered(400, type + "\"Item\": {\"id\":{\"S\":\"ü\"}} ,\"message\":\"m\"}");
    assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(e.there().orElseThrow()).hasToString("{\"id\":{\"S\":\"ü\"}}");
    assertThat(answered(400, type + "\"message\":\"m\"}").there()).isEmpty();
  }

  @Test
  void messageIsFoundHoweverItsFieldIsWritten() {
    assertThat(answered(400, "{\"__type\":\"a#B\",\"Message\":\"so\"}"))
        .hasMessage("prod: Scan: B: so");
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "429, THROTTLED", "403, REFUSED", "413, REJECTED"})
  void statusIsEnoughWhereTheBodyIsSomethingBeforeTheService(int status, Kind kind) {
    for (String body : new String[] {"", "<html>busy</html>", "[]", "{"}) {
      StoreException e = answered(status, body);
      assertThat(e.kind()).as(body).isEqualTo(kind);
      assertThat(e).hasMessageContaining("HTTP " + status);
    }
  }

  @Test
  void longPageOfAProxyIsCut() {
    assertThat(answered(502, "<" + "x".repeat(10_000)).getMessage()).hasSizeLessThan(300);
  }

  @Test
  void expiredCredentialsAreToldWithWhatToDo() {
    assertThat(answered(400, "{\"__type\":\"a#ExpiredTokenException\",\"message\":\"m\"}"))
        .hasMessageEndingWith(". Renew the credentials of `prod`, and run the same command again");
  }

  @Test
  void whatTheSdksClientSaysIsToldAlike() {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode("AccessDeniedException").errorMessage("no").build();
    StoreException e =
        ErrorMapper.of(
            "prod",
            "DescribeTable",
            ENDPOINT,
            DynamoDbException.builder().statusCode(400).awsErrorDetails(details).build(),
            null);
    assertThat(e.kind()).isEqualTo(Kind.REFUSED);
    assertThat(e).hasMessage("prod: DescribeTable: AccessDeniedException: no");
  }

  /** As the SDK's client has it of a web server that is no DynamoDB. */
  @Test
  void answerWithoutACodeIsToldByItsStatus() {
    StoreException e =
        ErrorMapper.of(
            "prod",
            "DescribeTable",
            ENDPOINT,
            DynamoDbException.builder()
                .statusCode(404)
                .awsErrorDetails(AwsErrorDetails.builder().build())
                .build(),
            null);
    assertThat(e.kind()).isEqualTo(Kind.REFUSED);
    assertThat(e).hasMessageStartingWith("prod: DescribeTable: HTTP 404");
    assertThat(e.getMessage()).doesNotContain("null");
  }

  @Test
  void endpointThatDoesNotAnswerIsTold() {
    SdkClientException e =
        SdkClientException.create("Unable to execute", new IOException("Connection refused"));
    StoreException failure = ErrorMapper.of("prod", "DescribeTable", ENDPOINT, e, null);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessage("prod: " + ENDPOINT + " does not answer (Connection refused)");
  }

  /** The endpoint has nothing to do with it, however deep it stands. */
  @Test
  void failedSignInIsToldInItsOwnWords() {
    SignInException e = new SignInException(Kind.EXPIRED, "sign in by `x`", new IOException("net"));
    StoreException failure =
        ErrorMapper.of("prod", "DescribeTable", ENDPOINT, SdkClientException.create("m", e), null);
    assertThat(failure.kind()).isEqualTo(Kind.EXPIRED);
    assertThat(failure).hasMessage("sign in by `x`");
  }

  @Test
  void whatCannotBeSentIsNotTakenForASilentServer() {
    SdkClientException e = SdkClientException.create("FIPS and custom endpoint are not supported");
    StoreException failure = ErrorMapper.of("prod", "DescribeTable", ENDPOINT, e, null);
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure)
        .hasMessage("prod: DescribeTable: FIPS and custom endpoint are not supported");
  }

  @Test
  void expiredCertificateOfTheEndpointIsNoMatterOfCredentials() {
    SdkClientException e =
        SdkClientException.create(
            "Unable to execute HTTP request: certificate_expired",
            new IOException("Received fatal alert: certificate_expired"));
    StoreException failure = ErrorMapper.of("prod", "DescribeTable", ENDPOINT, e, null);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("does not answer");
  }

  @Test
  void passwordInAnEndpointIsNotPrinted() {
    URI endpoint = URI.create("http://user:s3cr3t@proxy:8000");
    assertThat(ErrorMapper.unanswered("prod", endpoint, new IOException("reset")).getMessage())
        .contains("proxy:8000")
        .doesNotContain("s3cr3t");
  }

  @Test
  void proxyThatIsNotThereIsNamedAndNothingWasSent() {
    IOException proxy =
        new ProxyUnreachableException(
            Origin.of(URI.create("http://proxy.test:3128")),
            new UnknownHostException("proxy.test"));
    StoreException e = ErrorMapper.unanswered("prod", ENDPOINT, proxy);
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e.mayBeDone()).isFalse();
    assertThat(e)
        .hasMessage(
            "prod: https://dynamodb.eu-west-1.amazonaws.com does not answer (the proxy"
                + " proxy.test:3128 does not answer: there is no host of this name)");
  }

  @Test
  void accountsHostThatAProxyRefusesIsToldWithTheWayAround() {
    StoreException e =
        ErrorMapper.unanswered(
            "prod",
            ENDPOINT,
            new ProxyRefusedException(
                "the proxy p:1 answers with HTTP 403",
                "222222222222.ddb.eu-central-1.amazonaws.com"));
    assertThat(e)
        .hasMessage(
            "prod: the proxy p:1 answers with HTTP 403. Set"
                + " AWS_ACCOUNT_ID_ENDPOINT_MODE=disabled to use the host of the region instead");
    StoreException other =
        ErrorMapper.unanswered(
            "prod", ENDPOINT, new ProxyRefusedException("no", "dynamodb.eu-west-1.amazonaws.com"));
    assertThat(other).hasMessage("prod: no");
  }

  /** A role's source has nothing to do with the end of its session. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void endOfASessionThatIsRenewedIsAReasonToRunAgainFirst(boolean renewsItself) {
    Renewable signer =
        new Renewable() {
          @Override
          public String renewal() {
            return "Give `keys` other access keys";
          }

          @Override
          public boolean renewsItself() {
            return renewsItself;
          }
        };
    byte[] body =
        "{\"__type\":\"ExpiredTokenException\",\"message\":\"It is expired.\"}"
            .getBytes(StandardCharsets.UTF_8);
    String again = "Run the same command again, which gets new credentials. If they are refused,";
    assertThat(ErrorMapper.answered("prod", "Scan", 400, body, signer))
        .hasMessage(
            "prod: Scan: ExpiredTokenException: It is expired. "
                + (renewsItself ? again + " too: " : "")
                + "Give `keys` other access keys, and run the same command again");
  }

  /** The next answer would be as large. */
  @Test
  void answerWithoutAnEndEndsTheRunAndNamesTheServer() {
    IOException oversize = new ResponseTooLargeException("an answer of 5 bytes: the most is 4");
    String sentence =
        "prod: https://dynamodb.eu-west-1.amazonaws.com sends an answer of 5 bytes: the most is 4";
    StoreException wire = ErrorMapper.unanswered("prod", ENDPOINT, oversize);
    assertThat(wire.kind()).isEqualTo(Kind.REFUSED);
    assertThat(wire).hasMessage(sentence);
    SdkClientException sdk = SdkClientException.create("Unable to execute", oversize);
    StoreException control = ErrorMapper.of("prod", "DescribeTable", ENDPOINT, sdk, null);
    assertThat(control.kind()).isEqualTo(Kind.REFUSED);
    assertThat(control).hasMessage(sentence);
  }
}
