package org.dynocopy.http;

import java.io.IOException;

/** An answer is larger than any that there is room for: the next one would be, too. */
public final class OversizeException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param says what is too large, and how much might have come: {@code an answer of …}
   */
  public OversizeException(String says) {
    super(says);
  }
}
