package org.dynocopy.store.dynamo.credentials;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.store.dynamo.wire.ErrorMapper;
import org.dynocopy.store.dynamo.wire.FailureText;
import org.dynocopy.store.dynamo.wire.Renewable;
import org.dynocopy.store.dynamo.wire.SignInAdvice;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Makes sentences for the user of the failures of a provider of credentials: providers throw
 * exceptions of any kind, whose text may have names of classes, or all that a profile has.
 *
 * @param provider who has the credentials
 * @param renewal what to do where a service no longer takes them
 * @param told makes a sentence of a failure
 */
public record CheckedCredentials(
    AwsCredentialsProvider provider,
    String renewal,
    Function<RuntimeException, SignInException> told)
    implements AwsCredentialsProvider, Renewable {

  @Override
  public boolean renewsItself() {
    return provider instanceof RefreshedCredentials;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return printable(provider.resolveCredentials());
    } catch (SignInException | InvalidJobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw ErrorMapper.signIn(e).orElseGet(() -> told.apply(e));
    }
  }

  /** Copied from a terminal, a token may have a line break where it was wrapped. */
  private AwsCredentials printable(AwsCredentials credentials) {
    String token =
        credentials instanceof AwsSessionCredentials session ? session.sessionToken() : "";
    Stream.of(credentials.accessKeyId(), credentials.secretAccessKey(), token)
        .filter(text -> text.strip().chars().anyMatch(Character::isISOControl))
        .findFirst()
        .ifPresent(
            text -> {
              throw failed(
                  Kind.EXPIRED,
                  (text.equals(token) ? "the session token" : "an access key")
                      + " has a line break or another control character. "
                      + renewal,
                  null);
            });
    return credentials;
  }

  /** Returns a failure with its sentence. */
  static SignInException failed(Kind kind, String sentence, RuntimeException failure) {
    return new SignInException(kind, sentence, failure);
  }

  /** Returns what is wrong with credentials that end at a time, if that is past by our clock. */
  static Optional<String> ended(Instant end) {
    Instant now = Instant.now();
    return end.isBefore(now)
        ? Optional.of(
            "credentials that ended at "
                + end
                + ", while the clock of this machine says "
                + now.truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }

  /** Returns a failure that a service or a file may get over, with its reason. */
  public static SignInException because(String what, RuntimeException failure) {
    Optional<String> server = ErrorMapper.server(failure);
    String why = server.map(s -> s + " does not answer, ").orElse("") + FailureText.of(failure);
    return failed(Kind.EXPIRED, what + ": " + why + server.map(Regions::doubt).orElse(""), failure);
  }

  /** Returns the same for what signs its own requests by other credentials. */
  public static SignInException because(
      String what, RuntimeException failure, AwsCredentialsProvider source) {
    SignInException why = because(what, failure);
    return new SignInException(
        Kind.EXPIRED, why.getMessage() + SignInAdvice.of(source, failure), failure);
  }
}
