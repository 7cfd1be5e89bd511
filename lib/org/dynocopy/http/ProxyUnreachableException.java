package org.dynocopy.http;

import java.io.IOException;

/** There is no connection to a proxy: nothing was sent. */
public final class ProxyUnreachableException extends IOException {

  private static final long serialVersionUID = 1;

  private final IOException why;

  /**
   * Makes one.
   *
   * @param why is no cause: those who look for one would take it for the server's
   */
  public ProxyUnreachableException(Origin proxy, IOException why) {
    super("the proxy " + proxy.authority() + " does not answer");
    this.why = why;
    addSuppressed(why);
  }

  /** Returns what came of connecting to it. */
  public IOException why() {
    return why;
  }
}
