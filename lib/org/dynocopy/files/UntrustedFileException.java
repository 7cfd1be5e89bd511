package org.dynocopy.files;

import java.io.IOException;

/** Says that a file or folder is not used, since another user may have made or changed it. */
public final class UntrustedFileException extends IOException {

  UntrustedFileException(String sentence) {
    super(sentence);
  }
}
