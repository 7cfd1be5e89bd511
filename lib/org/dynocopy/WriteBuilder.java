package org.dynocopy;

/**
 * An action that writes a table, or removes items from it.
 *
 * @param <A> the action itself
 */
public abstract class WriteBuilder<A extends WriteBuilder<A>> extends ActionBuilder<A> {

  WriteBuilder() {}

  /** Writes each table and each index no faster than so many capacity units a second. */
  public A writeRate(double unitsASecond) {
    words().writeRate(unitsASecond, HERE);
    return self();
  }

  /** Writes no faster than {@code "50%"} of the provisioned or warm throughput. */
  public A writeRate(String percent) {
    words().writeRate(percent, HERE);
    return self();
  }

  /** Writes or deletes this many batches at once at most, 1 to 1024; 64 by default. */
  public A writers(int number) {
    words().writers(number, HERE);
    return self();
  }
}
