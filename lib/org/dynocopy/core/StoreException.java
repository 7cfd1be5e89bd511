package org.dynocopy.core;

import java.util.Optional;
import org.dynocopy.diagnostic.PlainText;

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
  private final Item there;
  private final String throttledBy;
  private final boolean keyRange;
  private final boolean notDone;
  private final boolean denied;

  /**
   * Makes an exception.
   *
   * @param kind what may be done
   * @param message one sentence that names the store and what it said
   * @param cause what it rests on, may be null
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    this(kind, message, cause, null, "", false, false, false);
  }

  private StoreException(
      Kind kind,
      String message,
      Throwable cause,
      Item there,
      String throttledBy,
      boolean keyRange,
      boolean notDone,
      boolean denied) {
    super(PlainText.line(String.valueOf(message)), cause);
    this.kind = kind;
    this.there = there;
    this.throttledBy = PlainText.line(throttledBy);
    this.keyRange = keyRange;
    this.notDone = notDone;
    this.denied = denied;
  }

  /** Makes an exception without a cause. */
  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** Makes a conflict with an item that the target has. */
  public static StoreException conflict(String message, Item there) {
    return new StoreException(Kind.CONFLICT, message, null, there, "", false, false, false);
  }

  /** Makes one of a request that its user has no right to send. */
  public static StoreException denied(String message) {
    return new StoreException(Kind.REFUSED, message, null, null, "", false, false, true);
  }

  /** Makes one of a request that was surely not done, though it may be tried again. */
  public static StoreException notDone(Kind kind, String message, Throwable cause) {
    return new StoreException(kind, message, cause, null, "", false, true, false);
  }

  /**
   * Makes one that asks to slow down, and says for what.
   *
   * @param by what is at its limit, for people; empty if the service does not say
   * @param keyRange whether that is a range of keys alone, see {@link #keyRange}
   */
  public static StoreException throttled(String message, String by, boolean keyRange) {
    return new StoreException(Kind.THROTTLED, message, null, null, by, keyRange, false, false);
  }

  /** Returns what may be done. */
  public Kind kind() {
    return kind;
  }

  /** Returns the item that the target has, of a conflict in which it was asked for. */
  public Optional<Item> there() {
    return Optional.ofNullable(there);
  }

  /**
   * Returns what is at its limit, as {@code "table users, key range"}; empty if that is not known.
   */
  public String throttledBy() {
    return throttledBy;
  }

  /** Tells whether a range of keys is at its limit, and the table as a whole is not. */
  public boolean keyRange() {
    return keyRange;
  }

  /** Tells whether the user has no right to send such a request. */
  public boolean denied() {
    return denied;
  }

  /** Tells whether the same request may succeed later. */
  public boolean retryable() {
    return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE || kind == Kind.EXPIRED;
  }

  /** Tells whether what was asked may be done all the same: perhaps only the answer was lost. */
  public boolean mayBeDone() {
    return kind == Kind.UNAVAILABLE && !notDone;
  }
}
