package org.dynocopy.store.file;

import java.io.IOException;
import java.util.Locale;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;

/** Puts what is wrong with a file into words. */
public final class FileErrors {

  private FileErrors() {}

  /** Refuses what the user asked for. */
  public static InvalidJobException invalid(String sentence) {
    return new InvalidJobException(Location.NOWHERE, sentence);
  }

  /** Refuses it since a file cannot be read; the cause says why. */
  public static InvalidJobException cannotRead(Object file, IOException e) {
    InvalidJobException refused = invalid("cannot read " + file + ": " + FileReason.of(e));
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
