package org.dynocopy.http;

import java.io.IOException;

/** A proxy does not let this user, or to this server: to ask again could lock the account. */
public final class ProxyRefusedException extends IOException {

  private static final long serialVersionUID = 1;

  ProxyRefusedException(String message) {
    super(message);
  }
}
