package org.dynocopy.http;

import java.io.IOException;

/** A server has not answered a request of the SDK's: which of those that are asked meanwhile. */
public final class NoResponseException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient Origin origin;

  NoResponseException(Origin origin, IOException cause) {
    super(cause.getMessage(), cause);
    this.origin = origin;
  }

  /** Returns the server, as a URL without a path. */
  public String server() {
    return origin.url();
  }
}
