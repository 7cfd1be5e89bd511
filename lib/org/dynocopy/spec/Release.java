package org.dynocopy.spec;

/** Which dynocopy this is. */
public final class Release {

  /** The version, as in the changelog. */
  public static final String VERSION = "0.1.0";

  private Release() {}
}
