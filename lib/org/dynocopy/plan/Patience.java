package org.dynocopy.plan;

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
public record Patience(
    OptionalInt attempts,
    Optional<Duration> base,
    Optional<Duration> cap,
    Optional<Duration> giveUpAfter) {

  /** As usual. */
  public static final Patience USUAL =
      new Patience(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

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
