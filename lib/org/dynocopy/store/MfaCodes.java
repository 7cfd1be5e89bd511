package org.dynocopy.store;

import java.util.Optional;

/** Asks a person for codes of a device for multi-factor authentication. */
@FunctionalInterface
public interface MfaCodes {

  /** Asks no one: there is no terminal. */
  MfaCodes NOBODY = (profile, device, before) -> Optional.empty();

  /**
   * Returns the code that a device shows now.
   *
   * @param profile the AWS profile that wants it
   * @param device the device's ARN or serial number
   * @param before what is wrong with the code that was given before, a sentence; or nothing
   * @return nothing without a terminal
   */
  Optional<String> code(String profile, String device, String before);
}
