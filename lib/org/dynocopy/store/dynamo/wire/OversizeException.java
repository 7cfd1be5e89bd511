package org.dynocopy.store.dynamo.wire;

import java.io.IOException;

/** An answer is larger than any that there is room for: the next one would be, too. */
final class OversizeException extends IOException {

  private static final long serialVersionUID = 1;

  OversizeException(String says) {
    super(says);
  }
}
