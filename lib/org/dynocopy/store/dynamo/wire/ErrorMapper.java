package org.dynocopy.store.dynamo.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.NoResponseException;
import org.dynocopy.http.ProxyRefusedException;
import org.dynocopy.http.ProxyUnreachableException;
import org.dynocopy.http.ResponseTooLargeException;
import org.dynocopy.json.Json;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;

/**
 * Says what a failed request means and what may be done about it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling with DynamoDB</a>
 */
public final class ErrorMapper {

  private static final List<Class<? extends Exception>> ON_THE_WAY =
      List.of(
          IOException.class,
          UncheckedIOException.class,
          AbortedException.class,
          ApiCallTimeoutException.class,
          ApiCallAttemptTimeoutException.class,
          RetryableException.class);

  /** There was no connection yet. */
  private static final List<Class<? extends IOException>> NOT_SENT =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          ProxyUnreachableException.class,
          UnknownHostException.class);

  private static final String AGAIN = ", and run the same command again";

  private ErrorMapper() {}

  /** An answer that is not a success. */
  static StoreException answered(
      String environment, String operation, int status, byte[] body, Object credentials) {
    String code = "";
    String message = "";
    Item there = null;
    ThrottleReason throttling = ThrottleReason.UNKNOWN;
    try (JsonParser json = Json.parser(body, 0, body.length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName().toLowerCase(Locale.ROOT);
        json.nextToken();
        boolean text = json.currentToken() == JsonToken.VALUE_STRING;
        if (text && name.equals("__type")) {
          code = json.getText().substring(json.getText().indexOf('#') + 1);
        } else if (text && name.equals("message")) {
          message = json.getText();
        }
        if (name.equals("throttlingreasons") && json.currentToken() == JsonToken.START_ARRAY) {
          throttling = ThrottleReason.of(json);
        }
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        if (name.equals("item")) {
          there = new Item(body, from, (int) json.currentLocation().getByteOffset() - from);
        }
      }
    } catch (IOException e) {
      // Not from DynamoDB itself but from something before it: its status says enough.
      String text = new String(body, StandardCharsets.UTF_8);
      message = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
    String advice = SignInAdvice.of(credentials, code, message);
    return answered(environment, operation, status, code, message, advice, there, throttling);
  }

  private static StoreException answered(
      String environment,
      String operation,
      int status,
      String code,
      String message,
      String advice,
      Item there,
      ThrottleReason throttling) {
    Kind kind = ErrorCodes.kind(status, code);
    String said = FailureText.of(code.isEmpty() ? "HTTP " + status : code, message);
    String usual = kind == Kind.EXPIRED ? ". Renew the credentials of `" + environment + "`" : "";
    String help = advice.isEmpty() ? usual : advice;
    String text =
        environment
            + ": "
            + operation
            + ": "
            + (help.isEmpty() ? said : said.replaceFirst("\\.$", "") + help + AGAIN);
    String by = throttling.why();
    return switch (kind) {
      case CONFLICT -> StoreException.conflict(text, there);
      case THROTTLED ->
          StoreException.throttled(
              text + (by.isEmpty() ? "" : " (" + by + ")"), by, throttling.keyRange());
      case UNAVAILABLE ->
          ErrorCodes.notDone(status, code)
              ? StoreException.notDone(kind, text, null)
              : new StoreException(kind, text);
      case REFUSED ->
          code.startsWith("AccessDenied")
              ? StoreException.denied(text)
              : new StoreException(kind, text);
      default -> new StoreException(kind, text);
    };
  }

  /** Returns whether the service says that the credentials have expired. */
  public static boolean isExpired(RuntimeException e) {
    return e instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && String.valueOf(service.awsErrorDetails().errorCode()).startsWith("ExpiredToken");
  }

  /** Returns whether the endpoint is a DynamoDB without that operation. */
  public static boolean isUnknownOperation(AwsServiceException e) {
    return e.statusCode() == 501
        || e.awsErrorDetails() != null
            && "UnknownOperationException".equals(e.awsErrorDetails().errorCode());
  }

  /** No answer, half of one, or one without an end. */
  static StoreException unanswered(String environment, URI endpoint, Throwable cause) {
    return unanswered(environment, shown(endpoint), cause);
  }

  private static StoreException unanswered(String environment, String server, Throwable cause) {
    Optional<ProxyRefusedException> proxy = find(ProxyRefusedException.class, cause);
    if (proxy.isPresent()) {
      String text =
          environment + ": " + FailureText.of(proxy.get()) + ofAccount(proxy.get().host());
      return new StoreException(Kind.REFUSED, text, cause);
    }
    Optional<ResponseTooLargeException> oversize = find(ResponseTooLargeException.class, cause);
    if (oversize.isPresent()) {
      return new StoreException(
          Kind.REFUSED,
          environment + ": " + server + " sends " + FailureText.of(oversize.get()),
          cause);
    }
    String text = environment + ": " + server + " does not answer (" + FailureText.of(cause) + ")";
    return NOT_SENT.stream().anyMatch(type -> find(type, cause).isPresent())
        ? StoreException.notDone(Kind.UNAVAILABLE, text, cause)
        : new StoreException(Kind.UNAVAILABLE, text, cause);
  }

  /** The SDK asks at hosts of accounts, which lists of allowed hosts often do not have. */
  private static String ofAccount(String host) {
    return host.contains(".ddb.")
        ? ". Set AWS_ACCOUNT_ID_ENDPOINT_MODE=disabled to use the host of the region instead"
        : "";
  }

  /** No credentials to sign a request: none at all, or their provider is not well just now. */
  static StoreException noCredentials(String environment, Throwable failure) {
    Optional<SignInException> told = signIn(failure);
    if (told.isPresent()) {
      return new StoreException(told.get().kind(), told.get().getMessage(), failure);
    }
    String why = FailureText.of(failure);
    return new StoreException(
        Kind.EXPIRED, "no credentials for `" + environment + "`: " + why, failure);
  }

  /**
   * What the SDK's client says of a failed call, or the JDK below it.
   *
   * @param credentials those that have signed it
   */
  public static StoreException of(
      String environment, String operation, URI endpoint, RuntimeException e, Object credentials) {
    Optional<SignInException> nobody = signIn(e);
    if (nobody.isPresent()) {
      return noCredentials(environment, nobody.get());
    }
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      AwsErrorDetails details = service.awsErrorDetails();
      return answered(
          environment,
          operation,
          service.statusCode(),
          Objects.toString(details.errorCode(), ""),
          Objects.toString(details.errorMessage(), ""),
          SignInAdvice.of(credentials, service),
          null,
          ThrottleReason.UNKNOWN);
    }
    if (isUnanswered(e)) {
      return unanswered(environment, server(e).orElse(shown(endpoint)), e);
    }
    return new StoreException(
        Kind.REFUSED, environment + ": " + operation + ": " + FailureText.of(e), e);
  }

  /**
   * Returns whether something on the way has failed, or someone broke it off: not what was sent.
   */
  static boolean isUnanswered(Throwable e) {
    return FailureText.causes(e)
        .anyMatch(cause -> ON_THE_WAY.stream().anyMatch(type -> type.isInstance(cause)));
  }

  /** Returns what was told of a sign-in that failed, wherever it stands. */
  public static Optional<SignInException> signIn(Throwable e) {
    return find(SignInException.class, e);
  }

  /** Returns which server has not answered, where the SDK asks several. */
  public static Optional<String> server(Throwable e) {
    return find(NoResponseException.class, e).map(NoResponseException::server);
  }

  private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable e) {
    return FailureText.causes(e).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** An endpoint without the password that it may have. */
  static String shown(URI endpoint) {
    return endpoint.toString().replaceFirst("//[^/@]*@", "//");
  }
}
