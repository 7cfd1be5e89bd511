package org.dynocopy;

/**
 * An action that reads a table, or a part of it, and writes or deletes items: with the words of a
 * {@link WriteBuilder}, too.
 *
 * @param <A> the action itself
 */
public abstract class SelectionWriteBuilder<A extends SelectionWriteBuilder<A>>
    extends SelectionBuilder<A> {

  SelectionWriteBuilder() {}

  /** See {@link WriteBuilder#writeRate(double)}. */
  public A writeRate(double unitsASecond) {
    words().writeRate(unitsASecond, HERE);
    return self();
  }

  /** See {@link WriteBuilder#writeRate(String)}. */
  public A writeRate(String percent) {
    words().writeRate(percent, HERE);
    return self();
  }

  /** See {@link WriteBuilder#writers}. */
  public A writers(int number) {
    words().writers(number, HERE);
    return self();
  }
}
