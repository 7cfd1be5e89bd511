package org.dynocopy.core;

import org.dynocopy.diagnostic.Location;

/** Says that a part of the recipe failed on an item, which becomes a dead letter. */
public final class ShapingException extends Exception {

  private final transient Location at;

  /**
   * Makes an exception.
   *
   * @param at where that part stands
   * @param message the reason
   * @param cause what it threw
   */
  public ShapingException(Location at, String message, Throwable cause) {
    super(message, cause);
    this.at = at;
  }

  /** Returns where that part stands. */
  public Location at() {
    return at;
  }
}
