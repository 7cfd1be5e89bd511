package org.dynocopy.files;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Makes default names for files: they tell when the file was made. */
public final class Timestamp {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private Timestamp() {}

  /** Returns {@code name-20261122-101500-123}, in UTC. */
  public static String after(String name) {
    return name + "-" + FORMAT.format(Instant.now());
  }

  /** Returns a time as messages show it: in UTC, to the second. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns what all such names are like, of whatever time, with this extension behind it. */
  public static Pattern names(String name, String extension) {
    return Pattern.compile(
        Pattern.quote(name) + "-\\d{8}-\\d{6}-\\d{3}" + Pattern.quote(extension));
  }
}
