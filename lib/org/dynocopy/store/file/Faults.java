package org.dynocopy.store.file;

import java.io.IOException;
import java.util.Locale;
import org.dynocopy.files.FileReason;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;

/** Puts what is wrong with a file into words. */
final class Faults {

  private Faults() {}

  /** Refuses what the user asked for. */
  static InvalidPlanException invalid(String sentence) {
    return new InvalidPlanException(Location.NOWHERE, sentence);
  }

  /** Refuses it since a file cannot be read; the cause says why. */
  static InvalidPlanException cannotRead(Object file, IOException e) {
    InvalidPlanException refused = invalid("cannot read " + file + ": " + FileReason.of(e));
    refused.initCause(e);
    return refused;
  }

  /** Returns {@code 1 item}, {@code 1,234 items}. */
  static String items(long count) {
    return number(count) + (count == 1 ? " item" : " items");
  }

  /** Returns {@code 1,234}. */
  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
