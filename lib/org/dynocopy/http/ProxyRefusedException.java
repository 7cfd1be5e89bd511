package org.dynocopy.http;

import java.io.IOException;

/** A proxy does not let this user, or to this server: to ask again could lock the account. */
public final class ProxyRefusedException extends IOException {

  private static final long serialVersionUID = 1;

  private final String host;

  /**
   * Makes one.
   *
   * @param host the server's
   */
  public ProxyRefusedException(String message, String host) {
    super(message);
    this.host = host;
  }

  /** Returns the host that it does not let anyone to, or not this user. */
  public String host() {
    return host;
  }
}
