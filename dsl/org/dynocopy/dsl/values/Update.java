package org.dynocopy.dsl.values;

/**
 * An assignment that calculates with an element of a collection or an attribute, as {@code
 * counts[key] += 1} or {@code count.n++}: what is assigned to is evaluated once, and its value is
 * read before that of the right side, as Groovy does it.
 */
public final class Update {

  private final Object object;
  private final Object name;
  private final boolean element;
  private final boolean safe;
  private final Object before;

  private Update(Object object, Object name, boolean element, boolean safe, Object before) {
    this.object = object;
    this.name = name;
    this.element = element;
    this.safe = safe;
    this.before = before;
  }

  /** Begins one of {@code values[index]}. */
  public static Update element(Object values, Object index, boolean safe) {
    return new Update(values, index, true, safe, Lookup.at(values, index, safe));
  }

  /** Begins one of {@code value.name}. */
  public static Update property(Object value, Object name, boolean safe) {
    return new Update(value, name, false, safe, Dot.get(value, name, safe));
  }

  /** Does {@code … += operand} for the method of the operator; returns what is assigned. */
  public static Object calculate(Object update, String operator, Object operand) {
    Update one = (Update) update;
    return one.set(Calls.calculate(operator, one.before, operand));
  }

  /** Does {@code …++}; returns what was there before. */
  public static Object after(Object update, String step) {
    Update one = (Update) update;
    one.set(Numbers.step(one.before, step));
    return one.before;
  }

  /** Does {@code ++…}; returns what is assigned. */
  public static Object before(Object update, String step) {
    Update one = (Update) update;
    return one.set(Numbers.step(one.before, step));
  }

  /** Returns the value of a variable before it was changed: {@code n++} is {@code n, n = n + 1}. */
  public static Object first(Object before, Object after) {
    return before;
  }

  private Object set(Object value) {
    return element ? Lookup.put(object, name, value, safe) : Dot.set(object, name, value, safe);
  }
}
