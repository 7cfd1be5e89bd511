package org.dynocopy.json;

import java.io.IOException;

/** A JSON document is not JSON, or not of the form that was expected. */
public final class InvalidDocumentException extends IOException {

  private static final long serialVersionUID = 1;

  /** Makes one with a sentence that names the member, as in {@code `items` is missing}. */
  public InvalidDocumentException(String message) {
    super(message);
  }

  InvalidDocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
