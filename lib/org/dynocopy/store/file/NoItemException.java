package org.dynocopy.store.file;

import java.io.IOException;

/** Says that a line of a file is not the item that it should be. */
final class NoItemException extends IOException {

  NoItemException(String message) {
    super(message);
  }

  NoItemException(String message, Exception cause) {
    super(message, cause);
  }
}
