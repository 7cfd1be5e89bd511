package org.dynocopy.store.dynamo.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that end, and are had anew before they do: five minutes before, or at half their
 * time. One thread gets them, while the others go on with those that are still good. If it fails,
 * all go on with these, and it is tried again at half of what is left.
 */
final class RefreshedCredentials implements AwsCredentialsProvider {

  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Supplier<? extends AwsCredentials> source;
  private final Clock clock;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Current current;

  /**
   * Makes those that are had when they are first needed.
   *
   * @param source gets new ones, or throws
   */
  RefreshedCredentials(Supplier<? extends AwsCredentials> source) {
    this(source, Clock.systemUTC());
  }

  RefreshedCredentials(Supplier<? extends AwsCredentials> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Credentials, until when they are good, and from when others are wanted. */
  private record Current(AwsCredentials credentials, Instant end, Instant renewal) {

    static Current of(AwsCredentials credentials, Instant now) {
      Instant end = credentials.expirationTime().orElse(Instant.MAX);
      return new Current(credentials, end, now).later(now);
    }

    /** Where our clock is wrong they seem to have ended: the service decides. */
    Current later(Instant now) {
      if (end.equals(Instant.MAX)) {
        return new Current(credentials, end, end);
      }
      Duration left = Duration.between(now, end);
      Duration half = left.isNegative() ? SECOND : left.dividedBy(2);
      Duration pause = half.compareTo(AHEAD) > 0 ? left.minus(AHEAD) : half;
      return new Current(credentials, end, now.plus(pause));
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Instant now = clock.instant();
    Current known = current;
    if (known != null && now.isBefore(known.renewal)) {
      return known.credentials;
    }
    boolean good = known != null && now.isBefore(known.end);
    if (!good) {
      renewing.lock();
    } else if (!renewing.tryLock()) {
      return known.credentials;
    }
    try {
      if (current == known) {
        current = renewed(known, good);
      }
      return current.credentials;
    } finally {
      renewing.unlock();
    }
  }

  private Current renewed(Current known, boolean good) {
    try {
      return Current.of(source.get(), clock.instant());
    } catch (RuntimeException e) {
      if (good) {
        return known.later(clock.instant());
      }
      throw e;
    }
  }
}
