package org.dynocopy.http;

import java.io.IOException;

/** A response is larger than any that there is room for: the next one would be, too. */
public final class ResponseTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param message what is too large, and how much might have come: {@code an answer of 5 bytes}
   */
  public ResponseTooLargeException(String message) {
    super(message);
  }
}
