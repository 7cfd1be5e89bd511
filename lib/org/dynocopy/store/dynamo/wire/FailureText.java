package org.dynocopy.store.dynamo.wire;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.http.ProxyUnreachableException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Puts into words why something failed in the JDK or the SDK: never by the name of a class. */
public final class FailureText {

  private static final int LONGEST = 300;

  private static final Pattern CLASS =
      Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z][\\w$]*(?:: )?");

  /** How the SDK's providers call themselves. */
  private static final Pattern PROVIDER =
      Pattern.compile("\\b\\w+Provider(?:Chain)?\\([^)]*\\)(?:: )?");

  /** What the SDK writes behind a service's words. */
  private static final Pattern DETAILS = Pattern.compile(" ?\\((?:Service|SDK Attempt)[^)]*\\)");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final String NONE = "no reason is given";

  /** What leads to nothing, at the end of a text. */
  private static final Pattern END = Pattern.compile("(?:[\\s:]|\"\"|''|``)+$");

  private FailureText() {}

  /** Returns the reason that the first cause of all gives, or the last one to give any. */
  public static String of(Throwable failure) {
    Optional<String> known =
        causes(failure).flatMap(cause -> FailureText.known(cause).stream()).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    return causes(failure)
        .map(cause -> plain(cause.getMessage()))
        .filter(text -> !text.isEmpty())
        .reduce((outer, inner) -> inner)
        .orElse(NONE);
  }

  /**
   * Returns what a service says of an error.
   *
   * @param code how it calls the error
   * @param text what it says, perhaps nothing
   */
  static String of(String code, String text) {
    String said = END.matcher(text).replaceFirst("");
    if (said.isEmpty()) {
      said = code.equals("UnknownOperationException") ? "the server has no such operation" : NONE;
    }
    return code + ": " + said;
  }

  /** Returns an exception and its causes, from the outside in. */
  public static Stream<Throwable> causes(Throwable failure) {
    // More than any has; some name each other.
    return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(20);
  }

  private static Optional<String> known(Throwable e) {
    if (e instanceof ProxyUnreachableException proxy) {
      return Optional.of(proxy.getMessage() + ": " + of(proxy.why()));
    }
    if (e instanceof UnknownHostException) {
      return Optional.of("there is no host of this name");
    }
    if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      AwsErrorDetails details = service.awsErrorDetails();
      return Optional.of(of(details.errorCode(), plain(details.errorMessage())));
    }
    if (e instanceof EOFException) {
      return Optional.of("the connection ended");
    }
    // The class that the JDK has for this is internal.
    if (e instanceof CertPathValidatorException || plain(e.getMessage()).startsWith("PKIX path")) {
      return Optional.of(
          "its certificate is signed by no authority that Java trusts; where a proxy on the way"
              + " ends TLS, set AWS_CA_BUNDLE to a file with its certificate");
    }
    return Optional.empty();
  }

  /** Returns text of an exception in one line, without names of classes. */
  public static String plain(String text) {
    if (text == null) {
      return "";
    }
    String plain = CLASS.matcher(DETAILS.matcher(text).replaceAll("")).replaceAll("");
    plain = PROVIDER.matcher(plain).replaceAll("");
    plain = BLANKS.matcher(plain).replaceAll(" ").strip().replaceFirst("[.:]$", "");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
