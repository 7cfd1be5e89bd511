package org.dynocopy.testing.servers;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The clock of the services in {@link AwsBox}. */
public final class AwsClock {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  private volatile Duration ahead = Duration.ZERO;
  private volatile boolean dated = true;

  /**
   * Sets it.
   *
   * @param ahead how far it is ahead of ours
   * @param dated whether answers say what time it is there
   */
  public void set(Duration ahead, boolean dated) {
    this.ahead = ahead;
    this.dated = dated;
  }

  /** Returns the header of an answer, with its line break before it. */
  String header() {
    return dated ? "\r\nDate: " + RFC_1123_DATE_TIME.format(now()) : "";
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC).plus(ahead);
  }

  /** Returns what is said of a signature whose time is off by more than five minutes. */
  Optional<String> fault(String at) {
    ZonedDateTime signed = LocalDateTime.parse(at, TIME).atZone(ZoneOffset.UTC);
    boolean old = signed.isBefore(now().minusMinutes(5));
    boolean early = signed.isAfter(now().plusMinutes(5));
    return old || early
        ? Optional.of(
            "Signature %s: %s is now %s than %s"
                .formatted(
                    old ? "expired" : "not yet current",
                    at,
                    old ? "earlier" : "later",
                    TIME.format(now())))
        : Optional.empty();
  }
}
