package org.dynocopy.spec.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long requests are tried again; what is not said is as usual.
 *
 * @param attempts how often one request may fail in a row, throttling apart; else as often as it
 *     does while the run goes forward
 * @param base the most that the first wait takes
 * @param cap the most that any wait takes
 * @param giveUpAfter how long a run may go without any progress
 */
public record RetryPolicy(
    OptionalInt attempts,
    Optional<Duration> base,
    Optional<Duration> cap,
    Optional<Duration> giveUpAfter) {

  /** As usual. */
  public static final RetryPolicy USUAL =
      new RetryPolicy(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  /** Returns the same, but one request may fail so often in a row, at least once. */
  public RetryPolicy withAttempts(int number) {
    return new RetryPolicy(OptionalInt.of(number), base, cap, giveUpAfter);
  }

  /** Returns the same with the most that the first wait takes. */
  public RetryPolicy withBase(Duration first) {
    return new RetryPolicy(attempts, Optional.of(first), cap, giveUpAfter);
  }

  /** Returns the same with the most that any wait takes. */
  public RetryPolicy withCap(Duration most) {
    return new RetryPolicy(attempts, base, Optional.of(most), giveUpAfter);
  }

  /** Returns the same with how long a run may go without any progress. */
  public RetryPolicy withGiveUpAfter(Duration idle) {
    return new RetryPolicy(attempts, base, cap, Optional.of(idle));
  }

  RetryPolicy over(RetryPolicy other) {
    return new RetryPolicy(
        attempts.isPresent() ? attempts : other.attempts,
        base.or(other::base),
        cap.or(other::cap),
        giveUpAfter.or(other::giveUpAfter));
  }

  /**
   * Reads {@code attempts=8,base=50ms,cap=20s,giveUpAfter=15m}, or some of it.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static RetryPolicy of(String text) {
    RetryPolicy patience = USUAL;
    for (String part : text.split(",", -1)) {
      String name = part.contains("=") ? part.substring(0, part.indexOf('=')).strip() : "";
      String value = part.substring(part.indexOf('=') + 1).strip();
      patience =
          switch (name) {
            case "attempts" -> patience.withAttempts(number(value));
            case "base" -> patience.withBase(duration("retry base", value));
            case "cap" -> patience.withCap(duration("retry cap", value));
            case "giveUpAfter" -> patience.withGiveUpAfter(duration("retry giveUpAfter", value));
            default ->
                throw new IllegalArgumentException(
                    "`retry` takes `attempts`, `base`, `cap` and `giveUpAfter`, as in"
                        + " `attempts=8,cap=20s`, not `"
                        + part
                        + "`");
          };
    }
    return patience;
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "`retry attempts` takes a whole number, as in `attempts=8`, not `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  /**
   * Reads a duration.
   *
   * @param word what messages call it, {@code retry base}
   * @throws IllegalArgumentException if it is none, or not above 0
   */
  public static Duration duration(String word, Object value) {
    Matcher parts = DURATION.matcher(value instanceof String text ? text.strip() : "");
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw new IllegalArgumentException(
          "`"
              + word
              + "` takes a time above 0, as in `\"50ms\"`, `\"20s\"` or `\"15m\"`, not "
              + (value instanceof String ? "`" + value + "`" : value));
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
