package org.dynocopy.engine;

/** Says that a store did not do what it was asked, and what may be done about it. */
public final class StoreException extends Exception {

  /** What may be done. */
  public enum Kind {
    /** The service asks to slow down: try again, later. */
    THROTTLED,
    /** The service or the way to it is not well: try again. */
    UNAVAILABLE,
    /** The credentials have expired: try again a few times, as their provider may renew them. */
    EXPIRED,
    /** This request can never be done: a batch may have one bad item, a read has a bad filter. */
    REJECTED,
    /** The target has something else by this key: nothing was written, and will not be. */
    CONFLICT,
    /** No request like this can be done: no right, no such table. */
    REFUSED
  }

  private final Kind kind;

  /**
   * Makes an exception.
   *
   * @param kind what may be done
   * @param message one sentence that names the store and what it said
   * @param cause what it rests on, may be null
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Makes an exception without a cause. */
  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Returns what may be done. */
  public Kind kind() {
    return kind;
  }

  /** Tells whether the same request may succeed later. */
  public boolean retryable() {
    return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE || kind == Kind.EXPIRED;
  }

  /** Tells whether what was asked may be done all the same: perhaps only the answer was lost. */
  public boolean mayBeDone() {
    return kind == Kind.UNAVAILABLE;
  }
}
